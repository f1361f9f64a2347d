namespace Inkling.Nn;

/// <summary>A learning rate as a function of the step.</summary>
public interface ISchedule
{
    /// <summary>The factor on the base rate at a step, 0 for the first.</summary>
    double FactorAt(long step);
}

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

/// <summary>The base rate, always.</summary>
public sealed record ConstantSchedule : ISchedule
{
    /// <inheritdoc/>
    public double FactorAt(long step) => 1;
}

/// <summary>Multiplies the rate by a factor whenever the watched loss has not fallen for some checks.</summary>
public sealed class PlateauSchedule : ISchedule
{
    /// <summary>What the rate is multiplied with at a plateau, 0 … 1. Default: 0.5.</summary>
    public double Decay { get; init; } = 0.5;

    /// <summary>Checks without improvement that make a plateau. Default: 2.</summary>
    public int Patience { get; init; } = 2;

    /// <summary>The smallest improvement that counts. Default: 1e-3.</summary>
    public double Threshold { get; init; } = 1e-3;

    /// <summary>The smallest factor. Default: 0.01.</summary>
    public double Floor { get; init; } = 0.01;

    /// <summary>The factor now; part of a checkpoint.</summary>
    public double Factor { get; set; } = 1;

    /// <summary>The best loss so far; part of a checkpoint.</summary>
    public double Best { get; set; } = double.PositiveInfinity;

    /// <summary>Checks since the best; part of a checkpoint.</summary>
    public int Waited { get; set; }

    /// <summary>Tells a new value of the watched loss.</summary>
    /// <returns>Whether the rate was lowered.</returns>
    public bool Report(double loss)
    {
        if (loss < Best - Threshold)
        {
            Best = loss;
            Waited = 0;
            return false;
        }

        if (++Waited < Patience) return false;
        Waited = 0;
        double before = Factor;
        Factor = Math.Max(Floor, Factor * Decay);
        return Factor < before;
    }

    /// <inheritdoc/>
    public double FactorAt(long step) => Factor;
}
