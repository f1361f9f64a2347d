namespace Inkling.Tuning.Tests;

/// <summary>What the Gaussian process sampler is made of, beside the process itself.</summary>
public sealed class GaussianSearchTests
{
    private static readonly EncodedSpace Square = new([KeyValuePair.Create<string, Distribution>("x", new FloatDistribution(0, 1)), KeyValuePair.Create<string, Distribution>("y", new FloatDistribution(0, 1))]);

    // Trials in one half of the square only, the first of them around a place that is nearly the best one.
    private static ObservedPoints Points(int count, Func<double[], double> value)
    {
        var sequence = new SobolSequence(5);
        double[][] around = [[0.21, 0.3], [0.19, 0.31], [0.2, 0.28], [0.18, 0.29], [0.2, 0.32], [0.22, 0.32]];
        double[][] places = [.. around, .. Enumerable.Range(0, count - around.Length).Select(i => new[] { 0.5 * sequence.Coordinate((uint)i, 0), sequence.Coordinate((uint)i, 1) })];
        double[] targets = ObservedTrials.Standardize([.. places.Select(value)], out _);
        TrialRecord[] trials = [.. targets.Select((target, i) => new TrialRecord { Number = i, State = TrialState.Complete, Values = [target] })];
        return new ObservedPoints(Square, trials, places, targets, []);
    }

    private static double Hollow(double[] x) => -Math.Exp(-60 * (Math.Pow(x[0] - 0.2, 2) + Math.Pow(x[1] - 0.3, 2)));

    private static Acquisition Acquire(ObservedPoints points, GaussianProcess objective, int trials) => new(objective, points.Reached(objective), [], new InteriorBelief(Square.Ordered, trials));

    [Fact]
    public void What_is_expected_does_not_depend_on_what_is_believed_of_ends()
    {
        ObservedPoints points = Points(20, Hollow);
        GaussianProcess objective = points.LearnObjective()!;
        double[] x = [0.9, 0.05];
        Acquisition early = Acquire(points, objective, 3), late = Acquire(points, objective, 300);
        Assert.Equal(early.Expected(x), late.Expected(x), 12);
        Assert.Equal(early.Value(x), early.Expected(x) + new InteriorBelief(Square.Ordered, 3).Log(x), 12);
        (double mean, double variance) = objective.Predict(x);
        double z = (points.Reached(objective) - mean) / Math.Sqrt(variance);
        Assert.Equal(Math.Log(Math.Sqrt(variance) * (Normal.Density(z) + z * Normal.Cumulative(z))), early.Expected(x), 6);
    }

    [Fact]
    public void Polishing_stays_with_the_best_trials_where_a_search_of_everything_leaves_them()
    {
        ObservedPoints points = Points(36, Hollow);
        var search = new AcquisitionSearch(Square, Acquire(points, points.LearnObjective()!, 300), new RandomSource(2), [null, null]);
        double[] far = search.Maximize(points.Best()), near = search.Polish(points.Best());
        Assert.True(far[0] > 0.6, $"{far[0]} {far[1]}");
        Assert.True(Math.Abs(near[0] - 0.2) < 0.15 && Math.Abs(near[1] - 0.3) < 0.15, $"{near[0]} {near[1]}");
    }

    [Fact]
    public void Polishing_keeps_what_is_held()
    {
        ObservedPoints points = Points(36, Hollow);
        double[] near = new AcquisitionSearch(Square, Acquire(points, points.LearnObjective()!, 300), new RandomSource(2), [0.75, null]).Polish(points.Best());
        Assert.Equal(0.75, near[0]);
    }

    [Fact]
    public void A_filled_hollow_is_no_lower_than_half_of_what_lies_outside_and_its_values_are_taken_as_they_are()
    {
        ObservedPoints points = Points(36, Hollow);
        GaussianProcess objective = points.LearnObjective()!;
        ObservedPoints filled = points.Filled(objective)!;
        double[] correlations = objective.Correlations(points.Best()[0]);
        double[] outside = [.. Enumerable.Range(0, 36).Where(i => correlations[i] <= 0.5).Select(i => filled.Targets[i]).Order()];
        Assert.All(Enumerable.Range(0, 36).Where(i => correlations[i] > 0.5), i => Assert.True(filled.Targets[i] >= outside[outside.Length / 2] - 1e-12));
        Assert.True(filled.Elsewhere);
        Assert.Equal(1, filled.LearnObjective()!.Hyper[^3]);
        Assert.NotEqual(1, objective.Hyper[^3]);
    }

    // Of 202 trials the lengths are learnt from 101.
    [Fact]
    public void Of_many_trials_a_part_tells_nearly_as_probable_lengths_as_all()
    {
        ObservedPoints points = Points(202, x => Math.Sin(9 * x[0]) + 0.3 * x[1]);
        double[] hyper = points.LearnObjective()!.Hyper, slopes = new double[hyper.Length];
        var fit = new GaussianProcessFit(points.Places, points.Targets, Square.Ordered, warped: true);
        fit.Fit(fit.Start(), 60, out double least);
        Assert.InRange(fit.Loss(hyper, slopes), least - 1, least + 5);
        Assert.Equal(hyper, points.LearnObjective()!.Hyper);
    }
}
