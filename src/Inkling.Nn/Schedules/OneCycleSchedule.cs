namespace Inkling.Nn;

/// <summary>
/// One cycle (Smith &amp; Topin 2018): from <c>1 / divisor</c> of the base rate up to all of it, and down to <c>1 / (divisor · finalDivisor)</c>, each along half a
/// cosine or a line (PyTorch's <c>OneCycleLR</c> with two phases; the momentum is left alone).
/// </summary>
/// <param name="Steps">All steps, at least 2; afterwards the last rate holds.</param>
/// <param name="Rise">The share of the steps that goes up, 0 … 1. Default: 0.3.</param>
/// <param name="Divisor">By how much lower the first rate is, more than 0. Default: 25.</param>
/// <param name="FinalDivisor">By how much lower still the last rate is, more than 0. Default: 10,000.</param>
/// <param name="Linear">Whether lines take the place of cosines. Default: no.</param>
public sealed record OneCycleSchedule(long Steps, double Rise = 0.3, double Divisor = 25, double FinalDivisor = 1e4, bool Linear = false) : ISchedule
{
    /// <summary>All steps.</summary>
    public long Steps { get; init; } = Steps >= 2 ? Steps : throw new ArgumentOutOfRangeException(nameof(Steps), Steps, $"OneCycleSchedule: {Steps} steps; it needs at least 2.");

    /// <summary>The share of the steps that goes up.</summary>
    public double Rise { get; init; } = Rise is >= 0 and <= 1 ? Rise : throw new ArgumentOutOfRangeException(nameof(Rise), Rise, $"OneCycleSchedule: a rise of {Rise}; it must be between 0 and 1.");

    /// <summary>By how much lower the first rate is.</summary>
    public double Divisor { get; init; } = ScheduleRange.Positive(Divisor, nameof(Divisor));

    /// <summary>By how much lower still the last rate is.</summary>
    public double FinalDivisor { get; init; } = ScheduleRange.Positive(FinalDivisor, nameof(FinalDivisor));

    /// <inheritdoc/>
    public double FactorAt(long step)
    {
        double first = 1 / Divisor, last = first / FinalDivisor, top = (Rise * Steps) - 1, at = Math.Min(step, Steps - 1);
        return at <= top ? Between(first, 1, at / top) : Between(1, last, (at - top) / (Steps - 1 - top));
    }

    private double Between(double from, double to, double share)
    {
        if (double.IsNaN(share)) return to;
        return Linear ? ((to - from) * share) + from : to + ((from - to) / 2 * (Math.Cos(Math.PI * share) + 1));
    }
}
