namespace Inkling.Tuning.Tests;

public sealed class GaussianProcessSamplerTests : SamplerContract
{
    protected override ISampler Create() => new GaussianProcessSampler(startupTrials: 5);

    protected override int Trials => 18;

    [Fact]
    public void It_finds_the_bottom_of_a_valley_to_four_digits()
    {
        using Study study = Study.InMemory(seed: 1, options: new StudyOptions { Sampler = new GaussianProcessSampler() });
        study.Optimize(trial => Math.Pow(trial.Float("x", -5, 5) - 2, 2) + Math.Cos(trial.Float("y", 0, 4)) + 1, 30);
        Assert.InRange(study.Best!.Values[0], 0, 1e-3);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void It_keeps_constraints()
    {
        using Study study = Study.InMemory(seed: 2, options: new StudyOptions { Sampler = new GaussianProcessSampler() });
        study.Optimize(trial =>
        {
            double x = trial.Float("x", 0, 10), y = trial.Float("y", 0, 10);
            trial.Constrain(12 - x - y);
            return x + 2 * y;
        }, 30);
        Assert.InRange(study.Best!.Values[0], 14, 14.2);   // at x = 10, y = 2
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void It_learns_inside_a_branch()
    {
        using Study study = Study.InMemory(seed: 3, options: new StudyOptions { Sampler = new GaussianProcessSampler() });
        study.Optimize(trial => trial.Categorical("model", "a", "b") == "a" ? 2 + trial.Float("p", 0, 1) : Math.Pow(trial.Float("q", -5, 5) - 3, 2) + Math.Pow(trial.Float("r", -5, 5) + 3, 2), 50);
        Assert.True(study.Best!.Values[0] < 1, $"{study.Best.Values[0]}");
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Several_objectives_are_searched_along_their_front()
    {
        using Study study = Study.Create(new MemoryStorage(), "s", [Direction.Minimize, Direction.Minimize], 1, new StudyOptions { Sampler = new GaussianProcessSampler() });
        study.Optimize(trial =>
        {
            double x = trial.Float("x", 0, 1), off = trial.Float("y", 0, 1) - 0.3;
            return new[] { x + 5 * off * off, 1 - x + 5 * off * off };
        }, 30);
        Assert.True(Hypervolume.Of(study.Front.Select(trial => trial.Values), [1.1, 1.1], study.Directions) > 0.6);   // at most 0.71
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(1e300)]
    public void One_trial_that_ran_away_does_not_blind_it(double wreck)
    {
        using Study study = Study.InMemory(seed: 5, options: new StudyOptions { Sampler = new GaussianProcessSampler() });
        study.Optimize(trial => trial.Number == 3 ? wreck : Math.Pow(trial.Float("x", -5, 5) - 2, 2) + Math.Cos(trial.Float("y", 0, 4)) + 1, 30);
        Assert.InRange(study.Best!.Values[0], 0, 1e-2);
    }

    [Fact]
    public void A_constraint_that_is_violated_without_limit_is_violated()
    {
        using Study study = Study.InMemory(seed: 2, options: new StudyOptions { Sampler = new GaussianProcessSampler() });
        study.Optimize(trial =>
        {
            double x = trial.Float("x", 0, 1);
            trial.Constrain(x < 0.5 ? double.PositiveInfinity : -1);
            return x;
        }, 40);
        Assert.InRange(study.Best!.Values[0], 0.5, 0.51);
        Assert.Equal([3, -2, 3, -3], ObservedTrials.FiniteViolations([3, -2, double.PositiveInfinity, double.NegativeInfinity]));
        Assert.Equal([1, -1, 0], ObservedTrials.FiniteViolations([double.PositiveInfinity, double.NegativeInfinity, 0]));
    }

    [Fact]
    public void A_range_as_wide_as_numbers_go_is_searched()
    {
        using Study study = Study.InMemory(seed: 6, options: new StudyOptions { Sampler = new GaussianProcessSampler() });
        study.Optimize(trial => Math.Abs(Math.Log10(trial.Float("x", 1e-300, 1e300, Scale.Log)) - 7), 20);
        Assert.InRange(study.Best!.Values[0], 0, 10);
    }

    [Fact]
    public void The_best_at_the_ends_of_all_ranges_is_found()
    {
        using Study study = Study.InMemory(seed: 4, options: new StudyOptions { Sampler = new GaussianProcessSampler() });
        study.Optimize(trial => Math.Log(trial.Float("a", 1, 100, Scale.Log)) + trial.Float("b", -1, 1) - trial.Integer("c", 1, 9), 25);
        Assert.InRange(study.Best!.Values[0], -10, -10 + 1e-3);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_second_best_hollow_is_left_once_its_bottom_is_known()
    {
        // A wide hollow, 0.8 deep, and a narrow one, 1 deep, that the first trials mostly miss.
        static double Hollows(Trial trial)
        {
            double x = trial.Float("x", 0, 1), y = trial.Float("y", 0, 1);
            return -0.8 * Math.Exp(-8 * (Math.Pow(x - 0.75, 2) + Math.Pow(y - 0.7, 2))) - Math.Exp(-80 * (Math.Pow(x - 0.15, 2) + Math.Pow(y - 0.2, 2)));
        }

        for (ulong seed = 1; seed <= 4; seed++)
        {
            using Study study = Study.InMemory(seed: seed, options: new StudyOptions { Sampler = new GaussianProcessSampler() });
            study.Optimize(Hollows, 60);
            Assert.True(study.Best!.Values[0] < -0.98, $"{seed}: {study.Best.Values[0]}");
        }
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Trials_take_turns_between_an_exhausted_hollow_and_the_rest_alike_for_the_same_seed()
    {
        static (double X, double Y)[] Places()
        {
            using Study study = Study.InMemory(seed: 7, options: new StudyOptions { Sampler = new GaussianProcessSampler() });
            study.Optimize(trial => -Math.Exp(-30 * (Math.Pow(trial.Float("x", 0, 1) - 0.3, 2) + Math.Pow(trial.Float("y", 0, 1) - 0.4, 2))), 50);
            return [.. study.Trials.Select(trial => (trial.Parameters["x"].Value, trial.Parameters["y"].Value))];
        }

        (double X, double Y)[] places = Places();
        bool[] near = [.. places.Select(place => Math.Abs(place.X - 0.3) < 0.1 && Math.Abs(place.Y - 0.4) < 0.1)];
        Assert.All(Enumerable.Range(15, 10), i => Assert.True(near[2 * i], $"{2 * i}: {places[2 * i]}"));
        Assert.True(Enumerable.Range(15, 10).Count(i => !near[2 * i + 1]) >= 8, string.Join(' ', places.Skip(30)));
        Assert.Equal(places, Places());
    }
}
