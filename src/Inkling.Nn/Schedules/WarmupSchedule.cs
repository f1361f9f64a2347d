namespace Inkling.Nn;

/// <summary>A line up to the base rate, <c>(step + 1) / warmup</c>, and then any schedule, which begins at its step 0.</summary>
/// <param name="Warmup">Steps of the line, at least 1.</param>
/// <param name="Then">What follows.</param>
public sealed record WarmupSchedule(long Warmup, ISchedule Then) : ISchedule
{
    /// <summary>Steps of the line.</summary>
    public long Warmup { get; init; } = ScheduleRange.AtLeastOne(Warmup, nameof(Warmup));

    /// <inheritdoc/>
    public double FactorAt(long step) => step < Warmup ? (step + 1.0) / Warmup : Then.FactorAt(step - Warmup);
}
