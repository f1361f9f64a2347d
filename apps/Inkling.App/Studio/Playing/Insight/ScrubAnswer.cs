namespace Inkling.App.Studio.Playing;

/// <summary>The moments that are kept of a training.</summary>
/// <param name="Epochs">When they were.</param>
/// <param name="At">The place among them of what the page shows; −1 when that is after all of them.</param>
/// <param name="Epoch">When that is.</param>
/// <param name="TrainingLosses">The training loss of each; null when it is no number.</param>
/// <param name="TestLosses">The test loss of each; null when it is no number.</param>
internal sealed record ScrubAnswer(double[] Epochs, int At, double Epoch, double?[] TrainingLosses, double?[] TestLosses);
