using Inkling.App.Running;
using Inkling.App.Tuning;

namespace Inkling.App.Tests.Tuning;

public sealed class SearchSpaceTests
{
    [Theory]
    [InlineData("""{"lr": {"type": "float", "low": 0, "high": 1}, "mode": {"type": "categorical", "choices": ["a", "\ud800"]}}""", "\"mode\"")]
    [InlineData("""{"mode": {"type": "\udc00"}}""", "\"mode\"")]
    [InlineData("""{"mode": {"type": "float", "low": 0, "high": 1, "\ud800": 1}}""", "a name in it")]
    [InlineData("""{"\ud800": {"type": "float", "low": 0, "high": 1}}""", "a name in it")]
    public void Half_of_a_surrogate_pair_is_told_with_its_parameter(string json, string named)
    {
        FailureException wrong = Assert.Throws<FailureException>(() => SearchSpace.Parse(json, "--space space.json"));
        Assert.StartsWith("--space space.json: ", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(named, wrong.Message, StringComparison.Ordinal);
        Assert.Contains("surrogate", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Choices_reach_a_command_as_they_are_spelt_in_JSON()
    {
        SearchSpace space = SearchSpace.Parse("""{"on": {"type": "categorical", "choices": [true, false, 1e-3, "True"]}}""", "");
        Assert.Equal(["true", "false", "1e-3", "True"], Enumerable.Range(0, 4).Select(place => space.Parameters[0].Values.Text(place)));
    }
}
