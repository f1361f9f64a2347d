namespace Inkling.Tuning.Tests;

public sealed class CmaEsSamplerTests : SamplerContract
{
    protected override ISampler Create() => new CmaEsSampler();

    protected override int Trials => 36;

    [Fact]
    public void It_follows_a_turned_valley()
    {
        using Study study = Study.InMemory(seed: 1, options: new StudyOptions { Sampler = new CmaEsSampler() });
        study.Optimize(trial =>
        {
            double x = trial.Float("x", -5, 5), y = trial.Float("y", -5, 5), along = x + y - 1, across = 30 * (x - y - 0.5);
            return along * along + across * across;
        }, 300);
        Assert.True(study.Best!.Values[0] < 1e-3, $"{study.Best.Values[0]}");
    }
}
