using Inkling.Numerics;

namespace Inkling.Language.Tests.Classification;

/// <summary>What ships as <c>models/tone</c>: it has learnt what doubt, negation and double negation do.</summary>
public sealed class ToneModelTests
{
    private const int MostBytes = 6_000_000;

    [Theory]
    [InlineData("I love this car", "positive")]
    [InlineData("I am not sure I love this car", "negative")]
    [InlineData("I don't think its a bad car at all", "positive")]
    public void The_three_sentences_with_and_without_a_mark_at_the_end(string sentence, string label)
    {
        using TextClassifier tone = TextClassifier.Load(Folder, Team.Single);
        foreach (string end in (string[])["", ".", "!", "?", " .", "…", "\n"]) Assert.Equal(label, tone.Classify(sentence + end).Label);
    }

    [Fact]
    public void Most_sentences_that_nothing_was_chosen_by_come_out_right()
    {
        using TextClassifier tone = TextClassifier.Load(Folder, Team.Single);
        (string Text, bool Positive)[] wrong = [.. OwnSentences.All.Where(sentence => (tone.Classify(sentence.Text).Label == "positive") != sentence.Positive)];
        Assert.True(wrong.Length <= OwnSentences.MostWrong, $"{wrong.Length} of {OwnSentences.All.Count}: {string.Join(" | ", wrong.Select(sentence => sentence.Text))}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{OwnSentences.All.Count - wrong.Length} of {OwnSentences.All.Count} right; wrong: {string.Join(" | ", wrong.Select(sentence => sentence.Text))}");
    }

    [Fact]
    public void It_says_which_word_turned_a_sentence_round()
    {
        using TextClassifier tone = TextClassifier.Load(Folder, Team.Single);
        Assert.Contains(tone.Explain("I don't think its a bad car at all"), word => word.Word == "don't" && word.Without.Label == "negative");
    }

    [Fact]
    public void It_is_small_and_has_a_card()
    {
        Assert.InRange(Directory.GetFiles(Folder).Sum(file => new FileInfo(file).Length), 100_000, MostBytes);
        Assert.True(File.Exists(Path.Combine(Folder, "MODEL_CARD.md")));
    }

    private static string Folder
    {
        get
        {
            string? root = AppContext.BaseDirectory;
            while (root is not null && !File.Exists(Path.Combine(root, "Inkling.slnx"))) root = Path.GetDirectoryName(root);
            return Path.Combine(root ?? ".", "models", "tone");
        }
    }
}
