using Inkling.App.Tuning;
using Inkling.Tuning;

namespace Inkling.App.Tests.Tuning;

public sealed class OutputNumbersTests
{
    [Theory]
    [InlineData("accuracy 0.93", 0.93)]
    [InlineData("loss=-1.5e-3.", -1.5e-3)]
    [InlineData("10 of 10: .5 in layer2", .5)]
    [InlineData("0.25 % of v1.2.3", 0.25)]
    [InlineData("0.25 with torch 1.2.3, see 127.0.0.1", 0.25)]
    [InlineData("took 3s, loss: 7", 7)]
    [InlineData("loss inf", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("1 NaN", double.NaN)]
    [InlineData("loss −5", -5)]
    [InlineData("loss 2e−3", 2e-3)]
    [InlineData("[1.e-05]", 1e-5)]
    [InlineData("[1. 2.]", 2)]
    [InlineData("testing...93", 93)]
    [InlineData("0.1->0.2", 0.2)]
    [InlineData("\e[32m0.93\e[0m", 0.93)]
    public void The_last_number_of_a_line_is_found(string line, double value) => Assert.Equal(value, OutputNumbers.Find(line).Last().Value);

    [Theory]
    [InlineData("2.75s", 2.75)]
    [InlineData("12ms", 12)]
    [InlineData("12µs", 12)]
    [InlineData("10GB", 10)]
    [InlineData("95.5%", 95.5)]
    [InlineData("95.5percent", 95.5)]
    [InlineData("1.5e-3s", 1.5e-3)]
    [InlineData("35.2it/s", 35.2)]
    [InlineData("loss=0.123abc", 0.123)]
    [InlineData("-12dB.", -12)]
    public void A_unit_leaves_its_number_whole(string line, double value) => Assert.Equal([value], OutputNumbers.Find(line).Select(one => one.Value));

    [Theory]
    [InlineData("v2")]
    [InlineData("abc12")]
    [InlineData("0x1F")]
    [InlineData("a1b2")]
    [InlineData("1a2b")]
    [InlineData("12_x")]
    [InlineData("2m30s")]
    [InlineData("c++17 resnet-50 10-fold 3rd")]
    [InlineData("2026-11-26 20261126_101112")]
    [InlineData("550e8400-e29b-41d4-a716-446655440000")]
    [InlineData("model-0.93.pt 3.x information nans")]
    public void Digits_within_a_word_are_no_number(string line) => Assert.Empty(OutputNumbers.Find(line));

    [Theory]
    [InlineData("1,234.5")]
    [InlineData("-1,234")]
    [InlineData("12,34,567.8")]
    [InlineData("0,93")]
    [InlineData("1,5e-3")]
    [InlineData("2,75s")]
    [InlineData("1.234,5")]
    [InlineData("1.234.567")]
    [InlineData("1'234.5")]
    [InlineData("1_234")]
    [InlineData("1\u202F234.5")]
    public void What_may_be_one_number_or_two_fails_the_trial(string text)
    {
        (string Text, double? Value)[] found = [.. OutputNumbers.Find($"loss: {text}")];
        Assert.Equal([(text, null)], found);
        TrialFailedException wrong = Assert.Throws<TrialFailedException>(() => CommandObjective.Values(found, 1));
        Assert.Contains($"\"{text}\"", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.1,0.2", 0.1, 0.2)]
    [InlineData("12,0.5", 12, 0.5)]
    [InlineData("1, 2", 1, 2)]
    [InlineData("-0.25,3", -0.25, 3)]
    [InlineData("{\"loss\":1,\"size\":2}", 1, 2)]
    [InlineData("step,3,loss,234.5", 3, 234.5)]
    public void A_comma_parts_numbers_where_it_can_mean_nothing_else(string line, double first, double second)
        => Assert.Equal([first, second], CommandObjective.Values([.. OutputNumbers.Find(line)], 2));

    [Fact]
    public void Too_few_numbers_fail_the_trial()
        => Assert.Contains("1 numbers for 2", Assert.Throws<TrialFailedException>(() => CommandObjective.Values([.. OutputNumbers.Find("7")], 2)).Message, StringComparison.Ordinal);
}
