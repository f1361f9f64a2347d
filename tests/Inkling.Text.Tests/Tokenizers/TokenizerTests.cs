using System.Text;
using CsCheck;

namespace Inkling.Text.Tests;

public sealed class TokenizerTests
{
    private static readonly Tokenizer s_tokenizer = Texts.Train();

    /// <summary>What stands for a text once lone surrogates have become U+FFFD.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Any_text_round_trips() => Texts.Any.Sample(
        text => s_tokenizer.Decode(s_tokenizer.Encode(text)) == WellFormed(text), iter: 20_000);

    [Fact]
    public void Lone_surrogates_become_the_replacement_character()
    {
        Assert.Equal("a\uFFFDb\uFFFD", s_tokenizer.Decode(s_tokenizer.Encode("a\uD800b\uDC00")));
    }

    [Fact]
    public void Special_tokens_are_recognised_and_plain_encoding_does_not()
    {
        int[] ids = s_tokenizer.Encode("<s>Hi <number></s>");
        Assert.Equal(s_tokenizer.Id("<s>"), ids[0]);
        Assert.Equal(s_tokenizer.Id("</s>"), ids[^1]);
        Assert.Contains(s_tokenizer.Id("<number>")!.Value, ids);
        Assert.Equal("Hi ", s_tokenizer.Decode(ids, skipSpecial: true));

        var plain = new List<int>();
        s_tokenizer.EncodePlain("<s>Hi <number></s>", plain);
        Assert.DoesNotContain(plain, s_tokenizer.IsSpecial);
        Assert.Equal("<s>Hi <number></s>", s_tokenizer.Decode([.. plain]));
    }

    [Fact]
    public void Plain_encoding_never_gives_a_special_token() => Texts.Any.Sample(text =>
    {
        var ids = new List<int>();
        s_tokenizer.EncodePlain(text, ids);
        return !ids.Exists(s_tokenizer.IsSpecial) && s_tokenizer.Decode([.. ids]) == WellFormed(text);
    });

    [Fact]
    public void Special_tokens_have_no_bytes_and_pieces_have_some()
    {
        for (int id = 0; id < s_tokenizer.VocabularySize; id++)
            Assert.Equal(s_tokenizer.IsSpecial(id), s_tokenizer.Bytes(id).IsEmpty);
        Assert.Equal(Texts.Specials, s_tokenizer.SpecialTokens);
        Assert.Null(s_tokenizer.Id("<nothing>"));
        Assert.Equal(s_tokenizer.Encode("q")[0], s_tokenizer.Id("q"u8));
    }

    [Fact]
    public void Merging_agrees_with_the_definition_step_by_step()
    {
        var merges = new List<(string, string)>();
        foreach (Merge merge in s_tokenizer.Merges)
            merges.Add((Spelled(merge.Left), Spelled(merge.Right)));
        Gen.String[Gen.OneOf('a', 'e', 'l', 'n', 't', 's', ' ', 'o', 'g', 'r', 'k', 'é'), 0, 90].Sample(text =>
        {
            var expected = new List<string>();
            for (int start = 0; start < text.Length;)
            {
                int end = WordScanner.End(text, start);
                expected.AddRange(MergeByDefinition(ByteAlphabet.Spell(Encoding.UTF8.GetBytes(text[start..end])), merges));
                start = end;
            }
            Assert.Equal(expected, s_tokenizer.Encode(text).Select(Spelled));
        }, iter: 300);

        string Spelled(int id) => ByteAlphabet.Spell(s_tokenizer.Bytes(id));
    }

    private static List<string> MergeByDefinition(string word, List<(string Left, string Right)> merges)
    {
        List<string> parts = [.. word.Select(c => c.ToString())];
        while (true)
        {
            int rank = merges.FindIndex(merge => Enumerable.Range(0, Math.Max(0, parts.Count - 1))
                .Any(i => parts[i] == merge.Left && parts[i + 1] == merge.Right));
            if (rank < 0)
                return parts;
            int at = Enumerable.Range(0, parts.Count - 1).First(i => parts[i] == merges[rank].Left && parts[i + 1] == merges[rank].Right);
            parts[at] += parts[at + 1];
            parts.RemoveAt(at + 1);
        }
    }

    [Fact]
    public void Appended_text_leaves_the_stable_part_alone() => Gen.Select(Texts.Any, Texts.Any).Sample((text, more) =>
    {
        int stable = s_tokenizer.StableLength(text);
        int[] before = s_tokenizer.Encode(text[..stable]);
        int[] after = s_tokenizer.Encode(text + more);
        Assert.True(after.AsSpan().StartsWith(before));
    }, iter: 50_000);

    [Theory]
    [InlineData("", 0)]
    [InlineData("Hi", 0)]
    [InlineData("Hi Nora", 2)]
    [InlineData("Hi Nora,", 7)]
    [InlineData("Hi Nora,\n", 8)]
    [InlineData("Hi don'", 2)]
    [InlineData("Hi ''", 2)]
    [InlineData("at <numb", 2)]
    [InlineData("<s>Hi", 3)]
    public void Only_the_open_end_is_not_stable(string text, int expected) => Assert.Equal(expected, s_tokenizer.StableLength(text));

    [Fact]
    public void Long_runs_without_a_break_are_encoded_in_time()
    {
        string text = string.Concat(Enumerable.Repeat("thanks", 100_000));
        long start = Environment.TickCount64;
        int[] ids = s_tokenizer.Encode(text);
        Assert.True(Environment.TickCount64 - start < 5_000);
        Assert.Equal(text, s_tokenizer.Decode(ids));
    }

    [Fact]
    public void Encoding_into_a_list_with_room_allocates_nothing()
    {
        string text = string.Join("\n", Texts.Mail);
        var ids = new List<int>();
        for (int i = 0; i < 3; i++)
        {
            ids.Clear();
            s_tokenizer.Encode(text, ids);
        }
        Allocation.AssertNone(() =>
        {
            ids.Clear();
            s_tokenizer.Encode(text, ids);
        });
    }

    [Fact]
    public void An_id_that_is_not_there_is_named()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => s_tokenizer.Decode([s_tokenizer.VocabularySize]));
        Assert.Contains($"no id {s_tokenizer.VocabularySize}", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_tokenizer.Bytes(-1).Length);
    }
}
