namespace Inkling.Tuning;

/// <summary>
/// Asynchronous successive halving, ASHA (*Li et al. 2020, A system for massively parallel hyperparameter tuning*): a trial goes on at a rung only if it is among the best
/// 1 / <c>factor</c> of those that have got there. Rungs are at <c>least · factor^(offset + k)</c> steps; no trial waits for another.
/// </summary>
/// <remarks>Steps count from 1: report epoch 1 with step 1.</remarks>
public sealed class SuccessiveHalvingPruner : IPruner
{
    private readonly int _least, _factor, _offset;

    /// <summary>Creates the pruner.</summary>
    /// <param name="least">Steps every trial may have; at least 1.</param>
    /// <param name="factor">How much longer each rung is, and which part of the trials reaches it; at least 2.</param>
    /// <param name="offset">Rungs left out at the beginning, so that every trial may have more steps; at least 0.</param>
    public SuccessiveHalvingPruner(int least = 1, int factor = 4, int offset = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(least, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        (_least, _factor, _offset) = (least, factor, offset);
    }

    /// <inheritdoc/>
    public bool ShouldPrune(PruningContext context) => ShouldPrune(context, _ => true);

    /// <summary>The same among the trials that compete only.</summary>
    internal bool ShouldPrune(PruningContext context, Func<TrialRecord, bool> competes)
    {
        // A rung decides once, when it is reached: who has passed it is not stopped because better ones come later.
        int step = context.Step;
        for (double rung = _least * Math.Pow(_factor, _offset); rung <= step; rung *= _factor)
        {
            if (rung > context.Passed && !IsPromoted(context, (int)rung, competes)) return true;
        }

        return false;
    }

    private bool IsPromoted(PruningContext context, int rung, Func<TrialRecord, bool> competes)
    {
        // Who was stopped at this rung or went beyond has a value there: the first report at it or after.
        double own = ValueAt(context.Trial, rung);
        if (double.IsNaN(own)) return false;
        int rivals = 1, better = 0;
        foreach (TrialRecord trial in context.History.Trials)
        {
            if (trial.Number == context.Trial.Number || trial.State is TrialState.Failed or TrialState.Waiting || trial.LastStep is null or < 0 || trial.LastStep < rung || !competes(trial)) continue;
            rivals++;
            if (context.IsBetter(ValueAt(trial, rung), own)) better++;
        }

        return better < Math.Max(1, rivals / _factor);
    }

    private static double ValueAt(TrialRecord trial, int rung)
    {
        foreach ((int step, double value) in trial.Intermediate)
        {
            if (step >= rung) return value;
        }

        return double.NaN;
    }
}
