namespace Inkling.Nn;

/// <summary>A learning rate as a function of the step: <c>optimizer.LearningRate = rate · schedule.FactorAt(step)</c>. The trainer does this by itself.</summary>
/// <remarks>Values agree with those of PyTorch's schedulers of the same kind. Where PyTorch counts epochs, give the steps of so many epochs.</remarks>
public interface ISchedule
{
    /// <summary>The factor on the base rate at a step, 0 for the first.</summary>
    double FactorAt(long step);
}
