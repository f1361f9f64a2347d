using System.Collections.Immutable;

namespace Inkling.Tuning.Tests;

/// <summary>What every pruner does, and what each decides.</summary>
public sealed class PrunerTests
{
    private static readonly StudyRecord Minimizing = new(1, new StudySpecification("s", [Direction.Minimize], 1), DateTimeOffset.UnixEpoch, 0);
    private static readonly StudyRecord Maximizing = new(1, new StudySpecification("s", [Direction.Maximize], 1), DateTimeOffset.UnixEpoch, 0);

    private static TrialRecord Trial(int number, TrialState state, params double[] reports) => new()
    {
        Number = number,
        State = state,
        Values = state == TrialState.Complete ? [reports[^1]] : [],
        Intermediate = ImmutableSortedDictionary<int, double>.Empty.AddRange(reports.Select((value, i) => KeyValuePair.Create(i + 1, value))),
    };

    // Whether the last of the trials, which runs, is stopped; the others are complete.
    private static bool Stops(IPruner pruner, params double[][] reports)
    {
        bool Ask(StudyRecord study, double sign)
        {
            TrialRecord[] trials = [.. reports.Select((one, i) => Trial(i, i == reports.Length - 1 ? TrialState.Running : TrialState.Complete, [.. one.Select(value => sign * value)]))];
            return pruner.ShouldPrune(new PruningContext(study, new TrialHistory(study.Specification.Directions, trials), trials[^1]));
        }

        bool stops = Ask(Minimizing, 1);
        Assert.Equal(stops, Ask(Maximizing, -1));
        return stops;
    }

    public static TheoryData<IPruner> All => new((IPruner[])[new NoPruner(), new MedianPruner(0), new PercentilePruner(25, 0), new SuccessiveHalvingPruner(), new HyperbandPruner(1, 9), new PatientPruner(null, 1), new ThresholdPruner(high: 1e9)]);

