namespace Inkling.Text;

/// <summary>
/// Words and numbers in lower case. Everything else parts them, so that the parts of an address or a date are terms; an apostrophe within a word does not, and
/// what follows it (<c>'s</c>, <c>'ll</c>) is dropped unless it is <c>'t</c>. A character of Chinese or Japanese is a term of its own. Plurals lose
/// their ending (the S-stemmer of Harman 1991): <c>meetings</c> finds <c>meeting</c>.
/// </summary>
public sealed class WordAnalyzer : ITextAnalyzer
{
    /// <summary>Characters of a word that count: longer ones are found by their beginning.</summary>
    public const int LongestTerm = 64;

    /// <summary>The only one that is needed.</summary>
    public static WordAnalyzer Default { get; } = new();

    /// <inheritdoc/>
    public string Name => "words-1";

    /// <inheritdoc/>
    public void Analyze(ReadOnlySpan<char> text, ICollection<string> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Span<char> word = stackalloc char[LongestTerm];
        int at = 0;
        while (at < text.Length)
        {
            CharacterKind kind = CharacterKinds.At(text, at, out int units);
            if (kind is not (CharacterKind.Letter or CharacterKind.Number))
            {
                at += units;
                continue;
            }

            if (IsIdeograph(text[at]))
            {
                terms.Add(text[at++].ToString());
                continue;
            }

            int end = EndOfWord(text, at);
            ReadOnlySpan<char> whole = WithoutEnding(text[at..end]);
            int length = whole[..int.Min(whole.Length, LongestTerm)].ToLowerInvariant(word);
            terms.Add(new string(word[..Singular(word[..length])]));
            at = end;
        }
    }

    /// <summary>Hiragana, katakana and the unified ideographs, which are written without spaces.</summary>
    private static bool IsIdeograph(char c) => c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF';

    private static int EndOfWord(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && !IsIdeograph(text[at]))
        {
            CharacterKind kind = CharacterKinds.At(text, at, out int units);
            if (kind is CharacterKind.Letter or CharacterKind.Number)
                at += units;
            else if (text[at] is '\'' or '’' && at + 1 < text.Length && CharacterKinds.At(text, at + 1, out _) == CharacterKind.Letter)
                at++;
            else
                break;
        }

        return at;
    }

    private static ReadOnlySpan<char> WithoutEnding(ReadOnlySpan<char> word)
    {
        int apostrophe = word.LastIndexOfAny('\'', '’');
        bool ending = apostrophe > 0 && word.Length - apostrophe is 2 or 3 && word[^1] is not ('t' or 'T');
        return ending ? word[..apostrophe] : word;
    }

    /// <summary>The length without the ending of a plural.</summary>
    private static int Singular(Span<char> word)
    {
        if (word.Length < 4 || word[^1] != 's')
            return word.Length;
        if (word.EndsWith("ies") && !word.EndsWith("eies") && !word.EndsWith("aies"))
        {
            word[^3] = 'y';
            return word.Length - 2;
        }

        bool keeps = word[^2] is 'u' or 's' or 'i' || word.EndsWith("aes") || word.EndsWith("ees") || word.EndsWith("oes");
        return keeps ? word.Length : word.Length - 1;
    }
}
