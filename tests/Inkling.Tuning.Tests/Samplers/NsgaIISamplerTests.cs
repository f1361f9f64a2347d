namespace Inkling.Tuning.Tests;

public sealed class NsgaIISamplerTests : SamplerContract
{
    protected override ISampler Create() => new NsgaIISampler(population: 8);

    protected override int Trials => 40;

    [Fact]
    public void It_spreads_over_the_front()
    {
        using Study study = Study.Create(new MemoryStorage(), "s", [Direction.Minimize, Direction.Minimize], 1, new StudyOptions { Sampler = new NsgaIISampler(20) });
        study.Optimize(trial =>
        {
            double[] x = [.. Enumerable.Range(0, 5).Select(i => trial.Float($"x{i}", 0, 1))];
            double g = 1 + 9 * x.Skip(1).Average();
            return new[] { x[0], g * (1 - Math.Sqrt(x[0] / g)) };
        }, 800);
        Assert.True(Hypervolume.Of(study.Front.Select(trial => trial.Values), [1, 4], study.Directions) > 3.2);   // ZDT1: at most 3.67
        Assert.True(study.Front.Count > 10);
    }

    [Fact]
    public void Constraints_come_before_objectives()
    {
        using Study study = Study.Create(new MemoryStorage(), "s", [Direction.Minimize, Direction.Minimize], 1, new StudyOptions { Sampler = new NsgaIISampler(20) });
        study.Optimize(trial =>
        {
            double x = trial.Float("x", 0, 5), y = trial.Float("y", 0, 5);
            trial.Constrain(4 - x - y);
            return new[] { x, y };
        }, 400);
        int late = study.Trials.Skip(300).Count(trial => trial.IsFeasible);
        Assert.True(late > 40, $"{late}");
        Assert.All(study.Front, trial => Assert.True(trial.Values.Sum() >= 4));
        Assert.True(study.Front.Min(trial => trial.Values.Sum()) < 4.2);
    }
}
