namespace Inkling.Tuning;

/// <summary>Trials as the processes learn from them.</summary>
/// <param name="Space">The parameters.</param>
/// <param name="Trials">Complete trials.</param>
/// <param name="Places">Their places.</param>
/// <param name="Targets">Their losses, of mean 0 and deviation 1.</param>
/// <param name="Running">Places of trials that have not ended.</param>
internal sealed record ObservedPoints(EncodedSpace Space, TrialRecord[] Trials, double[][] Places, double[] Targets, double[][] Running)
{
    private const int Evaluations = 60, Refinements = 8, MostFitted = 200;

    /// <summary>Whether a hollow was filled up. What is left is then learnt with other beliefs, so as not to be misled twice: lengths may be anything, and values are taken as they are.</summary>
    public bool Elsewhere { get; init; }

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
            double[] violations = ObservedTrials.FiniteViolations([.. Trials.Select(trial => i < trial.Constraints.Length ? trial.Constraints[i] : 0)]);
            double[] standard = ObservedTrials.Standardize(violations, out double zero);
            constraints[i] = Learn([.. standard.Select(value => value - zero)], warped: false, broad: false);
        }

        return constraints;
    }

    /// <summary>A process for the objective; null while no trial is feasible.</summary>
    public GaussianProcess? LearnObjective() => Array.Exists(Feasible, one => one) ? Learn(Targets, warped: !Elsewhere, broad: Elsewhere) : null;

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
        return this with { Targets = ObservedTrials.Standardize(filled, out _), Elsewhere = true };
    }

    private IEnumerable<int> Ranked() => Enumerable.Range(0, Places.Length).OrderBy(i => Feasible[i] ? 0 : 1).ThenBy(i => Targets[i]).ThenBy(i => i);

    private GaussianProcess Learn(double[] values, bool warped, bool broad)
    {
        var fit = new GaussianProcessFit(Places, values, Space.Ordered, warped, broad);
        double[] hyper = Places.Length <= MostFitted ? fit.Fit(fit.Start(), Evaluations, out _) : fit.Fit(Roughly(values, warped, broad), Refinements, out _);
        var process = new GaussianProcess(Places, fit.Even(hyper), Space.Ordered, hyper);
        foreach (double[] place in Running)
            process.Believe(place);
        return process;
    }

    // A fit costs the cube of the trials. Of very many, a part that has all values in the same proportion tells the lengths nearly as well, and little is left to be done with all.
    private double[] Roughly(double[] values, bool warped, bool broad)
    {
        int every = (values.Length + MostFitted - 1) / MostFitted;
        int[] part = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ThenBy(i => i).Where((_, rank) => rank % every == 0)];
        var fit = new GaussianProcessFit([.. part.Select(i => Places[i])], [.. part.Select(i => values[i])], Space.Ordered, warped, broad);
        return fit.Fit(fit.Start(), Evaluations, out _);
    }
}
