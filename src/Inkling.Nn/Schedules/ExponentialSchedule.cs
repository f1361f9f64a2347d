namespace Inkling.Nn;

/// <summary>Multiplies the rate by γ at every step: <c>γ^step</c> (PyTorch's <c>ExponentialLR</c>).</summary>
/// <param name="Gamma">γ, more than 0; 0.999 halves the rate in 693 steps.</param>
public sealed record ExponentialSchedule(double Gamma) : ISchedule
{
    /// <summary>γ.</summary>
    public double Gamma { get; init; } = ScheduleRange.Positive(Gamma, nameof(Gamma));

    /// <inheritdoc/>
    public double FactorAt(long step) => Math.Pow(Gamma, step);
}
