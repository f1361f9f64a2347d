namespace Inkling.Tuning.Tests;

public sealed class StudyTests
{
    private static Study InMemory(StudyOptions? options = null) => Study.InMemory(seed: 1, options: options);

    [Fact]
    public void Ask_and_tell_leave_the_loop_to_the_caller()
    {
        using Study study = InMemory();
        Trial trial = study.Ask();
        double x = trial.Float("x", 0, 1);
        Assert.Equal(x, trial.Float("x", 0, 1));
        TrialRecord told = study.Tell(trial, x);
        Assert.Equal((TrialState.Complete, x), (told.State, study.Best!.Values[0]));
        Assert.Throws<TrialLostException>(() => study.Tell(trial, 2));
        Assert.Equal(TrialState.Failed, study.Tell(study.Ask(), double.NaN).State);
        Assert.Equal("The objective returned 2 values for 1 directions.", study.Tell(study.Ask(), 1, 2).Error);
        Assert.Equal("no", study.TellFailed(study.Ask(), "no").Error);
    }

    [Theory]
    [InlineData("throw")]
    [InlineData("prune")]
    [InlineData("nan")]
    [InlineData("report")]
    public void A_trial_that_another_worker_took_is_left_to_it_however_it_ends(string end)
    {
        using Study study = InMemory(new StudyOptions { Attempts = 3 });
        study.Optimize(trial =>
        {
            trial.Report(1, 1);
            if (trial.Number != 1 || trial.Record.Attempt > 1) return 1;
            study.Storage.Requeue(study.Record.Id, TimeSpan.Zero, 3);
            if (end == "prune") trial.Prune();
            if (end == "report") trial.Report(1, 2);
            return end == "nan" ? double.NaN : throw new InvalidOperationException();
        }, new Budget { TotalTrials = 4 });
        Assert.Equal([1, 2, 1, 1], study.Trials.Select(trial => trial.Attempt));
        Assert.All(study.Trials, trial => Assert.Equal(TrialState.Complete, trial.State));
    }

