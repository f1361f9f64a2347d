using CsCheck;
using Inkling.Language;

namespace Inkling.Playground.Tests;

/// <summary>The setup of letters in the address.</summary>
public sealed class LettersAddressTests
{
    private static readonly Gen<LettersSetup> s_any =
        from kinds in Gen.Select(Gen.Enum<RecurrentCellKind>(), Setups.Of<string>(["story", "lists", "own"]))
        from sizes in Gen.Select(Gen.Int[4, 128], Gen.Int[1, 2], Gen.Int[4, 128], Gen.Int[0, 999_999_999])
        from rates in Gen.Select(Gen.Double[0.00001, 1], Gen.Double[0, 2])
        from view in Gen.Select(Gen.Int[1, 16], Gen.Int[1, 8192])
        from texts in Gen.Select(Gen.String[Gen.Char['\u0020', '\u00FF'], 0, 160], Gen.String[Gen.Char["ab&=#%+ \n中"], 0, 160])
        select new LettersSetup
        {
            Cell = kinds.Item1, Text = kinds.Item2, Units = sizes.Item1, Layers = sizes.Item2, SequenceLength = sizes.Item3, Seed = sizes.Item4,
            LearningRate = rates.Item1, Temperature = rates.Item2, Layer = view.Item1, Unit = view.Item2, Own = texts.Item1, Reading = texts.Item2,
        };

    [Fact]
    public void Every_setup_comes_back() => s_any.Sample(setup => LettersAddress.Parse(LettersAddress.Format(setup), out IReadOnlyList<string> problems) == setup && problems.Count == 0);

    [Fact]
    public void The_default_is_an_empty_address()
    {
        Assert.Equal("", LettersAddress.Format(new LettersSetup()));
        Assert.Equal(new LettersSetup(), LettersAddress.Parse(null, out _));
    }

    [Fact]
    public void A_long_text_is_not_in_the_address()
    {
        LettersSetup setup = new() { Text = LettersTexts.Own, Own = new string('x', 501), Reading = new string('y', 501) };
        Assert.Equal("text=own", LettersAddress.Format(setup));
    }

    [Fact]
    public void Any_text_gives_a_setup_that_works() => Gen.OneOf(Gen.String, Garbage()).Sample(
        text =>
        {
            LettersSetup setup = LettersAddress.Parse(text, out _);
            if (setup.Text == LettersTexts.Own && setup.Own.Length < 40) setup = setup with { Text = LettersTexts.Story };
            using LettersRun run = new(setup with { Units = Math.Min(setup.Units, 8) });
            Assert.True(run.Train());
            Assert.NotEmpty(run.Read(setup.Reading).Pieces);
        },
        iter: 60);

    [Theory]
    [InlineData("units=9999", "units cannot be '9999'; allowed: 4 to 128")]
    [InlineData("units=-1", "units cannot be '-1'")]
    [InlineData("layers=3", "layers cannot be '3'; allowed: 1 to 2")]
    [InlineData("rate=NaN", "rate cannot be 'NaN'; allowed: 0.00001 to 1")]
    [InlineData("cell=%3Cscript%3E", "cell cannot be '<script>'; allowed: lstm, gru, rnn")]
    [InlineData("text=%00", "text cannot be '\uFFFD'; allowed: story, lists, own")]
    [InlineData("temperature=1e99", "temperature cannot be '1e99'")]
    public void What_cannot_be_is_told(string address, string problem)
    {
        Assert.Equal(new LettersSetup(), LettersAddress.Parse(address, out IReadOnlyList<string> problems));
        Assert.Contains(problem, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_address_is_cut()
    {
        LettersAddress.Parse(new string('a', 100_000), out IReadOnlyList<string> problems);
        Assert.Contains("was left out", Assert.Single(problems), StringComparison.Ordinal);
    }

    private static Gen<string> Garbage() => Gen.Select(Setups.Of(LettersAddress.Names), Gen.OneOf(Gen.String, Setups.Of<string>(["", "-1", "1e999", "NaN", "lstm", "own", "128", "%zz", "\uD800"]))).Array[0, 6]
        .Select(parts => string.Join('&', parts.Select(part => $"{part.Item1}={part.Item2}")));
}