    [Theory]
    [MemberData(nameof(All))]
    public void The_first_trial_and_the_best_trial_go_on(IPruner pruner)
    {
        Assert.False(Stops(pruner, [[5, 4, 3]]));
        Assert.False(Stops(pruner, [[5, 4, 3], [6, 5, 4], [3, 2, 1]]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_study_with_any_pruner_ends(IPruner pruner)
    {
        using Study study = Study.InMemory(seed: 1, options: new StudyOptions { Pruner = pruner });
        study.Optimize(trial =>
        {
            double x = trial.Float("x", 0, 1);
            for (int step = 1; step <= 9; step++)
            {
                trial.Report(step == 4 && trial.Number == 3 ? double.NaN : x + 1.0 / step, step);
                if (trial.ShouldPrune) trial.Prune();
            }

            return x;
        }, 30, workers: 2);
        Assert.All(study.Trials, trial => Assert.True(trial.State is TrialState.Complete or TrialState.Pruned));
        Assert.Contains(study.Trials, trial => trial.State == TrialState.Complete);
    }

    [Fact]
    public void The_median_of_the_same_step_decides()
    {
        double[][] others = [[9, 1], [9, 2], [9, 3]];
        Assert.True(Stops(new MedianPruner(0), [.. others, [9, 2.5]]));
        Assert.False(Stops(new MedianPruner(0), [.. others, [9, 1.5]]));
        Assert.False(Stops(new MedianPruner(4), [.. others, [9, 2.5]]));
        Assert.False(Stops(new MedianPruner(0, warmupSteps: 3), [.. others, [9, 2.5]]));
        Assert.False(Stops(new MedianPruner(0, least: 4), [.. others, [9, 2.5]]));
        Assert.True(Stops(new MedianPruner(0), [.. others, [double.NaN, double.NaN]]));
        Assert.False(Stops(new MedianPruner(0), [.. others, [0.5, 8]]));   // its best so far counts
    }

    [Fact]
    public void A_percentile_keeps_that_share()
    {
        double[][] others = [[1], [2], [3], [4], [5]];
        Assert.False(Stops(new PercentilePruner(25, 0), [.. others, [1.9]]));
        Assert.True(Stops(new PercentilePruner(25, 0), [.. others, [2.1]]));
        Assert.False(Stops(new PercentilePruner(75, 0), [.. others, [3.9]]));
    }

    [Fact]
    public void A_rung_promotes_the_best_part()
    {
        double[][] others = [[1, 1], [2, 2], [3, 3], [4, 4], [5, 5], [6, 6], [7, 7]];
        Assert.False(Stops(new SuccessiveHalvingPruner(factor: 4), [.. others, [1.5]]));   // second of eight, two are promoted
        Assert.True(Stops(new SuccessiveHalvingPruner(factor: 4), [.. others, [2.5]]));
        Assert.False(Stops(new SuccessiveHalvingPruner(factor: 4, offset: 1), [.. others, [2.5]]));
        Assert.False(Stops(new SuccessiveHalvingPruner(least: 2, factor: 4), [.. others, [2.5]]));
        Assert.True(Stops(new SuccessiveHalvingPruner(least: 2, factor: 4), [.. others, [9, 9]]));
    }

    [Fact]
    public void A_rung_decides_once_whatever_comes_later()
    {
        TrialRecord[] trials = [Trial(0, TrialState.Running, 2, 2, 2), Trial(1, TrialState.Running, 1), Trial(2, TrialState.Running, 1), Trial(3, TrialState.Running, 1)];
        var pruner = new SuccessiveHalvingPruner(factor: 4);
        bool Stops(int passed) => pruner.ShouldPrune(new PruningContext(Minimizing, new TrialHistory([Direction.Minimize], trials), trials[0]) { Passed = passed });
        Assert.True(Stops(-1));     // had it not been asked about before
        Assert.False(Stops(1));
        Assert.False(Stops(2));

        using Study study = Study.InMemory(seed: 1, options: new StudyOptions { Pruner = pruner });
        Inkling.Tuning.Trial early = study.Ask(), late = study.Ask();
        early.Report(2, 1);
        Assert.False(early.ShouldPrune);
        late.Report(1, 1);
        Assert.False(late.ShouldPrune);
        early.Report(2, 2);
        Assert.False(early.ShouldPrune);
        early.Report(2, 3);
        late.Report(1, 4);
        Assert.False(late.ShouldPrune);
        early.Report(2, 4);
        Assert.True(early.ShouldPrune);
        Assert.True(early.ShouldPrune);   // asked twice, told twice
    }

    [Fact]
    public void Infinite_reports_are_the_worst()
    {
        double infinite = double.PositiveInfinity;
        Assert.True(Stops(new MedianPruner(0), [[1], [2], [3], [infinite], [infinite], [100]]));
        Assert.False(Stops(new MedianPruner(0), [[1], [2], [3], [infinite], [infinite], [2.5]]));
        Assert.False(Stops(new PercentilePruner(75, 0), [[1], [infinite], [infinite], [infinite], [5]]));
        Assert.True(Stops(new MedianPruner(0), [[-infinite], [-infinite], [3], [4], [5]]));
    }

    [Fact]
    public void Hyperband_divides_the_trials_among_brackets()
    {
        var pruner = new HyperbandPruner(1, 27, 3);
        int[] counts = new int[pruner.Brackets];
        for (int i = 0; i < 4000; i++)
            counts[pruner.BracketOf(Minimizing, i)]++;
        Assert.Equal(4, counts.Length);
        Assert.True(counts[0] > counts[1] && counts[1] > counts[2] && counts[2] > counts[3] && counts[3] > 100, string.Join(' ', counts));
    }

    [Fact]
    public void Patience_waits_for_progress()
    {
        Assert.False(Stops(new PatientPruner(null, 2), [[5, 4, 4, 3]]));
        Assert.True(Stops(new PatientPruner(null, 1), [[5, 3, 4, 4]]));
        Assert.False(Stops(new PatientPruner(null, 3), [[5, 3, 4, 4]]));
        Assert.True(Stops(new PatientPruner(null, 1, tolerance: 1), [[5, 4.5, 4.4, 4.3]]));
        Assert.False(Stops(new PatientPruner(new NoPruner(), 1), [[5, 3, 4, 4]]));

        // Whom it asks late is asked about all that has been.
        TrialRecord[] trials = [Trial(0, TrialState.Running, 9, 8, 8, 8), .. Enumerable.Range(1, 7).Select(i => Trial(i, TrialState.Complete, i, i, i, i))];
        Assert.True(new PatientPruner(new SuccessiveHalvingPruner(), 1).ShouldPrune(new PruningContext(Minimizing, new TrialHistory([Direction.Minimize], trials), trials[0]) { Passed = 3 }));
    }

    [Fact]
    public void A_threshold_is_a_bound()
    {
        TrialRecord trial = Trial(0, TrialState.Running, 3, 7);
        var context = new PruningContext(Minimizing, new TrialHistory([Direction.Minimize], [trial]), trial);
        Assert.True(new ThresholdPruner(high: 5).ShouldPrune(context));
        Assert.True(new ThresholdPruner(low: 8).ShouldPrune(context));
        Assert.False(new ThresholdPruner(low: 0, high: 7).ShouldPrune(context));
        Assert.False(new ThresholdPruner(high: 5, warmupSteps: 3).ShouldPrune(context));
        Assert.Throws<ArgumentException>(() => new ThresholdPruner());
        Assert.Throws<ArgumentException>(() => new ThresholdPruner(2, 1));
    }
}
