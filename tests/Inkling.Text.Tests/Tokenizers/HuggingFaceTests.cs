using System.Globalization;
using System.Text.Json;
using CsCheck;

namespace Inkling.Text.Tests;

/// <summary>Our ids against those of npm @huggingface/tokenizers, which reads the same file with its own code.</summary>
public sealed class HuggingFaceTests
{
    private sealed record Encoded(int[] ids, string text);

    [Fact]
    public void An_independent_reader_of_the_file_gives_the_same_ids_and_text()
    {
        string path = Path.Combine(Path.GetTempPath(), $"inkling-{Guid.NewGuid():N}.json");
        Tokenizer tokenizer = Texts.Train();
        tokenizer.Save(path);
        try
        {
            var texts = new List<string>(Texts.Mail) { "", new('a', 300), new('=', 200), string.Concat(Enumerable.Repeat("thanks", 50)) };
            Gen<string> assigned = Texts.Any.Where(text => text.EnumerateRunes().All(rune =>
                CharUnicodeInfo.GetUnicodeCategory(rune.Value) != UnicodeCategory.OtherNotAssigned));
            assigned.Array[3_000].Sample(random => texts.AddRange(random), iter: 1, threads: 1);
            // Escaped by hand, since JSON writers replace lone surrogates.
            string input = $"[{string.Join(',', texts.Select(text => $"\"{string.Concat(text.Select(c => $"\\u{(int)c:x4}"))}\""))}]";
            Encoded[] theirs = JsonSerializer.Deserialize<Encoded[]>(HuggingFacePeer.Run("encode.mjs", [path], input))!;
            for (int i = 0; i < texts.Count; i++)
            {
                int[] ours = tokenizer.Encode(texts[i]);
                Assert.True(ours.SequenceEqual(theirs[i].ids), $"Text {i}: {Escape(texts[i])}\nours:   {string.Join(' ', ours)}\ntheirs: {string.Join(' ', theirs[i].ids)}");
                Assert.Equal(theirs[i].text, tokenizer.Decode(ours));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Every_code_point_is_of_the_kind_that_regular_expressions_give_it()
    {
        string kinds = HuggingFacePeer.Run("kinds.mjs", [], "");
        Assert.Equal(0x110000, kinds.Length);
        for (int codePoint = 0; codePoint < kinds.Length; codePoint++)
        {
            // Code points that only one side's version of Unicode knows are left aside.
            if (kinds[codePoint] == 'U' || CharUnicodeInfo.GetUnicodeCategory(codePoint) == UnicodeCategory.OtherNotAssigned)
                continue;
            char ours = CharacterKinds.Of(codePoint) switch
            {
                CharacterKind.Letter => 'L',
                CharacterKind.Number => 'N',
                CharacterKind.Whitespace => 'W',
                _ => 'O',
            };
            Assert.True(ours == kinds[codePoint], $"U+{codePoint:X4} is {ours} here and {kinds[codePoint]} there.");
        }
    }

    private static string Escape(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? $"{c}" : $"\\u{(int)c:x4}"));
}
