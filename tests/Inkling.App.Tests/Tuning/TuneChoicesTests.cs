using Inkling.App.Tuning;

namespace Inkling.App.Tests.Tuning;

public sealed class TuneChoicesTests
{
    [Fact]
    public void With_a_pruner_the_default_learns_from_stopped_trials()
    {
        Assert.Equal("gp", TuneChoices.DefaultSampler("none"));
        Assert.All(TuneChoices.Pruners.Skip(1), pruner => Assert.Equal("tpe", TuneChoices.DefaultSampler(pruner)));
        Assert.All(TuneChoices.Pruners, pruner => Assert.Null(TuneChoices.Doubt(TuneChoices.DefaultSampler(pruner), pruner)));
    }

    [Theory]
    [InlineData("gp", "asha", true)]
    [InlineData("cma", "asha", true)]
    [InlineData("nsga2", "hyperband", true)]
    [InlineData("gp", "median", false)]
    [InlineData("gp", "none", false)]
    [InlineData("tpe", "asha", false)]
    [InlineData("random", "hyperband", false)]
    public void A_sampler_that_the_pruner_leaves_nothing_to_learn_from_is_warned_of(string sampler, string pruner, bool warned)
    {
        string? doubt = TuneChoices.Doubt(sampler, pruner);
        Assert.Equal(warned, doubt is not null);
        if (warned) Assert.Contains($"--sampler {sampler} ", doubt, StringComparison.Ordinal);
    }
}
