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
}
