using System.Globalization;
using System.Text;

namespace Inkling.Mail;

/// <summary>A text as a sequence of Unicode code points, the characters that the typist counts, with the questions it asks of them.</summary>
/// <remarks>Letters, digits and white space are what the judge's language, Python, takes for such.</remarks>
internal readonly struct CodePoints
{
    private readonly int[] _points;

    public CodePoints(string text) => _points = [.. text.EnumerateRunes().Select(rune => rune.Value)];

    private CodePoints(int[] points) => _points = points;

    public int Length => _points.Length;

    public int this[Index index] => _points[index];

    /// <summary>Whether <paramref name="part"/> stands at a position.</summary>
    public bool StartsWith(CodePoints part, int at) => _points.AsSpan(at).StartsWith(part._points);

    /// <summary>A part of the text.</summary>
    public CodePoints Slice(int start, int length) => new(_points.AsSpan(start, length).ToArray());

    /// <summary>Whether the text goes on with the word that ends at a position, when the last character before it is <paramref name="last"/>.</summary>
    public bool BreaksWord(int at, int last) => at < Length && IsWord(last) && IsWord(_points[at]);

    /// <summary>Code points without white space at the start and the end.</summary>
    public int TrimmedLength
    {
        get
        {
            int start = 0, end = Length;
            while (start < end && IsSpace(_points[start]))
                start++;
            while (end > start && IsSpace(_points[end - 1]))
                end--;
            return end - start;
        }
    }

    /// <summary>Where words end: each is white space and the characters after it up to the next white space.</summary>
    public IEnumerable<int> WordEnds()
    {
        for (int i = 1; i <= Length; i++)
        {
            if (!IsSpace(_points[i - 1]) && (i == Length || IsSpace(_points[i])))
                yield return i;
        }
    }

    /// <summary>The words from a position to the end of the sentence or line, without punctuation around them.</summary>
    public List<string> SentenceWords(int start)
    {
        int end = start;
        while (end < Length && _points[end] != '\n' && !(end > start && IsSpace(_points[end]) && _points[end - 1] is '.' or '?' or '!'))
            end++;
        return Words(_points.AsSpan(start, end - start));
    }

    /// <summary>All words, without punctuation around them.</summary>
    public List<string> Words() => Words(_points);

    public static bool IsWord(int point) => CharUnicodeInfo.GetUnicodeCategory(point) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static bool IsSpace(int point) => point <= char.MaxValue && (char.IsWhiteSpace((char)point) || point is >= 0x1C and <= 0x1F);

    private static List<string> Words(ReadOnlySpan<int> points)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (int i = 0; i <= points.Length; i++)
        {
            if (i < points.Length && !IsSpace(points[i]))
                word.Append(new Rune(points[i]).ToString());
            else if (word.Length > 0)
            {
                words.Add(word.ToString().Trim('.', ',', ';', ':', '!', '?'));
                word.Clear();
            }
        }
        return words;
    }
}
