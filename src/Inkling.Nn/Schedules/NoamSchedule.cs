namespace Inkling.Nn;

/// <summary>
/// The schedule of the Transformer (Vaswani et al. 2017, eq. 3): <c>d^−½ · min(s^−½, s · w^−³ᐟ²)</c> with s = step + 1: a line up for w steps, then an inverse root
/// down. Meant for a base rate of 1.
/// </summary>
/// <param name="Width">d, the width of the model, at least 1.</param>
/// <param name="Warmup">w, steps of warm-up, at least 1. Default: 4,000.</param>
public sealed record NoamSchedule(int Width, long Warmup = 4_000) : ISchedule
{
    /// <summary>d.</summary>
    public int Width { get; init; } = (int)ScheduleRange.AtLeastOne(Width, nameof(Width));

    /// <summary>w.</summary>
    public long Warmup { get; init; } = ScheduleRange.AtLeastOne(Warmup, nameof(Warmup));

    /// <inheritdoc/>
    public double FactorAt(long step)
    {
        double s = step + 1.0;
        return Math.Min(1 / Math.Sqrt(s), s / (Warmup * Math.Sqrt(Warmup))) / Math.Sqrt(Width);
    }
}
