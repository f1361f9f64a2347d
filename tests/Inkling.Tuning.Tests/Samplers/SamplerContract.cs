namespace Inkling.Tuning.Tests;

/// <summary>What every sampler does, whatever the objective does to it.</summary>
public abstract class SamplerContract
{
    /// <summary>A sampler that has left its random beginning after <see cref="Trials"/> trials.</summary>
    protected abstract ISampler Create();

    /// <summary>Trials of a run.</summary>
    protected virtual int Trials => 30;

    private Study InMemory(ulong seed = 1) => Study.InMemory(seed: seed, options: new StudyOptions { Sampler = Create() });

    private static double Everything(Trial trial)
    {
        double lr = trial.Float("lr", 1e-5, 0.1, Scale.Log), x = trial.Float("x", -2, 3), half = trial.Float("half", -1, 1, step: 0.5);
        int units = trial.Integer("units", 1, 100, Scale.Log), odd = trial.Integer("odd", 1, 9, step: 2), one = trial.Integer("one", 5, 5);
        string kind = trial.Categorical("kind", "a", "b", "c");
        bool flag = trial.Categorical("flag", true, false);
        Assert.InRange(lr, 1e-5, 0.1);
        Assert.InRange(x, -2, 3);
        Assert.Contains(half, new[] { -1, -0.5, 0, 0.5, 1 });
        Assert.InRange(units, 1, 100);
        Assert.Contains(odd, new[] { 1, 3, 5, 7, 9 });
        Assert.Equal(5, one);
        return Math.Abs(Math.Log10(lr) + 3) + x * x + half + Math.Log(units) + odd + (kind == "b" ? 0 : 1) + (flag ? 1 : 0);
    }

    private static string Texts(IEnumerable<TrialRecord> trials)
        => string.Join('\n', trials.Select(trial => $"{trial.Number} {trial.State} {string.Join(' ', trial.Parameters.Select(one => $"{one.Key}={one.Value.Text}"))} {string.Join(' ', trial.Values)}"));

    [Fact]
    public void Values_keep_to_their_ranges_scales_steps_and_choices()
    {
        using Study study = InMemory();
        study.Optimize(Everything, Trials);
        Assert.All(study.Trials, trial => Assert.Equal((TrialState.Complete, null), (trial.State, trial.Error)));
        Assert.True(study.Trials.Select(trial => trial.Parameters["lr"].Value).Distinct().Count() > Trials / 2);
        Assert.True(study.Trials.Select(trial => trial.Parameters["kind"].Value).Distinct().Count() > 1);
    }

    [Fact]
    public void A_seed_gives_the_same_trials_and_another_seed_others()
    {
        string Run(ulong seed)
        {
            using Study study = InMemory(seed);
            study.Optimize(Everything, Trials);
            return Texts(study.Trials);
        }

        Assert.Equal(Run(3), Run(3));
        Assert.NotEqual(Run(3), Run(4));
    }

    [Fact]
    public void A_run_that_is_resumed_goes_on_as_if_it_had_not_stopped()
    {
        using Study whole = InMemory(5);
        whole.Optimize(Everything, Trials);

        var storage = new MemoryStorage();
        using (Study first = Study.Create(storage, "s", [Direction.Minimize], 5, new StudyOptions { Sampler = Create() }))
            first.Optimize(Everything, Trials / 2);
        using Study second = Study.Open(storage, "s", new StudyOptions { Sampler = Create() });
        second.Optimize(Everything, Trials - Trials / 2);

        Assert.Equal(Texts(whole.Trials), Texts(second.Trials));
    }

    [Fact]
    public void A_space_may_branch()
    {
        using Study study = InMemory();
        study.Optimize(trial =>
        {
            if (trial.Categorical("model", "linear", "tree") == "linear") return trial.Float("weight decay", 1e-6, 1, Scale.Log) + 1;
            int depth = trial.Integer("depth", 1, 8);
            return depth > 4 ? trial.Float("shrinkage", 0, 1) : depth * trial.Float("cut", 1, 2);
        }, Trials);
        Assert.All(study.Trials, trial => Assert.Equal((TrialState.Complete, null), (trial.State, trial.Error)));
        Assert.All(study.Trials, trial => Assert.Equal(trial.Parameters["model"].Text == "linear", trial.Parameters.ContainsKey("weight decay")));
    }

    [Fact]
    public void Ranges_may_change_from_trial_to_trial()
    {
        using Study study = InMemory();
        study.Optimize(trial =>
        {
            double high = 1 + trial.Number % 3, x = trial.Float("x", 0, high);
            int n = trial.Integer("n", trial.Number % 2, 5);
            Assert.InRange(x, 0, high);
            Assert.InRange(n, trial.Number % 2, 5);
            return x + n + trial.Float("y", 0, 1);
        }, Trials);
        Assert.All(study.Trials, trial => Assert.Equal((TrialState.Complete, null), (trial.State, trial.Error)));
    }

