using System.Text.Json;

namespace Inkling.App.Tests.Cli;

/// <summary><c>inkling tone</c> as a process of its own, with the shipped model.</summary>
public sealed class ToneTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("inkling-tone-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [InlineData("I love this car", "positive")]
    [InlineData("I am not sure I love this car.", "negative")]
    [InlineData("I don't think its a bad car at all", "positive")]
    public async Task Json_has_a_label_and_a_confidence(string text, string label)
    {
        Outcome outcome = await RunAsync(["tone", "--json", text]);

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        Assert.Matches("^\\{\"label\": \"(positive|negative)\", \"confidence\": 0\\.\\d{2,4}\\}\n$", outcome.Output);
        using JsonDocument answer = JsonDocument.Parse(outcome.Output);
        Assert.Equal(label, answer.RootElement.GetProperty("label").GetString());
        Assert.InRange(answer.RootElement.GetProperty("confidence").GetDouble(), 0.5, 1);
    }

    [Fact]
    public async Task In_words_it_says_what_the_text_would_be_without_the_words_that_matter_most()
    {
        Outcome outcome = await RunAsync(["tone", "I don't think its a bad car at all."]);

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        Assert.StartsWith("positive 0.", outcome.Output, StringComparison.Ordinal);
        Assert.Matches("\n  without \"don't\" *negative 0\\.", outcome.Output);
        Assert.InRange(outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 2, 4);
    }

    [Theory]
    [InlineData("A wonderful evening", "A wonderful evening\n", 1)]
    [InlineData("A wonderful evening", "\uFEFFA wonderful\0 evening!!\r\n", 1)]
    [InlineData("A wonderful evening", "A wonderful evening.\n", 4_000)]
    public async Task Standard_input_is_one_text_of_many_lines(string text, string input, int times)
    {
        Outcome given = await RunAsync(["tone", "--json", text]), read = await RunAsync(["tone", "--json", "-"], string.Concat(Enumerable.Repeat(input, times)));

        Assert.Equal(0, read.ExitCode);
        if (times == 1) Assert.Equal(given.Output, read.Output);
        else Assert.Contains("positive", read.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no words")]
    [InlineData(" \n ", "no words")]
    [InlineData("?!…", "no words")]
    [InlineData("прекрасно", "English")]
    [InlineData("完全に素晴らしい 映画", "English")]
    public async Task A_text_that_says_nothing_is_one_clear_line(string text, string named)
    {
        Outcome outcome = await RunAsync(["tone", text]);

        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(named, outcome.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_book_is_refused_with_the_bound()
    {
        Outcome outcome = await RunAsync(["tone", "-"], string.Concat(Enumerable.Repeat("A wonderful evening.\n", 20_000)));

        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("419,999 characters; tone reads up to 100,000", outcome.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("good")]
    [InlineData("🎉 great 🎉")]
    [InlineData("-- 5 % off, and still ☹")]
    public async Task Odd_texts_have_an_answer(string text)
    {
        Outcome outcome = await RunAsync(["tone", "--", text]);

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        Assert.Matches("^(positive|negative) 0\\.", outcome.Output);
    }

    [Fact]
    public async Task A_folder_that_is_no_classifier_is_told()
    {
        await File.WriteAllTextAsync(Path.Combine(_home, "config.json"), "{\"format\": \"inkling-mail\"}");
        Outcome outcome = await RunAsync(["tone", "--model", _home, "good"]);

        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("text classifier", outcome.ErrorLine, StringComparison.Ordinal);
    }

    private Task<Outcome> RunAsync(string[] arguments, string? input = null) => InklingProcess.RunAsync(_home, arguments, input);
}
