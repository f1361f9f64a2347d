using CsCheck;

namespace Inkling.Tuning.Tests;

public sealed class DistributionTests
{
    public static TheoryData<Distribution> All => new((Distribution[])[
        new FloatDistribution(-2, 3), new FloatDistribution(1e-8, 1e3, Scale.Log), new FloatDistribution(0.1, 0.75, step: 0.1), new FloatDistribution(4, 4),
        new IntegerDistribution(-3, 12), new IntegerDistribution(1, 1000, Scale.Log), new IntegerDistribution(0, 11, step: 4), new IntegerDistribution(5, 5),
        new CategoricalDistribution(["a", "b", "c"]), new CategoricalDistribution(["only"]), new FloatDistribution(-1e300, 0.7e308),
        new FloatDistribution(1e6, 1e6 + 1, step: 0.001), new FloatDistribution(0, 1e4, step: 1e-4), new FloatDistribution(0, 1, step: 1e-9), new FloatDistribution(-1e6, 1e6, step: 1e-3)]);

    [Theory]
    [MemberData(nameof(All))]
    public void Every_place_is_a_value_and_every_value_keeps_its_place(Distribution distribution)
        => Gen.Double[-0.1, 1.1].Sample(unit =>
        {
            double value = distribution.FromUnit(unit), again = distribution.FromUnit(distribution.ToUnit(value));
            bool same = double.IsInfinity(distribution.Count) ? Math.Abs(again - value) <= 1e-12 * Math.Abs(value) + 1e-14 : again == value;
            return same && distribution.Contains(value) && distribution.Parse(distribution.Text(value)) == value && distribution.ToUnit(value) is >= 0 and <= 1;
        }, iter: 2000);

    [Theory]
    [MemberData(nameof(All))]
    public void Json_reads_back_what_was_written(Distribution distribution) => Assert.Equal(distribution, Distribution.FromJson(distribution.ToJson()));

    [Fact]
    public void Stepped_values_share_the_unit_interval_equally()
    {
        var distribution = new IntegerDistribution(10, 31, step: 7);
        Assert.Equal((31, 4.0), (distribution.High, distribution.Count));
        Assert.Equal([10, 10, 17, 17, 24, 24, 31, 31], Enumerable.Range(0, 8).Select(i => distribution.FromUnit((i + 0.5) / 8)));
        Assert.Equal(0.7, new FloatDistribution(0.1, 0.75, step: 0.1).High, 12);
    }

    [Fact]
    public void Logarithmic_whole_numbers_have_cells_of_equal_ratio()
    {
        var distribution = new IntegerDistribution(1, 100, Scale.Log);
        Assert.Equal([1.0, 100], [distribution.FromUnit(0), distribution.FromUnit(1)]);
        Assert.Equal(1, distribution.FromUnit(Math.Log(1.49 / 0.5) / Math.Log(100.5 / 0.5)));
        Assert.Equal(2, distribution.FromUnit(Math.Log(1.51 / 0.5) / Math.Log(100.5 / 0.5)));
    }

    [Fact]
    public void Ends_whose_logarithms_are_one_have_a_place()
    {
        var distribution = new FloatDistribution(1e6, Math.BitIncrement(1e6), Scale.Log);
        Assert.Equal(0.5, distribution.ToUnit(1e6));
        Assert.True(distribution.Contains(distribution.FromUnit(0.3)));
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { """{"type": "float", "low": 2, "high": 1}""", "float from 2 to 1 is empty" },
        { """{"type": "float", "low": 0, "high": 1, "log": true}""", "has no logarithm" },
        { """{"type": "float", "low": -1, "high": 1, "log": true}""", "has no logarithm" },
        { """{"type": "float", "low": 1, "high": 2, "log": true, "step": 1}""", "both a step and Scale.Log" },
        { """{"type": "float", "low": 1, "high": 2, "step": 0}""", "a step is above 0" },
        { """{"type": "float", "low": -1.7e308, "high": 1.7e308}""", "is not finite" },
        { """{"type": "float", "low": 1e9, "high": 2e9, "step": 1e-7}""", "do not lie so close" },
        { """{"type": "int", "low": 2, "high": 1}""", "integer from 2 to 1 is empty" },
        { """{"type": "int", "low": 0, "high": 1, "log": true}""", "has no logarithm" },
        { """{"type": "int", "low": 0, "high": 1, "step": 0}""", "a step is at least 1" },
        { """{"type": "int", "low": 0.5, "high": 1}""", "\"low\" is not a whole number" },
        { """{"type": "int", "low": 0, "high": 100000000000000000}""", "beyond" },
        { """{"type": "categorical", "choices": []}""", "there is none" },
        { """{"type": "categorical", "choices": ["a", "b", "a"]}""", "\"a\" is there 2 times" },
        { """{"type": "categorical", "choices": [["a"]]}""", "a choice is a text" },
        { """{"type": "categorical", "choices": ["\ud800"]}""", "half of a surrogate pair" },
        { """{"type": "categorical", "choices": ["true", true]}""", "\"true\" is there 2 times" },
        { """{"type": "categorical"}""", "not a list" },
        { """{"type": "float", "low": 0}""", "\"high\" is not a number" },
        { """{"type": "float", "low": 0, "high": 1, "lgo": true}""", "\"lgo\" means nothing" },
        { """{"type": "colour"}""", "unknown type" },
        { """{"low": 0}""", "\"type\" is missing" },
        { "[1]", "not an object" },
        { "{", "not JSON" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_range_that_makes_no_sense_is_an_error_that_says_so(string json, string says)
        => Assert.Contains(says, Assert.Throws<SearchSpaceException>(() => Distribution.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Numbers_that_are_not_are_refused()
    {
        Assert.Throws<SearchSpaceException>(() => new FloatDistribution(double.NaN, 1));
        Assert.Throws<SearchSpaceException>(() => new FloatDistribution(0, double.PositiveInfinity));
        Assert.Throws<SearchSpaceException>(() => new FloatDistribution(0, 1, step: double.NaN));
        Assert.False(new FloatDistribution(0, 1).Contains(double.NaN));
        Assert.Throws<SearchSpaceException>(() => new FloatDistribution(0, 1).Parse("2"));
        Assert.Throws<SearchSpaceException>(() => new CategoricalDistribution(["a"]).Parse("b"));
    }
}