    [Fact]
    public void A_trial_that_another_worker_took_does_not_hide_that_the_run_was_cancelled()
    {
        using Study study = InMemory();
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => study.Optimize(trial =>
        {
            study.Storage.Requeue(study.Record.Id, TimeSpan.Zero, 3);
            stop.Cancel();
            stop.Token.ThrowIfCancellationRequested();
            return 1;
        }, 3, cancellation: stop.Token));
        Assert.Equal(TrialState.Waiting, Assert.Single(study.Trials).State);
    }

    [Fact]
    public void A_trial_that_is_given_back_keeps_its_cost_and_draws_what_it_would_have_drawn()
    {
        static (double, double, double) Draw(Trial trial) => (trial.Float("x", 0, 1), trial.Float("y", 0, 1), trial.Float("z", 0, 1));
        var options = new StudyOptions { Sampler = new RandomSampler() };
        using Study whole = InMemory(options), parted = InMemory(options);
        Trial first = parted.Ask();
        first.Float("x", 0, 1);
        first.AddCost(7);
        parted.Release(first);
        Assert.Equal(7, parted.Trials[0].Cost);
        Trial again = parted.Ask();
        Assert.Equal(Draw(whole.Ask()), Draw(again));
        again.AddCost(2);
        Assert.Equal(9, parted.Tell(again, 1).Cost);
    }

    [Fact]
    public void What_is_added_from_elsewhere_has_to_make_sense()
    {
        using Study study = InMemory();
        TrialRecord good = new() { Number = 0, State = TrialState.Complete, Values = [1], Parameters = TrialRecord.NoParameters.Add("x", new ParameterValue(new FloatDistribution(1, 2, Scale.Log), 1.5)) };
        study.Add(good);
        foreach (double wrong in (double[])[-5, 0, 3, double.NaN])
            Assert.Contains("\"x\" is none of", Assert.Throws<ArgumentException>(() => study.Add(good with { Parameters = good.Parameters.SetItem("x", new ParameterValue(new FloatDistribution(1, 2, Scale.Log), wrong)) })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => study.Add(good with { State = TrialState.Pruned, Values = [double.NaN] }));
        Assert.Single(study.Trials);
    }

    [Fact]
    public void The_best_trial_violates_no_constraint()
    {
        using Study study = InMemory();
        double[][] trials = [[3, -1, 0], [1, -1, 0.5], [2, -3, -1], [2, -1, -1]];
        study.Optimize(trial =>
        {
            trial.Constrain(trials[trial.Number][1], trials[trial.Number][2]);
            return trials[trial.Number][0];
        }, 4);
        Assert.Equal(2, study.Best!.Number);
        Assert.Equal([-1, 0.5], study.Trials[1].Constraints);
    }

    [Fact]
    public void Several_objectives_have_a_front()
    {
        using Study study = Study.Create(new MemoryStorage(), "s", [Direction.Minimize, Direction.Maximize]);
        double[][] values = [[1, 1], [2, 2], [2, 1], [0, 5], [0, 5], [3, 6], [-1, double.NegativeInfinity]];
        study.Optimize(trial => values[trial.Number], values.Length);
        Assert.Equal([3, 4, 5, 6], study.Front.Select(trial => trial.Number));
        Assert.Throws<InvalidOperationException>(() => study.Best);
        Assert.Throws<InvalidOperationException>(() => study.Ask().Report(1, 1));
    }

    [Fact]
    public void A_parameter_that_changes_its_kind_ends_the_run_with_a_clear_error()
    {
        using Study study = InMemory();
        SearchSpaceException wrong = Assert.Throws<SearchSpaceException>(() => study.Optimize(trial => trial.Number < 2 ? trial.Float("x", 0, 1) : trial.Categorical("x", 1, 2), 10));
        Assert.Contains("\"x\"", wrong.Message, StringComparison.Ordinal);
        Assert.Equal([TrialState.Complete, TrialState.Complete, TrialState.Failed], study.Trials.Select(trial => trial.State));
        Assert.Throws<SearchSpaceException>(() => study.Ask().Float("x", 0.1, 1, Scale.Log));
        Assert.Throws<SearchSpaceException>(() => study.Optimize(trial => trial.Float("y", 1, 0), 5));
        Assert.Throws<SearchSpaceException>(() => study.Optimize(trial => trial.Float("z", 0, 1) + trial.Float("z", 5, 6), 5));
    }

    [Fact]
    public void An_enqueued_value_outside_its_range_fails_its_trial_only()
    {
        using Study study = InMemory();
        study.Enqueue(new Dictionary<string, string> { ["x"] = "7" });
        study.Optimize(trial => trial.Float("x", 0, 1), 3);
        Assert.Equal([TrialState.Failed, TrialState.Complete, TrialState.Complete], study.Trials.Select(trial => trial.State));
        Assert.Contains("enqueued \"x\"", study.Trials[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Budgets_of_trials_total_cost_and_time_end_a_run()
    {
        var storage = new MemoryStorage();
        using Study study = Study.Create(storage, "s", [Direction.Minimize]);
        Func<Trial, double> objective = trial =>
        {
            trial.AddCost(1);
            trial.AddCost(0.5);
            return trial.Float("x", 0, 1);
        };
        Assert.Equal(StopReason.Trials, study.Optimize(objective, 3));
        Assert.Equal(StopReason.Trials, study.Optimize(objective, new Budget { TotalTrials = 5 }));
        Assert.Equal(5, study.Trials.Count);
        Assert.Equal(StopReason.Cost, study.Optimize(objective, new Budget { Cost = 10 }));
        Assert.Equal((7, 10.5), (study.Trials.Count, study.Trials.Sum(trial => trial.Cost)));
        Assert.Equal(StopReason.Time, study.Optimize(objective, new Budget { Time = TimeSpan.Zero }));
        Assert.Equal(StopReason.Stopped, study.Optimize(trial =>
        {
            trial.Study.Stop();
            return 1;
        }, 100));
        Assert.Equal(8, study.Trials.Count);
        Assert.Throws<ArgumentException>(() => study.Optimize(objective, -1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_cancelled_trial_is_done_by_the_next_run_with_the_same_values(int workers)
    {
        var storage = new MemoryStorage();
        using Study study = Study.Create(storage, "s", [Direction.Minimize], 1);
        using var cancellation = new CancellationTokenSource();
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<int, double>();
        Assert.ThrowsAny<OperationCanceledException>(() => study.Optimize(trial =>
        {
            seen[trial.Number] = trial.Float("x", 0, 1);
            if (trial.Number == 4) cancellation.Cancel();
            trial.Cancellation.ThrowIfCancellationRequested();
            return 0;
        }, new Budget(), workers, cancellation.Token));

        Assert.All(study.Trials, trial => Assert.True(trial.State is TrialState.Complete or TrialState.Waiting));
        Assert.Contains(study.Trials, trial => trial.State == TrialState.Waiting);
        study.Optimize(trial => trial.Float("x", 0, 1), new Budget { TotalTrials = 10 });
        Assert.All(study.Trials, trial => Assert.Equal(TrialState.Complete, trial.State));
        Assert.All(seen, one => Assert.Equal(one.Value, study.Trials[one.Key].Parameters["x"].Value));
    }

    [Fact]
    public void The_trial_of_a_dead_worker_is_taken_over_and_its_late_result_refused()
    {
        var storage = new MemoryStorage();
        using Study dead = Study.Create(storage, "s", [Direction.Minimize], 1, new StudyOptions { HeartbeatInterval = TimeSpan.FromDays(1) });
        Trial lost = dead.Ask();
        double x = lost.Float("x", 0, 1);

        using Study alive = Study.Open(storage, "s", new StudyOptions { Silence = TimeSpan.Zero, HeartbeatInterval = TimeSpan.FromDays(1) });
        Assert.Equal(StopReason.Trials, alive.Optimize(trial => trial.Float("x", 0, 1), new Budget { TotalTrials = 3 }));

        Assert.Equal([2, 1, 1], alive.Trials.Select(trial => trial.Attempt));
        Assert.All(alive.Trials, trial => Assert.Equal(TrialState.Complete, trial.State));
        Assert.Equal(x, alive.Trials[0].Parameters["x"].Value);
        Assert.Throws<TrialLostException>(() => dead.Tell(lost, 5));
    }

    [Fact]
    public void A_running_trial_has_a_heartbeat()
    {
        var storage = new MemoryStorage();
        using Study study = Study.Create(storage, "s", [Direction.Minimize], 1, new StudyOptions { HeartbeatInterval = TimeSpan.FromMilliseconds(1) });
        Trial trial = study.Ask();
        Assert.True(SpinWait.SpinUntil(() => storage.ReadTrial(study.Record.Id, 0)!.Heartbeat > trial.Record.Heartbeat, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task An_objective_may_wait()
    {
        using Study study = InMemory();
        await study.OptimizeAsync(async (trial, cancellation) =>
        {
            double x = trial.Float("x", 0, 1);
            await Task.Delay(1, cancellation);
            return [x];
        }, 12, workers: 3, TestContext.Current.CancellationToken);
        Assert.Equal(12, study.Trials.Count(trial => trial.State == TrialState.Complete));
    }

    [Fact]
    public void Finished_trials_from_elsewhere_can_be_added()
    {
        using Study study = InMemory();
        study.Add(new TrialRecord { Number = 0, State = TrialState.Complete, Values = [-5] });
        Assert.Equal(-5, study.Best!.Values[0]);
        Assert.Throws<ArgumentException>(() => study.Add(new TrialRecord { Number = 0, State = TrialState.Waiting }));
        Assert.Throws<ArgumentException>(() => study.Add(new TrialRecord { Number = 0, State = TrialState.Complete, Values = [1, 2] }));
    }

    [Fact]
    public void Names_and_studies_that_are_not_there_are_clear_errors()
    {
        var storage = new MemoryStorage();
        using Study study = Study.Create(storage, "tone", [Direction.Minimize]);
        Assert.Throws<StudyExistsException>(() => Study.Create(storage, "tone", [Direction.Minimize]));
        Assert.Contains("\"tome\"", Assert.Throws<StudyNotFoundException>(() => Study.Open(storage, "tome")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => study.Ask().SetAttribute("sampler:x", "y"));
        Assert.Throws<ArgumentException>(() => study.Ask().Constrain(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => study.Ask().AddCost(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => study.Optimize(_ => 1.0, 1, workers: 0));
    }

    [Fact]
    public void The_space_of_a_study_is_what_its_trials_share()
    {
        TrialRecord Trial(int number, TrialState state, params (string Name, Distribution Distribution)[] parameters) => new()
        {
            Number = number,
            State = state,
            Values = state == TrialState.Complete ? [1] : [],
            Parameters = TrialRecord.NoParameters.AddRange(parameters.Select(one => KeyValuePair.Create(one.Name, new ParameterValue(one.Distribution, 1)))),
        };

        FloatDistribution wide = new(0, 2), narrow = new(0, 1);
        var history = new TrialHistory([Direction.Minimize],
        [
            Trial(0, TrialState.Failed, ("f", wide)), Trial(1, TrialState.Complete, ("a", wide), ("b", wide), ("c", wide)),
            Trial(2, TrialState.Pruned, ("a", wide), ("b", narrow), ("d", wide)), Trial(3, TrialState.Running, ("e", wide)),
        ]);
        Assert.Equal(["a"], history.Intersection.Keys);
        Assert.Equal(["a", "b", "c", "d"], history.Union.Keys);
        Assert.Equal(narrow, history.Union["b"]);
    }

    [Fact]
    public void The_message_of_a_failure_that_is_meant_is_kept_as_it_stands()
    {
        using Study study = Study.InMemory();
        study.Optimize(double (trial) => throw new TrialFailedException("no wind"), 1);
        Assert.Equal((TrialState.Failed, "no wind"), (study.Trials[0].State, study.Trials[0].Error));
    }
}
