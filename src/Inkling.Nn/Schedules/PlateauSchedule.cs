namespace Inkling.Nn;

/// <summary>
/// Multiplies the rate by a factor whenever the watched loss has not fallen for some checks (PyTorch's <c>ReduceLROnPlateau</c>, whose patience is one less: it
/// counts the checks that are forgiven).
/// </summary>
public sealed class PlateauSchedule : ISchedule
{
    /// <summary>What the rate is multiplied with at a plateau, 0 … 1. Default: 0.5.</summary>
    public double Decay { get; init; } = 0.5;

    /// <summary>Checks without improvement that make a plateau. Default: 2.</summary>
    public int Patience { get; init; } = 2;

    /// <summary>The smallest improvement that counts. Default: 1e-3.</summary>
    public double Threshold { get; init; } = 1e-3;

    /// <summary>Whether the threshold is a share of the best loss and not a difference from it. Default: no.</summary>
    public bool RelativeThreshold { get; init; }

    /// <summary>Checks after a fall that do not count. Default: 0.</summary>
    public int Cooldown { get; init; }

    /// <summary>The smallest factor. Default: 0.01.</summary>
    public double Floor { get; init; } = 0.01;

    /// <summary>The factor now; part of a checkpoint.</summary>
    public double Factor { get; set; } = 1;

    /// <summary>The best loss so far; part of a checkpoint.</summary>
    public double Best { get; set; } = double.PositiveInfinity;

    /// <summary>Checks since the best; part of a checkpoint. Less than 0 while a fall cools down.</summary>
    public int Waited { get; set; }

    /// <summary>Tells a new value of the watched loss.</summary>
    /// <returns>Whether the rate was lowered.</returns>
    public bool Report(double loss)
    {
        bool cooling = Waited < 0, better = loss < (RelativeThreshold ? Best * (1 - Threshold) : Best - Threshold);
        if (better) Best = loss;
        if (cooling)
        {
            Waited++;
            return false;
        }

        if (better)
        {
            Waited = 0;
            return false;
        }

        if (++Waited < Patience) return false;
        Waited = -Cooldown;
        double before = Factor;
        Factor = Math.Max(Floor, Factor * Decay);
        return Factor < before;
    }

    /// <inheritdoc/>
    public double FactorAt(long step) => Factor;
}
