using System.Buffers;
using System.Text;

namespace Inkling.Text;

public sealed partial class Tokenizer
{
    /// <summary>Words up to this many UTF-16 units are turned into UTF-8 on the stack (at most three bytes a unit).</summary>
    private const int WordOnStack = 256;

    /// <summary>Encodes a text; see <see cref="Encode(ReadOnlySpan{char}, List{int})"/>.</summary>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>(text.Length / 3 + 8);
        Encode(text, ids);
        return [.. ids];
    }

    /// <summary>
    /// Encodes a text and appends its ids to <paramref name="into"/>. Special tokens in the text are recognised; use
    /// <see cref="EncodePlain"/> for text in which they mean nothing. Lone surrogates are read as U+FFFD.
    /// Allocates nothing beyond the growth of the list (but for words of more than 48 bytes).
    /// </summary>
    public void Encode(ReadOnlySpan<char> text, List<int> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        int start = 0;
        while (start < text.Length)
        {
            (int at, int id, int length) = _specials.Find(text, start);
            if (at < 0)
                break;
            EncodePlain(text[start..at], into);
            into.Add(id);
            start = at + length;
        }
        EncodePlain(text[start..], into);
    }

    /// <summary>
    /// Encodes a text in which special tokens are ordinary characters: <c>&lt;s&gt;</c> gives the pieces of three characters. The same as
    /// <see cref="Encode(ReadOnlySpan{char}, List{int})"/> in everything else.
    /// </summary>
    public void EncodePlain(ReadOnlySpan<char> text, List<int> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        Span<byte> onStack = stackalloc byte[3 * WordOnStack];
        for (int start = 0; start < text.Length;)
        {
            int end = WordScanner.End(text, start);
            ReadOnlySpan<char> word = text[start..end];
            if (word.Length <= WordOnStack)
            {
                int bytes = Encoding.UTF8.GetBytes(word, onStack);
                _encoder.Encode(onStack[..bytes], into);
            }
            else
            {
                byte[] rented = ArrayPool<byte>.Shared.Rent(3 * word.Length);
                int bytes = Encoding.UTF8.GetBytes(word, rented);
                _encoder.Encode(rented.AsSpan(0, bytes), into);
                ArrayPool<byte>.Shared.Return(rented);
            }
            start = end;
        }
    }

    /// <summary>
    /// The length of a beginning of the text whose ids stay as they are whatever is appended to the text: for every continuation,
    /// <c>Encode(text + more)</c> begins with <c>Encode(text[..StableLength(text)])</c>. At most the last word, the white space at the end and
    /// an unfinished special token lie beyond it.
    /// </summary>
    public int StableLength(ReadOnlySpan<char> text)
    {
        int start = 0;
        while (true)
        {
            (int at, _, int length) = _specials.Find(text, start);
            if (at < 0)
                break;
            start = at + length;
        }
        int open = _specials.OpenAt(text, start);
        int stable = WordScanner.StableLength(text[start..]);
        if (open < text.Length)
            stable = Math.Min(stable, WordScanner.StableLength(text[start..open]));
        return start + stable;
    }

    /// <summary>
    /// The text of ids. Special tokens appear as they stand in text, or are left out. Bytes that form no character (a piece cut off inside
    /// one) become U+FFFD.
    /// </summary>
    /// <param name="ids">The ids, as <see cref="Encode(string)"/> gives them.</param>
    /// <param name="skipSpecial">Leaves special tokens out.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such id.</exception>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecial = false)
    {
        var text = new StringBuilder();
        var bytes = new ArrayBufferWriter<byte>(Math.Max(16, 4 * ids.Length));
        foreach (int id in ids)
        {
            CheckId(id, nameof(Decode));
            if (_specials.Content(id) is not { } special)
            {
                bytes.Write(_pieces[id]);
                continue;
            }
            if (skipSpecial)
                continue;
            text.Append(Encoding.UTF8.GetString(bytes.WrittenSpan)).Append(special);
            bytes.ResetWrittenCount();
        }
        return text.Append(Encoding.UTF8.GetString(bytes.WrittenSpan)).ToString();
    }
}
