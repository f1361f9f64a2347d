namespace Inkling.Nn;

/// <summary>The base rate, always.</summary>
public sealed record ConstantSchedule : ISchedule
{
    /// <inheritdoc/>
    public double FactorAt(long step) => 1;
}
