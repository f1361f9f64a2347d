using System.Text;
using CsCheck;

namespace Inkling.Text.Tests;

public sealed class PieceTrieTests
{
    private static readonly Tokenizer s_tokenizer = Texts.Train();
    private static readonly Gen<byte[]> s_prefix = Gen.OneOf(
        Gen.OneOf("", " ", "t", " th", " plea", " please", "qqq", " the garden", "Gr\u00f6").Select(text => Encoding.UTF8.GetBytes(text)),
        Gen.Byte.Array[0, 4]);

    [Fact]
    public void Pieces_that_start_with_a_prefix_and_that_begin_it_are_all_found() => s_prefix.Sample(prefix =>
    {
        var starting = new List<int>();
        var beginning = new List<int>();
        for (int id = 0; id < s_tokenizer.VocabularySize; id++)
        {
            ReadOnlySpan<byte> piece = s_tokenizer.Bytes(id);
            if (piece.IsEmpty)
                continue;
            if (piece.StartsWith(prefix))
                starting.Add(id);
            else if (prefix.AsSpan().StartsWith(piece))
                beginning.Add(id);
        }
        int[] found = s_tokenizer.Pieces.StartingWith(prefix).ToArray();
        Assert.Equal(starting, found.Order());
        if (s_tokenizer.Id(prefix) is { } whole)
            Assert.Equal(whole, found[0]);
        var into = new int[Math.Max(0, Math.Min(prefix.Length - 1, s_tokenizer.Pieces.LongestPiece))];
        int count = s_tokenizer.Pieces.BeginningOf(prefix, into);
        Assert.Equal(beginning, into[..count].Order());
        Assert.Equal(into[..count].OrderBy(id => s_tokenizer.Bytes(id).Length), into[..count]);
        var mask = new bool[s_tokenizer.VocabularySize];
        Array.Fill(mask, true);
        s_tokenizer.Pieces.Mask(prefix, mask);
        Assert.Equal(starting.Concat(beginning).Order(), Enumerable.Range(0, mask.Length).Where(id => mask[id]));
    }, iter: 500);

    [Fact]
    public void A_mask_of_another_length_and_too_little_room_are_refused()
    {
        Assert.Contains("one entry an id", Assert.Throws<ArgumentException>(() => s_tokenizer.Pieces.Mask(" a"u8, new bool[3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => s_tokenizer.Pieces.BeginningOf(" the"u8, []));
    }
}
