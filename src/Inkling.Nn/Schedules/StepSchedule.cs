namespace Inkling.Nn;

/// <summary>Multiplies the rate by γ every so many steps: <c>γ^⌊step / period⌋</c> (PyTorch's <c>StepLR</c>).</summary>
/// <param name="Period">Steps between two falls, at least 1.</param>
/// <param name="Gamma">γ, more than 0. Default: 0.1.</param>
public sealed record StepSchedule(long Period, double Gamma = 0.1) : ISchedule
{
    /// <summary>Steps between two falls.</summary>
    public long Period { get; init; } = ScheduleRange.AtLeastOne(Period, nameof(Period));

    /// <summary>γ.</summary>
    public double Gamma { get; init; } = ScheduleRange.Positive(Gamma, nameof(Gamma));

    /// <inheritdoc/>
    public double FactorAt(long step) => Math.Pow(Gamma, step / Period);
}
