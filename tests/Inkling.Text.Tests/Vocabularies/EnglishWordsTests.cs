namespace Inkling.Text.Tests.Vocabularies;

public sealed class EnglishWordsTests
{
    [Theory]
    [InlineData("I don't think its a bad car at all.", "i do n't think its a bad car at all .")]
    [InlineData("It’s fine; they'll say I'm wrong", "it 's fine ; they 'll say i 'm wrong")]
    [InlineData("DONT, cant, wont, isnt! cannot", "do n't , ca n't , wo n't , is n't ! can not")]
    [InlineData("I haven't; you'd we've", "i have n't ; you 'd we 've")]
    [InlineData("she 'd wo n't does n 't", "she 'd wo n't does n't")]
    [InlineData("a well-made film -- (really) \"good\" 'stuff'", "a well made film really good stuff")]
    [InlineData("so... yes…no.", "so ... yes ... no .")]
    [InlineData("Straße naïve café 3.5 100%", "straße naïve café 3 . 5 100 %")]
    [InlineData("great 🎉👍 stuff ❤", "great 🎉 👍 stuff ❤")]
    [InlineData("rock'n'roll o'clock", "rock'n'roll o'clock")]
    public void Text_is_cut_as_the_treebank_cuts_it(string text, string words) => Assert.Equal(words, string.Join(' ', Cut(text)));

    [Theory]
    [InlineData("want went agent parent", "want went agent parent")]
    [InlineData("front dont", "front do n't")]
    public void Words_that_only_end_alike_stay_whole(string text, string words) => Assert.Equal(words, string.Join(' ', Cut(text)));

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("\0\u0001")]
    [InlineData("\"()[]'-_")]
    [InlineData("\uFFFD\uFFFD")]
    public void What_holds_no_word_gives_none(string text) => Assert.Empty(Cut(text));

    [Fact]
    public void Halves_of_surrogate_pairs_part_words_and_disappear() => Assert.Equal(["a", "b", "c"], Cut("a\uD83Db \uDC4Dc\uD83D"));

    [Fact]
    public void Marks_at_the_very_end_are_dropped_on_request_and_only_there()
    {
        Assert.Equal(["no", "!", "yes"], EnglishWords.Split("No! Yes?!.. ", dropFinalMarks: true));
        Assert.Empty(EnglishWords.Split("?!", dropFinalMarks: true));
    }

    [Fact]
    public void No_more_words_come_than_were_asked_for() => Assert.Equal(["i", "do"], EnglishWords.Split("I don't know", atMost: 2));

    [Fact]
    public void What_was_cut_stays_as_it_is()
    {
        string once = string.Join(' ', Cut("We couldn't find it, isn't that odd? They've won't cannot 3.5% it's"));
        Assert.Equal(once, string.Join(' ', Cut(once)));
    }

    private static List<string> Cut(string text) => EnglishWords.Split(text);
}
