namespace Inkling.Tuning.Tests;

public sealed class GridSamplerTests : SamplerContract
{
    protected override ISampler Create() => new GridSampler(new Dictionary<string, Distribution>
    {
        ["lr"] = new FloatDistribution(1e-5, 0.1, Scale.Log),
        ["x"] = new FloatDistribution(0, 1),
        ["half"] = new FloatDistribution(-1, 1, step: 0.5),
        ["kind"] = new CategoricalDistribution(["a", "b", "c"]),
    }, 40);

    private static Study Small(int failing = -1)
    {
        var sampler = new GridSampler(new Dictionary<string, IReadOnlyList<string>> { ["n"] = ["1", "3", "9"], ["c"] = ["x", "y"] });
        Study study = Study.InMemory(seed: 1, options: new StudyOptions { Sampler = sampler });
        Assert.Equal(StopReason.Exhausted, study.Optimize(trial =>
        {
            int n = trial.Integer("n", 1, 9);
            return trial.Categorical("c", "x", "y", "z") == "x" && trial.Number != failing ? n : double.NaN;
        }, new Budget()));
        return study;
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Every_combination_is_tried_once_and_then_it_ends(int failing)
    {
        using Study study = Small(failing);
        Assert.Equal(["1x", "1y", "3x", "3y", "9x", "9y"], study.Trials.Select(trial => trial.Parameters["n"].Text + trial.Parameters["c"].Text).Order());
        Assert.Throws<InvalidOperationException>(() => study.Ask());
    }

    [Fact]
    public void A_grid_of_a_thousand_million_is_begun_at_once()
    {
        Dictionary<string, Distribution> space = Enumerable.Range(0, 13).ToDictionary(i => $"x{i}", Distribution (_) => new FloatDistribution(0, 1));
        using Study study = Study.InMemory(seed: 1, options: new StudyOptions { Sampler = new GridSampler(space) });
        study.Optimize(trial => space.Sum(one => trial.Suggest(one.Key, one.Value)), 200);
        Assert.Equal(200, study.Trials.Select(trial => trial.Attributes["sampler:grid"]).Distinct().Count());
    }

    [Fact]
    public void A_range_is_spread_from_end_to_end()
    {
        var sampler = new GridSampler(new Dictionary<string, Distribution> { ["lr"] = new FloatDistribution(0.01, 1, Scale.Log), ["n"] = new IntegerDistribution(1, 3) }, 3);
        using Study study = Study.InMemory(options: new StudyOptions { Sampler = sampler });
        study.Optimize(trial => trial.Float("lr", 0.01, 1, Scale.Log) * trial.Integer("n", 1, 3), new Budget());
        Assert.Equal(9, study.Trials.Count);
        Assert.Equal([0.01, 0.1, 1], study.Trials.Select(trial => Math.Round(trial.Parameters["lr"].Value, 12)).Distinct().Order());
    }

    [Fact]
    public void A_value_that_the_objective_does_not_allow_is_a_clear_error()
    {
        using Study study = Study.InMemory(options: new StudyOptions { Sampler = new GridSampler(new Dictionary<string, IReadOnlyList<string>> { ["n"] = ["12"] }) });
        SearchSpaceException wrong = Assert.Throws<SearchSpaceException>(() => study.Optimize(trial => trial.Integer("n", 1, 9), 1));
        Assert.Contains("12 is none of the whole numbers from 1 to 9", wrong.Message, StringComparison.Ordinal);
        Assert.Throws<SearchSpaceException>(() => new GridSampler(new Dictionary<string, IReadOnlyList<string>> { ["n"] = [] }));
        Assert.Throws<SearchSpaceException>(() => new GridSampler(new Dictionary<string, Distribution>()));
    }
}
