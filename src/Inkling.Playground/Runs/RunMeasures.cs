namespace Inkling.Playground;

/// <summary>How a run does.</summary>
/// <param name="TrainingLoss">The mean loss over the points that are learnt from.</param>
/// <param name="TestLoss">The mean loss over the points that test.</param>
/// <param name="TrainingAccuracy">The share of points learnt from whose class is right, 0 to 1; 0 where a number is asked for.</param>
/// <param name="TestAccuracy">The share of test points whose class is right, 0 to 1; 0 where a number is asked for.</param>
public readonly record struct RunMeasures(float TrainingLoss, float TestLoss, float TrainingAccuracy, float TestAccuracy);
