using System.Text;

namespace Inkling.Text.Tests.Vocabularies;

public class CharacterVocabularyTests
{
    [Fact]
    public void Characters_are_numbered_in_the_order_of_their_code_points()
    {
        CharacterVocabulary characters = CharacterVocabulary.Of("to be,\nor 😀 not");
        Assert.Equal("\n ,benort😀", characters.Characters);
        Assert.Equal(10, characters.Count);
        Assert.Equal([8, 9, 0, 8], characters.Encode("t😀\nt"));
        Assert.Equal("t😀\nt", characters.Decode([8, 9, 0, 8]));
        Assert.Equal(-1, characters.IdOf(new Rune('x')));
    }

    [Fact]
    public void It_is_made_again_from_its_characters()
    {
        CharacterVocabulary characters = new("zab");
        Assert.Equal([0, 1, 2], characters.Encode("zab"));
        Assert.Equal(characters.Encode("abba"), new CharacterVocabulary(characters.Characters).Encode("abba"));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_the_replacement_character() =>
        Assert.Equal("a\uFFFD", CharacterVocabulary.Of("a\uD83D").Characters);

    [Fact]
    public void What_is_unknown_is_named_with_its_place_or_skipped()
    {
        CharacterVocabulary characters = CharacterVocabulary.Of("abc");
        Assert.Equal([0, 2], characters.Encode("a-c\t", skipUnknown: true));
        Assert.Contains("'-' (U+002D), character 1", Assert.Throws<ArgumentException>(() => characters.Encode("a-c")).Message, StringComparison.Ordinal);
        Assert.Contains("U+0009, character 0", Assert.Throws<ArgumentException>(() => characters.Encode("\t")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => characters.Decode([3]));
        Assert.Contains("'a' (U+0061) is there twice, as 0 and as 2", Assert.Throws<ArgumentException>(() => new CharacterVocabulary("aba")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CharacterVocabulary.Of(""));
    }
}
