namespace Inkling.Nn;

/// <summary>A power of what is left: <c>(1 − min(step, steps) / steps)^p</c>, 0 at the end (PyTorch's <c>PolynomialLR</c>).</summary>
/// <param name="Steps">Steps up to 0, at least 1.</param>
/// <param name="Power">p, more than 0. Default: 1, a straight line.</param>
public sealed record PolynomialSchedule(long Steps, double Power = 1) : ISchedule
{
    /// <summary>Steps up to 0.</summary>
    public long Steps { get; init; } = ScheduleRange.AtLeastOne(Steps, nameof(Steps));

    /// <summary>p.</summary>
    public double Power { get; init; } = ScheduleRange.Positive(Power, nameof(Power));

    /// <inheritdoc/>
    public double FactorAt(long step) => Math.Pow(1 - (Math.Min(step, Steps) / (double)Steps), Power);
}
