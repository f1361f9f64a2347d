namespace Inkling.Nn;

/// <summary>
/// Linear warm-up, then half a cosine down to a floor: <c>floor + (1 − floor) (1 + cos πp) / 2</c>, p the share of the steps after the warm-up
/// (Loshchilov &amp; Hutter 2017, eq. 5, without restarts).
/// </summary>
/// <param name="Steps">All steps, warm-up included; from there on the floor holds.</param>
/// <param name="Warmup">Steps over which the rate grows to its base. Default: 0.</param>
/// <param name="Floor">The smallest factor, 0 … 1. Default: 0.</param>
public sealed record CosineSchedule(long Steps, long Warmup = 0, double Floor = 0) : ISchedule
{
    /// <inheritdoc/>
    public double FactorAt(long step)
    {
        if (step < Warmup) return (step + 1.0) / Warmup;
        double progress = Steps <= Warmup ? 1 : Math.Clamp((step - Warmup) / (double)(Steps - Warmup), 0, 1);
        return Floor + ((1 - Floor) * (1 + Math.Cos(Math.PI * progress)) / 2);
    }
}