    [Fact]
    public void Nan_infinity_errors_and_pruned_trials_are_survived()
    {
        using Study study = InMemory();
        study.Optimize(trial =>
        {
            double x = trial.Float("x", 0, 1);
            trial.Report(x, 1);
            if (trial.Number % 6 == 5) trial.Prune();
            return (trial.Number % 6) switch
            {
                1 => double.NaN,
                2 => throw new InvalidOperationException("boom"),
                3 => double.PositiveInfinity,
                4 => double.NegativeInfinity,
                _ => x,
            };
        }, Trials);
        TrialState[] states = [TrialState.Complete, TrialState.Failed, TrialState.Failed, TrialState.Complete, TrialState.Complete, TrialState.Pruned];
        Assert.Equal(Enumerable.Range(0, Trials).Select(i => states[i % 6]), study.Trials.Select(trial => trial.State));
        Assert.Equal("InvalidOperationException: boom", study.Trials[2].Error);
    }

    [Fact]
    public void An_objective_that_never_changes_is_survived()
    {
        using Study study = InMemory();
        study.Optimize(trial => trial.Float("x", 0, 1) * 0 + (trial.Categorical("c", 1, 2) * 0), Trials);
        Assert.True(study.Trials.Select(trial => (trial.Parameters["x"].Value, trial.Parameters["c"].Value)).Distinct().Count() > Trials / 2);
    }

    [Fact]
    public void Values_of_any_size_are_survived()
    {
        using Study study = InMemory();
        study.Optimize(trial => (trial.Float("x", -1, 1) + trial.Integer("n", 0, 3)) * (trial.Number % 2 == 0 ? 1e300 : 1e-300), Trials);
        Assert.All(study.Trials, trial => Assert.Equal(TrialState.Complete, trial.State));
    }

    [Fact]
    public void Enqueued_trials_run_first_with_their_values()
    {
        using Study study = InMemory();
        study.Enqueue(new Dictionary<string, string> { ["lr"] = "0.01", ["kind"] = "c", ["one"] = "5" });
        study.Optimize(Everything, Trials / 2);
        study.Enqueue(new Dictionary<string, string> { ["units"] = "77" });
        study.Optimize(Everything, 1);
        Assert.Equal(("0.01", "c"), (study.Trials[0].Parameters["lr"].Text, study.Trials[0].Parameters["kind"].Text));
        Assert.Equal("77", study.Trials[Trials / 2].Parameters["units"].Text);
    }

    [Fact]
    public void Fixed_parameters_hold_in_all_trials()
    {
        var sampler = new FixedSampler(Create(), new Dictionary<string, string> { ["x"] = "1.5", ["kind"] = "b" });
        using Study study = Study.InMemory(seed: 1, options: new StudyOptions { Sampler = sampler });
        study.Optimize(Everything, Trials);
        Assert.All(study.Trials, trial => Assert.Equal(("1.5", "b"), (trial.Parameters["x"].Text, trial.Parameters["kind"].Text)));
        Assert.True(study.Trials.Select(trial => trial.Parameters["lr"].Value).Distinct().Count() > Trials / 4);
    }

    [Fact]
    public void Workers_may_run_in_parallel()
    {
        using Study study = InMemory();
        study.Optimize(trial =>
        {
            Thread.Yield();
            return Everything(trial);
        }, Trials, workers: 4);
        Assert.Equal(Enumerable.Range(0, Trials), study.Trials.Select(trial => trial.Number));
        Assert.All(study.Trials, trial => Assert.Equal((TrialState.Complete, null), (trial.State, trial.Error)));
    }

    [Fact]
    public void Several_studies_objects_may_share_one_study()
    {
        var storage = new MemoryStorage();
        using Study first = Study.Create(storage, "s", [Direction.Minimize], 1, new StudyOptions { Sampler = Create() });
        using Study second = Study.Open(storage, "s", new StudyOptions { Sampler = Create() });
        for (int i = 0; i < Trials / 2; i++)
        {
            Trial a = first.Ask(), b = second.Ask();
            second.Tell(b, Everything(b));
            first.Tell(a, Everything(a));
        }

        Assert.Equal(Trials / 2 * 2, first.Trials.Count(trial => trial.State == TrialState.Complete));
    }

    [Fact]
    public void Maximising_is_minimising_the_opposite()
    {
        static double Objective(Trial trial) => Math.Pow(trial.Float("x", -1, 1) - 0.25, 2) + trial.Integer("n", 0, 3);
        using Study down = InMemory(2);
        down.Optimize(Objective, Trials);
        using Study up = Study.InMemory(Direction.Maximize, 2, new StudyOptions { Sampler = Create() });
        up.Optimize(trial => -Objective(trial), Trials);
        Assert.Equal(down.Trials.Select(trial => trial.Parameters["x"].Value), up.Trials.Select(trial => trial.Parameters["x"].Value));
        Assert.Equal(-down.Best!.Values[0], up.Best!.Values[0]);
    }
}
