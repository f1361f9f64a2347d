namespace Inkling.Nn;

/// <summary>A straight line from one factor to another: <c>start + (end − start) min(step, steps) / steps</c> (PyTorch's <c>LinearLR</c>).</summary>
/// <param name="Steps">Steps up to the end, at least 1.</param>
/// <param name="Start">The factor at step 0. Default: 1.</param>
/// <param name="End">The factor from step <paramref name="Steps"/> on. Default: 0.</param>
public sealed record LinearSchedule(long Steps, double Start = 1, double End = 0) : ISchedule
{
    /// <summary>Steps up to the end.</summary>
    public long Steps { get; init; } = ScheduleRange.AtLeastOne(Steps, nameof(Steps));

    /// <inheritdoc/>
    public double FactorAt(long step) => Start + ((End - Start) * Math.Min(step, Steps) / Steps);
}
