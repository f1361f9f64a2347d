using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;

namespace Inkling.Tuning.Tests;

public sealed class ParameterReaderTests
{
    private static readonly Distribution Rate = new FloatDistribution(1e-5, 1, Scale.Log), Layers = new IntegerDistribution(1, 8), Kind = new CategoricalDistribution(["a", "é ]}", "c"]);

    // Conditional spaces, names that JSON escapes, texts that are not ASCII: in any order, one reader.
    private static readonly ImmutableArray<(string Name, Distribution Distribution)[]> Spaces =
    [
        [("rate", Rate)],
        [("rate", Rate), ("layers", Layers)],
        [("layers", Layers), ("rate", Rate)],
        [("rate", Rate), ("kind", Kind)],
        [("say \"1, 2]\"", Rate), ("größe", Layers), ("tab\t", Rate)],
        [],
    ];

    private static readonly Gen<ImmutableSortedDictionary<string, ParameterValue>> One = Gen.Select(Gen.Int[0, Spaces.Length - 1], Gen.Double[0, 1].Array[3],
        (space, units) => Spaces[space].Select((part, i) => KeyValuePair.Create(part.Name, new ParameterValue(part.Distribution, part.Distribution.FromUnit(units[i]))))
            .ToImmutableSortedDictionary(StringComparer.Ordinal));

    [Fact]
    public void One_reader_reads_what_was_written_whatever_came_before()
        => One.Array[1, 12].Sample(trials =>
        {
            var reader = new ParameterReader();
            foreach (ImmutableSortedDictionary<string, ParameterValue> trial in trials)
                Assert.Equal(trial, reader.Read(RecordText.Parameters(trial)));
        }, iter: 2000);

    [Fact]
    public void Spaces_of_another_writer_do_not_matter()
    {
        var reader = new ParameterReader();
        foreach (double layers in (double[])[3, 5, 8])
        {
            string text = FormattableString.Invariant($$"""{"layers": [{"type": "int", "low": 1, "high": 8}, {{layers}} ] , "rate": [{"log": true, "low": 1e-05, "type": "float", "high": 1.0}, 1e-2]}""");
            ImmutableSortedDictionary<string, ParameterValue> read = reader.Read(text);
            Assert.Equal([("layers", new ParameterValue(Layers, layers)), ("rate", new ParameterValue(Rate, 0.01))], read.Select(pair => (pair.Key, pair.Value)));
        }
    }

    [Theory]
    [InlineData("""{"n":[{"type":"int","low":1,"high":8},NaN]}""")]
    [InlineData("""{"n":[{"type":"int","low":1,"high":8},Infinity]}""")]
    [InlineData("""{"n":[{"type":"int","low":1,"high":8},]}""")]
    [InlineData("""{"n":[{"type":"int","low":1,"high":8},two]}""")]
    [InlineData("""{"n":[{"type":"int","low":1,"high":8},2""")]
    public void What_is_damaged_is_refused_also_after_one_like_it(string damaged)
    {
        var reader = new ParameterReader();
        Assert.Equal(2, reader.Read("""{"n":[{"type":"int","low":1,"high":8},2]}""")["n"].Value);
        Assert.ThrowsAny<JsonException>(() => reader.Read(damaged));
        Assert.Equal(3, reader.Read("""{"n":[{"type":"int","low":1,"high":8},3]}""")["n"].Value);
    }

    [Fact]
    public void A_place_without_a_choice_is_refused_also_after_one_like_it()
    {
        var reader = new ParameterReader();
        reader.Read("""{"k":[{"type":"categorical","choices":["a","b"]},1]}""");
        Assert.Contains("\"k\" has 2 choices and the value 2", Assert.Throws<FormatException>(() => reader.Read("""{"k":[{"type":"categorical","choices":["a","b"]},2]}""")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_there_twice_counts_once()
    {
        var reader = new ParameterReader();
        for (int i = 0; i < 3; i++)
            Assert.Equal(2, Assert.Single(reader.Read("""{"n":[{"type":"int","low":1,"high":8},1],"n":[{"type":"int","low":1,"high":8},2]}""")).Value.Value);
    }
}
