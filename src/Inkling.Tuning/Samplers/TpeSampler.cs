namespace Inkling.Tuning;

/// <summary>
/// The tree-structured Parzen estimator (*Bergstra, Bardenet, Bengio and Kégl 2011*): one density for the best tenth of the trials, one for the others; of some values drawn from the
/// first, the one with the largest ratio is tried. Costs about a millisecond a trial and serves any space, also with thousands of trials and many choices.
/// </summary>
/// <remarks>
/// With constraints, feasible trials rank before others; with several objectives trials rank by fronts and, in a front, by crowding; pruned trials rank behind complete ones, those
/// that got further first; failed and running trials count among the worse ones, so that what fails is left and parallel
/// workers keep apart. In spaces that branch, each branch is learnt from the trials that took it.
/// </remarks>
public sealed class TpeSampler : ISampler
{
    private readonly bool _multivariate;
    private readonly int _candidates;
    private readonly JointSampler _joint;

    /// <summary>Creates the sampler.</summary>
    /// <param name="multivariate">Whether parameters are learnt together (*Falkner, Klein and Hutter 2018*); else each by itself.</param>
    /// <param name="startupTrials">Trials, quasi-random, before densities are learnt; at least 2.</param>
    /// <param name="candidates">Values drawn for each trial; at least 1.</param>
    public TpeSampler(bool multivariate = true, int startupTrials = 10, int candidates = 24)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(startupTrials, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        _multivariate = multivariate;
        _candidates = candidates;
        _joint = new JointSampler(Choose, _ => startupTrials);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> SampleRelative(SamplingContext context)
        => _multivariate ? _joint.SampleRelative(context, Known(context.History)) : new Dictionary<string, double>();

    /// <inheritdoc/>
    public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
        => _multivariate ? _joint.SampleIndependent(context, Known(context.History), name, distribution) : _joint.SampleAlone(context, Known(context.History), name, distribution);

    private static List<TrialRecord> Known(TrialHistory history) => [.. history.Trials.Where(trial => trial.State is TrialState.Complete or TrialState.Pruned)];

    private Dictionary<string, double> Choose(SamplingContext context, JointSpace joint)
    {
        var space = new EncodedSpace(joint.Space);
        TrialRecord[] ranked = TrialRanking.Order(joint.Trials, context.History.Directions);
        int good = Math.Min((int)Math.Ceiling(0.1 * ranked.Length), 25);
        IEnumerable<TrialRecord> others = context.History.Trials.Where(trial => (trial.State is TrialState.Running or TrialState.Failed) && trial.Number != context.Trial.Number
            && joint.Space.All(one => trial.Parameters.TryGetValue(one.Key, out ParameterValue value) && value.Distribution.Equals(one.Value)));
        ParzenEstimator better = Learn(space, ranked.Take(good)), worse = Learn(space, ranked.Skip(good).Concat(others));
        double?[] held = [.. space.Names.Select((name, j) => joint.Held.TryGetValue(name, out double value) ? space.Encode(j, value) : (double?)null)];

        double[] best = [];
        double highest = double.NegativeInfinity;
        for (int i = 0; i < _candidates; i++)
        {
            double[] place = better.Sample(context.Random, held);
            double ratio = better.LogDensity(place) - worse.LogDensity(place);
            if (best.Length == 0 || ratio > highest) (best, highest) = (place, ratio);
        }

        return space.Decode(best);
    }

    private ParzenEstimator Learn(EncodedSpace space, IEnumerable<TrialRecord> trials)
        => new(space, [.. trials.OrderBy(trial => trial.Number).Select(space.Encode)], _multivariate);
}
