namespace Inkling.Tuning.Tests;

public sealed class RandomSamplerTests : SamplerContract
{
    protected override ISampler Create() => new RandomSampler();

    [Fact]
    public void Values_are_uniform_on_their_scale()
    {
        using Study study = Study.InMemory(seed: 1, options: new StudyOptions { Sampler = new RandomSampler() });
        study.Optimize(trial => trial.Float("lr", 1e-4, 1, Scale.Log) + trial.Integer("n", 1, 4), 4000);
        int[] decades = new int[4], values = new int[5];
        foreach (TrialRecord trial in study.Trials)
        {
            decades[(int)Math.Floor(Math.Log10(trial.Parameters["lr"].Value) + 4)]++;
            values[(int)trial.Parameters["n"].Value]++;
        }

        Assert.All(decades.Concat(values.Skip(1)), count => Assert.InRange(count, 850, 1150));   // five deviations
    }
}
