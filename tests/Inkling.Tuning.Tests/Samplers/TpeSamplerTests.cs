namespace Inkling.Tuning.Tests;

public sealed class TpeSamplerTests : SamplerContract
{
    protected override ISampler Create() => new TpeSampler(startupTrials: 5);

    protected override int Trials => 30;

    [Fact]
    public void It_finds_a_bowl_better_than_chance()
    {
        double Reach(ISampler sampler, ulong seed)
        {
            using Study study = Study.InMemory(seed: seed, options: new StudyOptions { Sampler = sampler });
            study.Optimize(trial => Math.Pow(trial.Float("x", -5, 5) - 2, 2) + Math.Pow(trial.Float("y", -5, 5) + 1, 2) + (trial.Categorical("c", "a", "b", "d") == "d" ? 0 : 3), 60);
            return study.Best!.Values[0];
        }

        double tpe = Enumerable.Range(0, 7).Select(seed => Reach(new TpeSampler(), (ulong)seed)).Order().ElementAt(3);
        double random = Enumerable.Range(0, 7).Select(seed => Reach(new RandomSampler(), (ulong)seed)).Order().ElementAt(3);
        Assert.True(tpe < 0.3 && tpe < random / 3, $"{tpe} against {random}");
    }

    [Fact]
    public void Feasible_trials_draw_the_search()
    {
        using Study study = Study.InMemory(seed: 1, options: new StudyOptions { Sampler = new TpeSampler() });
        study.Optimize(trial =>
        {
            double x = trial.Float("x", 0, 10), y = trial.Float("y", 0, 10);
            trial.Constrain(12 - x - y);
            return x + y;
        }, 80);
        Assert.InRange(study.Best!.Values[0], 12, 12.6);
    }

    [Fact]
    public void Where_trials_fail_is_left_alone()
    {
        // The values fall towards the edge beyond which everything fails.
        using Study study = Study.InMemory(seed: 3, options: new StudyOptions { Sampler = new TpeSampler() });
        study.Optimize(trial =>
        {
            double x = trial.Float("x", 0, 1), y = trial.Float("y", 0, 1);
            return x > 0.5 ? throw new InvalidOperationException("diverged") : 1 - x + 0.1 * y;
        }, 80);
        int late = study.Trials.Skip(40).Count(trial => trial.State == TrialState.Failed);
        Assert.True(late < 20, $"{late} of 40 fail");
        Assert.InRange(study.Best!.Values[0], 0.5, 0.52);
    }

    [Fact]
    public void A_parameter_of_a_branch_is_chosen_for_the_values_the_trial_will_have()
    {
        // "tail" is asked for before "head", which was chosen when the trial began: the best tail is the head itself.
        using Study study = Study.InMemory(seed: 2, options: new StudyOptions { Sampler = new TpeSampler() });
        study.Optimize(trial =>
        {
            double tail = trial.Categorical("with tail", "yes", "no") == "no" ? 0.5 : trial.Float("tail", 0, 1), head = trial.Float("head", 0, 1);
            return Math.Abs(tail - head) + 0.01 * Math.Abs(head - 0.5);
        }, 120);
        double late = study.Trials.Skip(80).Where(trial => trial.Parameters.ContainsKey("tail")).Average(trial => Math.Abs(trial.Parameters["tail"].Value - trial.Parameters["head"].Value));
        Assert.True(late < 0.16, $"{late}");   // 0.11; chosen apart from the head it is 0.21
    }
}
