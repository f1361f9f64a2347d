namespace Inkling.Nn;

/// <summary>
/// Half a cosine down to a floor, again and again, each time over longer: <c>floor + (1 − floor) (1 + cos π T_cur/T_i) / 2</c> with <c>T_i = T₀ mⁱ</c> (SGDR,
/// Loshchilov &amp; Hutter 2017, eq. 5; PyTorch's <c>CosineAnnealingWarmRestarts</c>).
/// </summary>
/// <param name="Period">T₀, steps up to the first restart, at least 1.</param>
/// <param name="Growth">m, how many times as long each period is as the one before, at least 1. Default: 1.</param>
/// <param name="Floor">The smallest factor, 0 … 1. Default: 0.</param>
public sealed record CosineRestartSchedule(long Period, int Growth = 1, double Floor = 0) : ISchedule
{
    /// <summary>T₀.</summary>
    public long Period { get; init; } = ScheduleRange.AtLeastOne(Period, nameof(Period));

    /// <summary>m.</summary>
    public int Growth { get; init; } = (int)ScheduleRange.AtLeastOne(Growth, nameof(Growth));

    /// <inheritdoc/>
    public double FactorAt(long step)
    {
        long period = Period;
        if (Growth == 1) step %= period;
        for (; step >= period; period *= Growth) step -= period;
        return Floor + ((1 - Floor) * (1 + Math.Cos(Math.PI * step / period)) / 2);
    }
}
