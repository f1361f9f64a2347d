using System.Text.Json;

namespace Inkling.App.Tests.Cli;

/// <summary><c>similar</c>, <c>analogy</c>, <c>categories</c> and <c>vectors</c> as processes of their own, with the shipped vectors.</summary>
public sealed class WordsTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("inkling-words-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task Similar_words_come_best_first()
    {
        (string Text, double Score)[] answer = await JsonAsync("similar", "--json", "--top", "7", "Monday");
        Assert.Equal(7, answer.Length);
        Assert.Contains("tuesday", answer.Select(one => one.Text));
        Assert.Equal(answer.OrderByDescending(one => one.Score), answer);
        Outcome odd = await RunAsync("similar", "breakfast", "cereal", "dinner", "keyboard");
        Assert.StartsWith("keyboard", odd.Output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("queen", "king", "-", "man", "+", "woman")]
    [InlineData("queen", "king - man + woman")]
    [InlineData("berlin", "--method", "multiply", "paris", "-", "france", "+", "germany")]
    public async Task An_analogy_has_its_answer(string best, params string[] terms) => Assert.Equal(best, (await JsonAsync(["analogy", "--json", .. terms]))[0].Text);

    [Fact]
    public async Task The_lecture_s_sentence_is_about_flowers_colors_cars_and_weather_more_than_food()
    {
        string picture = Path.Combine(_home, "about.svg");
        string[] arguments = ["Roses are red, trucks are blue, and Seattle is grey right now", "Flowers", "Colors", "Cars", "Weather", "Food"];
        (string Text, double Score)[] answer = await JsonAsync(["categories", "--json", "--svg", picture, .. arguments]);
        Assert.Equal(["Cars", "Colors", "Flowers", "Food", "Weather"], answer.Select(one => one.Text).Order(StringComparer.Ordinal));
        Assert.Equal("Food", answer[^1].Text);
        Assert.Equal(1, answer.Sum(one => one.Score), 1e-3);
        System.Xml.Linq.XDocument svg = System.Xml.Linq.XDocument.Load(picture);
        Assert.Equal(5, svg.Descendants().Count(element => element.Name.LocalName == "path"));
        Outcome bars = await RunAsync(["categories", .. arguments]);
        Assert.Matches("^Flowers +█+", bars.Output);
    }

    [Fact]
    public async Task Vectors_are_learnt_from_text_converted_and_used()
    {
        Random random = new(1);
        string[] sentences = [.. Enumerable.Range(0, 3000).Select(i => string.Join(' ', Enumerable.Range(0, 6).Select(_ => $"{(i % 2 == 0 ? "red" : "blue")}{(char)('a' + random.Next(6))}")))];
        await File.WriteAllLinesAsync(Path.Combine(_home, "text.txt"), sentences);
        Outcome trained = await RunAsync("vectors", "train", "--text", "text.txt", "--out", "own.bin", "--width", "16", "--epochs", "20", "--sample", "0", "--rate", "0.05", "--json");
        Assert.Equal(0, trained.ExitCode);
        Assert.Equal(12, JsonDocument.Parse(trained.Output).RootElement.GetProperty("words").GetInt32());
        Assert.Contains("skipgram: 12 words", trained.Errors, StringComparison.Ordinal);
        Assert.All((await JsonAsync("similar", "--vectors", "own.bin", "--json", "--top", "4", "reda")).Select(one => one.Text), word => Assert.StartsWith("red", word, StringComparison.Ordinal));

        Assert.Equal(0, (await RunAsync("vectors", "convert", "own.bin", "small", "--words", "10")).ExitCode);
        Assert.Equal(5, (await JsonAsync("similar", "--vectors", "small", "--json", "--top", "5", "reda")).Length);
        Assert.Equal(0, (await RunAsync("vectors", "map", "--vectors", "own.bin", "--method", "pca", "--svg", "map.svg", "reda", "bluea")).ExitCode);
        Assert.True(System.Xml.Linq.XDocument.Load(Path.Combine(_home, "map.svg")).Descendants().Count(element => element.Name.LocalName == "circle") == 12);
    }

    [Fact]
    public async Task With_parts_of_words_a_word_that_was_never_seen_has_neighbours()
    {
        Random random = new(2);
        string[] roots = ["walk", "talk", "jump", "climb", "bak"], things = ["stone", "glass", "wood", "iron"];
        await File.WriteAllLinesAsync(Path.Combine(_home, "text.txt"), Enumerable.Range(0, 2000).SelectMany(_ => (string[])
            [$"{roots[random.Next(5)]}ing {roots[random.Next(5)]}ing quickly {roots[random.Next(5)]}ing", $"{things[random.Next(4)]} {things[random.Next(4)]} solid {things[random.Next(4)]}"]));
        string[] training = ["vectors", "train", "--text", "text.txt", "--width", "16", "--epochs", "2", "--sample", "0"];
        Assert.Equal(0, (await RunAsync([.. training, "--method", "subwords", "--out", "own.bin"])).ExitCode);
        Assert.Equal(0, (await RunAsync("vectors", "convert", "own.bin", "folder")).ExitCode);
        foreach (string vectors in (string[])["own.bin", "folder"])
            Assert.EndsWith("ing", (await JsonAsync("similar", "--vectors", vectors, "--json", "hiking"))[0].Text, StringComparison.Ordinal);

        // Vectors of another kind in their place know nothing of them.
        Assert.Equal(0, (await RunAsync([.. training, "--out", "own.bin"])).ExitCode);
        Outcome unknown = await RunAsync("similar", "--vectors", "own.bin", "hiking");
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("'hiking'", unknown.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vectors_are_learnt_from_mail()
    {
        string[] days = ["monday", "tuesday", "wednesday", "thursday", "friday"], things = ["plans", "budgets", "letters", "forms", "reports", "drafts", "tables", "notes"];
        await File.WriteAllLinesAsync(Path.Combine(_home, "mail.jsonl"), Enumerable.Range(0, 40).Select(i => JsonSerializer.Serialize(new
        {
            from = "ann@example.org",
            subject = things[i % 8],
            text = $"We meet on {days[i % 5]} to look at the {things[i % 8]} together, and on {days[(i + 1 + (i / 8)) % 5]} at the {things[(i + 3) % 8]}. Call me at (555) 010-0199 if that is too early.",
        })));
        Outcome outcome = await RunAsync("vectors", "train", "--mail", "mail.jsonl", "--out", "own.vec", "--width", "8", "--epochs", "1");
        Assert.Equal(0, outcome.ExitCode);
        string text = await File.ReadAllTextAsync(Path.Combine(_home, "own.vec"));
        Assert.Contains("\nmonday ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("phone", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "'invoice'", "similar", "inovice")]
    [InlineData(1, "nothing.bin", "similar", "--vectors", "nothing.bin", "king")]
    [InlineData(2, "three and more", "similar", "king", "queen")]
    [InlineData(2, "no + or -", "analogy", "king", "man")]
    [InlineData(2, "last word is missing", "analogy", "king", "-")]
    [InlineData(2, "no word is added", "analogy", "- king - man")]
    [InlineData(2, "two categories", "categories", "text", "Food")]
    [InlineData(1, "there twice", "categories", "text", "Food", "food")]
    [InlineData(1, "no words", "categories", "?!", "Food", "Cars")]
    [InlineData(2, "--top 0", "similar", "--top", "0", "king")]
    [InlineData(2, "--text or --mail", "vectors", "train", "--out", "x.bin")]
    [InlineData(1, "no such file", "vectors", "train", "--text", "absent.txt", "--out", "x.bin")]
    [InlineData(2, "one to write", "vectors", "convert", "x.bin")]
    [InlineData(2, "--svg", "vectors", "map", "king")]
    [InlineData(1, "'qwertzu' is not known", "vectors", "map", "--svg", "x.svg", "qwertzu")]
    public async Task What_cannot_be_is_one_clear_line(int code, string named, params string[] arguments)
    {
        Outcome outcome = await RunAsync(arguments);
        Assert.Equal((code, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(named, outcome.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", outcome.ErrorLine, StringComparison.Ordinal);
    }

    private async Task<(string Text, double Score)[]> JsonAsync(params string[] arguments)
    {
        Outcome outcome = await RunAsync(arguments);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        using JsonDocument answer = JsonDocument.Parse(outcome.Output);
        return [.. answer.RootElement.EnumerateArray().Select(one => (one.GetProperty("text").GetString()!, one.GetProperty("score").GetDouble()))];
    }

    private Task<Outcome> RunAsync(params string[] arguments) => InklingProcess.RunAsync(_home, arguments, null);
}
