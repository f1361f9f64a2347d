namespace Inkling.Tuning;

/// <summary>
/// Bayesian optimisation: a Gaussian process (Matérn-5/2, a length for every parameter, noise, hyper-parameters by their most probable values) learns the objective from all complete
/// trials, and the next trial is where the expected improvement is largest (*Jones, Schonlau and Welch 1998*; its logarithm, *Ament et al. 2023*). Skewed values are made even first
/// (*Yeo and Johnson 2000*), and the ends of ranges are believed to be less likely (*Hvarfner et al. 2022*) until trials say otherwise. The best choice when a trial takes
/// seconds or more and there are up to some hundred; it costs some ten milliseconds a trial.
/// </summary>
/// <remarks>
/// Choices, steps and whole numbers are searched as such. In spaces that branch, each branch is learnt from the trials that took it. Constraints have a process each and enter by their
/// probability; with several objectives every trial follows another weighting of them (*Knowles 2006*). Trials that run at the same time are taken to give what is expected of them.
/// When less than a hundredth of the values' deviation is expected anywhere, trials take turns: one goes on in the best hollow, the next takes it as filled up and searches for another one.
/// Pruned trials are not learnt from. Of more than 400 trials the best half of that and the latest are used; of more than 200, lengths are learnt from every second or third and corrected with all.
/// </remarks>
public sealed class GaussianProcessSampler : ISampler
{
    private const int MostTrials = 400, MostHollows = 2;
    private static readonly double Exhausted = Math.Log(0.01);   // of the deviation of the values
    private readonly JointSampler _joint;

    /// <summary>Creates the sampler.</summary>
    /// <param name="startupTrials">Complete trials, quasi-random, before the process is asked; null for twice the parameters plus 2, but from 6 to 20.</param>
    public GaussianProcessSampler(int? startupTrials = null)
    {
        if (startupTrials is { } given) ArgumentOutOfRangeException.ThrowIfLessThan(given, 1, nameof(startupTrials));
        _joint = new JointSampler(Choose, dimensions => startupTrials ?? Math.Clamp(2 * dimensions + 2, 6, 20));
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> SampleRelative(SamplingContext context) => _joint.SampleRelative(context, ObservedTrials.Complete(context.History));

    /// <inheritdoc/>
    public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
        => _joint.SampleIndependent(context, ObservedTrials.Complete(context.History), name, distribution);

    private static Dictionary<string, double> Choose(SamplingContext context, JointSpace joint)
    {
        var space = new EncodedSpace(joint.Space);
        double[] losses = ObservedTrials.Bounded(ObservedTrials.Scalarize(joint.Trials, context.History.Directions, context.Random));
        int[] used = Used(losses);
        TrialRecord[] trials = [.. used.Select(i => joint.Trials[i])];
        double[] targets = ObservedTrials.Standardize([.. used.Select(i => losses[i])], out _);
        double[][] running = [.. context.History.Trials.Where(trial => trial.State == TrialState.Running && trial.Number != context.Trial.Number && joint.Space.All(one => Has(trial, one))).Select(space.Encode)];
        var points = new ObservedPoints(space, trials, [.. trials.Select(space.Encode)], targets, running);

        double?[] held = [.. space.Names.Select((name, j) => joint.Held.TryGetValue(name, out double value) ? space.Encode(j, value) : (double?)null)];
        if (Explores(context, joint)) DrawChoices(space, held, context.Random);
        Dictionary<string, double> chosen = space.Decode(Search(context, points, held));
        foreach ((string name, double value) in joint.Held)
            chosen[name] = value;
        return chosen;
    }

    // Where almost nothing is expected any more, the process is sure of a hollow that may be the second best. Every other trial then searches what would be best if it were filled up;
    // the others stay in it, because elsewhere they would go to the corners, where a process knows least.
    private static double[] Search(SamplingContext context, ObservedPoints points, double?[] held)
    {
        GaussianProcess[] constraints = points.LearnConstraints();
        var belief = new InteriorBelief(points.Space.Ordered, points.Places.Length);
        for (int hollows = 0; ; hollows++)
        {
            GaussianProcess? objective = points.LearnObjective();
            var acquisition = new Acquisition(objective, objective is null ? 0 : points.Reached(objective), constraints, belief);
            var search = new AcquisitionSearch(points.Space, acquisition, context.Random, held);
            double[] place = search.Maximize(points.Best());
            if (objective is null || acquisition.Expected(place) >= Exhausted || hollows == MostHollows) return place;
            if (context.Trial.Number % 2 == 0) return search.Polish(points.Best());
            if (points.Filled(objective) is not { } filled) return place;
            points = filled;
        }
    }

    // Where spaces branch, what a choice is worth shows only after its branch has been searched: every fourth trial takes choices at random.
    private static bool Explores(SamplingContext context, JointSpace joint)
        => context.Trial.Number % 4 == 3 && context.Trial.Parameters.IsEmpty && context.History.Union.Count > joint.Space.Count(one => context.History.Union.ContainsKey(one.Key))
            + context.History.Union.Count(one => one.Value.IsSingle);

    private static void DrawChoices(EncodedSpace space, double?[] held, RandomSource random)
    {
        for (int j = 0; j < held.Length; j++)
        {
            if (!space.Ordered[j]) held[j] ??= random.Next((int)space.Distributions[j].Count);
        }
    }

    // The best and the latest of very many.
    private static int[] Used(double[] losses)
    {
        int[] all = [.. Enumerable.Range(0, losses.Length)];
        if (losses.Length <= MostTrials) return all;
        HashSet<int> best = [.. all.OrderBy(i => losses[i]).ThenBy(i => i).Take(MostTrials / 2)];
        int[] latest = [.. all.Reverse().Where(i => !best.Contains(i)).Take(MostTrials - best.Count)];
        return [.. best.Concat(latest).Order()];
    }

    private static bool Has(TrialRecord trial, KeyValuePair<string, Distribution> one)
        => trial.Parameters.TryGetValue(one.Key, out ParameterValue value) && value.Distribution.Equals(one.Value);
}
