using System.Text;

namespace Inkling.Text.Tests.Vocabularies;

public class VocabularyTests
{
    private static readonly string[] s_words = "the cat and the dog and the bird".Split(' ');

    [Fact]
    public void Frequent_words_come_first_and_equals_in_ordinal_order() =>
        Assert.Equal(["<pad>", "<unk>", "the", "and", "bird", "cat", "dog"], Vocabulary.Of(s_words, ["<pad>", "<unk>"], "<unk>").Words);

    [Fact]
    public void Rare_words_are_unknown()
    {
        Vocabulary vocabulary = Vocabulary.Of(s_words, ["<unk>"], "<unk>", atLeast: 2);

        Assert.Equal([1, 0, 2], vocabulary.Encode(["the", "cat", "and"]));
        Assert.Equal(2, Vocabulary.Of(s_words, ["<unk>"], "<unk>", atMost: 2).Count);
        Assert.False(vocabulary.TryFind("cat", out _));
        Assert.Equal("and", vocabulary.WordOf(2));
    }

    [Fact]
    public void A_special_word_that_occurs_keeps_its_place() =>
        Assert.Equal(["cat", "the", "and", "bird", "dog"], Vocabulary.Of(s_words, ["cat"]).Words);

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        using MemoryStream stream = new();
        Vocabulary.Of(["über", "naïve", "", "über"], ["<unk>"], "<unk>").Write(stream);
        stream.Position = 0;

        Vocabulary read = Vocabulary.Read(stream, "<unk>");

        Assert.Equal(["<unk>", "über", "", "naïve"], read.Words);
        Assert.Equal(0, read.IdOf("nowhere"));
    }

    [Theory]
    [InlineData("a\nb\na\n", null, "'a' is there twice")]
    [InlineData("a\nb\n", "<unk>", "'<unk>' is not among")]
    [InlineData("a\n\xFF\n", null, "damaged")]
    public void A_damaged_list_is_refused(string text, string? unknown, string says) =>
        Assert.Contains(says, Assert.Throws<InvalidDataException>(() => Vocabulary.Read(new MemoryStream(Encoding.Latin1.GetBytes(text)), unknown)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("'mouse'", Assert.Throws<ArgumentException>(() => Vocabulary.Of(s_words).Encode(["mouse"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Vocabulary(["a\nb"]));
        Assert.Throws<ArgumentException>(() => Vocabulary.Of(s_words, ["a", "b"], atMost: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Vocabulary.Of(s_words).WordOf(5));
    }
}
