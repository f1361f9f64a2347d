namespace Inkling.Tuning;

/// <summary>Trials as the processes learn from them.</summary>
/// <param name="Space">The parameters.</param>
/// <param name="Trials">Complete trials.</param>
/// <param name="Places">Their places.</param>
/// <param name="Targets">Their losses, of mean 0 and deviation 1.</param>
/// <param name="Running">Places of trials that have not ended.</param>
internal sealed record ObservedPoints(EncodedSpace Space, TrialRecord[] Trials, double[][] Places, double[] Targets, double[][] Running)
{
    private const int Evaluations = 60;

    /// <summary>Hyper-parameters of the objective to begin the fit with; null for those that suit any.</summary>
    public double[]? Start { get; init; }

    /// <summary>Whether a trial kept all constraints.</summary>
    public bool[] Feasible { get; } = [.. Trials.Select(trial => trial.IsFeasible)];

    /// <summary>The places of the two best trials.</summary>
    public double[][] Best() => [.. Ranked().Take(2).Select(i => Places[i])];

    /// <summary>A process for each constraint, in which 0 and below is satisfied.</summary>
    public GaussianProcess[] LearnConstraints()
    {
        var constraints = new GaussianProcess[Trials.Max(trial => trial.Constraints.Length)];
        for (int i = 0; i < constraints.Length; i++)
        {
            // A trial that did not state a constraint is taken to have just kept it.
            double[] standard = ObservedTrials.Standardize([.. Trials.Select(trial => i < trial.Constraints.Length ? trial.Constraints[i] : 0)], out double zero);
            constraints[i] = Learn([.. standard.Select(value => value - zero)], warped: false, null);
        }

        return constraints;
    }

    /// <summary>A process for the objective; null while no trial is feasible.</summary>
    public GaussianProcess? LearnObjective() => Array.Exists(Feasible, one => one) ? Learn(Targets, warped: true, Start) : null;

    /// <summary>What has been reached, without the luck of noise.</summary>
    public double Reached(GaussianProcess objective)
        => Array.TrueForAll(Feasible, one => one) ? objective.LowestMean() : Enumerable.Range(0, Places.Length).Where(i => Feasible[i]).Min(i => objective.Predict(Places[i]).Mean);

    /// <summary>
    /// The same with the hollow around the best trial filled up: trials correlated with it by more than ½ have at least the median of the others. Null if almost nothing lies outside.
    /// </summary>
    public ObservedPoints? Filled(GaussianProcess objective)
    {
        double[] correlations = objective.Correlations(Places[Ranked().First()]);
        bool[] inside = [.. Enumerable.Range(0, Places.Length).Select(i => correlations[i] > 0.5)];
        double[] outside = [.. Targets.Where((_, i) => !inside[i]).Order()];
        if (outside.Length < 4) return null;
        double level = outside[outside.Length / 2];
        double[] filled = [.. Targets.Select((value, i) => inside[i] ? Math.Max(value, level) : value)];
        return this with { Targets = ObservedTrials.Standardize(filled, out _), Start = objective.Hyper };
    }

    private IEnumerable<int> Ranked() => Enumerable.Range(0, Places.Length).OrderBy(i => Feasible[i] ? 0 : 1).ThenBy(i => Targets[i]).ThenBy(i => i);

    private GaussianProcess Learn(double[] values, bool warped, double[]? start)
    {
        var fit = new GaussianProcessFit(Places, values, Space.Ordered, warped);
        double[] hyper = fit.Fit(start ?? fit.Start(), Evaluations, out _);
        var process = new GaussianProcess(Places, fit.Even(hyper), Space.Ordered, hyper);
        foreach (double[] place in Running)
            process.Believe(place);
        return process;
    }
}
