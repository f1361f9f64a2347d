using CsCheck;
using Inkling.Language;

namespace Inkling.Mail.Tests;

public sealed class TextNormalizerTests
{
    private static readonly string[] Parts =
    [
        "5", "12", "1,234.56", "10:30am", "AB12", "AB123x", "a@b.c", "x@y", "http://a.b/1", "www.x.org.", "foo.com/a?b", "(713) 853-1234", "+49 30 1234567",
        "2001", "550e8400-e29b-41d4", "⟦number⟧", "⟦s⟧", "⟦", "⟧", "<number>", "- ", "...", "\u0301", "٣", "𝟗", "\n", "\n\n", " ", "\t", "\r\n", "\uD800",
        "word", "Word", "end.", "end:", "well-", "http://", "@", "_", "/", "-", "+", "(", ")", "'",
    ];

    private static readonly Gen<string> MailLike = Gen.Frequency(
        (1, Gen.String), (4, Gen.Int[0, Parts.Length - 1].Array[0, 30].Select(indices => string.Concat(indices.Select(index => Parts[index])))));

    [Theory]
    [InlineData("call me at 5", "call me at ⟦number⟧")]
    [InlineData("at 10:30am or 10-11 pm on the 2nd", "at ⟦number⟧am or ⟦number⟧ pm on the ⟦number⟧nd")]
    [InlineData("$1,234.56 on 10/26/2000 12:52", "$⟦number⟧ on ⟦number⟧ ⟦number⟧")]
    [InlineData("Q3 and May2001, room EB3892", "Q⟦number⟧ and May⟦number⟧, room ⟦id⟧")]
    [InlineData("key 550e8400-e29b-41d4-a716-446655440000.", "key ⟦id⟧.")]
    [InlineData("account 123456789 ok", "account ⟦id⟧ ok")]
    [InlineData("write to john.smith+x@example.com, please", "write to ⟦email⟧, please")]
    [InlineData("Jane Doe/HOU/ECT@ECT", "Jane ⟦email⟧")]
    [InlineData("see http://example.org/a_(b)?c=1.", "see ⟦url⟧.")]
    [InlineData("see <https://example.org> or www.example.org/x, example.com too", "see <⟦url⟧> or ⟦url⟧, ⟦url⟧ too")]
    [InlineData("(713) 853-1234 or 713-853-1234 or 853-1234.", "⟦phone⟧ or ⟦phone⟧ or ⟦phone⟧.")]
    [InlineData("+49 30 1234567 oder 030 12345678", "⟦phone⟧ oder ⟦phone⟧")]
    [InlineData("in 2000 2001 2002", "in ⟦number⟧ ⟦number⟧ ⟦number⟧")]
    [InlineData("e.g. this, i.e. that... and so.on", "e.g. this, i.e. that... and so.on")]
    public void Private_strings_become_placeholders(string text, string expected) => Assert.Equal(expected, TextNormalizer.Normalize(text));

    [Theory]
    [InlineData("a\tb  c\u00A0d", "a b c d")]
    [InlineData("one\r\ntwo\rthree\n\n\n\nfour", "one\ntwo\nthree\n\nfour")]
    [InlineData("  a  \n  b", "a\nb")]
    [InlineData("don’t “say” …", "don't \"say\" ...")]
    [InlineData("cafe\u0301 u\u0308ber \u1112\u1161\u11AB", "café über 한")]
    [InlineData("a\u200Bb\uFEFFc\u00ADd\u0007e\uE004", "abcde")]
    [InlineData("it\u0092s \u0093ok\u0094", "it's \"ok\"")]
    [InlineData("שלום \u202Bעולם", "שלום עולם")]
    public void Characters_are_folded(string text, string expected) => Assert.Equal(expected, TextNormalizer.Normalize(text));

    [Fact]
    public void Unpaired_surrogates_are_replaced() => Assert.Equal("x\uFFFDy\uFFFD 🙂", TextNormalizer.Normalize("x\uD800y\uDC00 🙂"));

    [Theory]
    [InlineData("wor", "wor")]
    [InlineData("word ", "word ")]
    [InlineData("word   ", "word ")]
    [InlineData("word\n", "word\n")]
    [InlineData("word \r\n", "word\n")]
    [InlineData("word\n\n\n", "word\n\n")]
    [InlineData("", "")]
    [InlineData(" \n ", "")]
    public void The_end_keeps_its_meaning(string draft, string expected) => Assert.Equal(expected, TextNormalizer.Normalize(draft));

    [Theory]
    [InlineData("<number> <body> </s> <s>")]
    [InlineData("[body] [number]")]
    public void Text_in_other_brackets_is_text(string text) => Assert.Equal(text, TextNormalizer.Normalize(text));

    [Fact]
    public void Text_cannot_spell_structure()
    {
        foreach (string token in MailTokens.Structure)
        {
            string result = TextNormalizer.Normalize($"x {token} y\u200B⟦\u200B{token.Trim('⟦', '⟧')}⟧");
            Assert.DoesNotContain('⟦', result);
            Assert.DoesNotContain('⟧', result);
        }
    }

    [Fact]
    public void Only_placeholders_carry_the_brackets() => MailLike.Sample(text =>
    {
        string rest = TextNormalizer.Normalize(text);
        foreach (string placeholder in MailTokens.Placeholders)
            rest = rest.Replace(placeholder, "", StringComparison.Ordinal);
        return !rest.Contains('⟦', StringComparison.Ordinal) && !rest.Contains('⟧', StringComparison.Ordinal);
    });

    [Fact]
    public void No_digit_passes() => MailLike.Sample(text =>
        !TextNormalizer.Normalize(text).EnumerateRunes().Any(System.Text.Rune.IsDigit));

    // A kept line break can look like a wrap once the lines before it have been joined: nothing else may change.
    [Fact]
    public void Normalising_twice_is_normalising_once() => MailLike.Sample(text =>
    {
        string once = TextNormalizer.Normalize(text), twice = TextNormalizer.Normalize(once);
        return once.Split('\n').All(line => line.Length < 45) ? twice == once : Unspaced(twice) == Unspaced(once);

        static string Unspaced(string text) => string.Concat(text.Where(c => c is not (' ' or '\n')));
    });

    [Fact]
    public void Wrapped_paragraphs_are_joined()
    {
        const string Draft = """
            I looked at the plans for the summer school that you sent around on
            Monday and I think that they are good. Only the second week seems a bit
            full.

            Could you ask
            - Anna about the rooms, and whether we may use the garden in the evenings
            - Tom about the buses
            and come back to me?
            """;
        Assert.Equal(
            "I looked at the plans for the summer school that you sent around on Monday and I think that they are good. Only the second week seems a bit full.\n\n"
            + "Could you ask\n- Anna about the rooms, and whether we may use the garden in the evenings\n- Tom about the buses\nand come back to me?",
            TextNormalizer.Normalize(Draft));
    }

    [Fact]
    public void A_draft_that_was_just_wrapped_goes_on_in_its_sentence() =>
        Assert.Equal("I looked at the plans for the summer school that you sent around on ", TextNormalizer.Normalize("I looked at the plans for the summer school that you sent around on\n"));

    [Fact]
    public void A_long_draft_reads_as_its_paragraphs_do()
    {
        const string Paragraph = "Please call me at 555-1234 or write to me@example.com before the 2nd of May.\n\n";
        Assert.Equal(
            string.Concat(Enumerable.Repeat(TextNormalizer.Normalize(Paragraph), 1300)),
            TextNormalizer.Normalize(string.Concat(Enumerable.Repeat(Paragraph, 1300))));
    }
}
