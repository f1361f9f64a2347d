using Inkling.App.Running;

namespace Inkling.App.Words;

/// <summary>The words of <c>A - B + C</c>.</summary>
/// <param name="Plus">Words that are added.</param>
/// <param name="Minus">Words that are taken away.</param>
internal sealed record AnalogyTerms(IReadOnlyList<string> Plus, IReadOnlyList<string> Minus)
{
    /// <summary>Reads words with <c>+</c> and <c>-</c> between them; a sign stands by itself, so that words may hold one.</summary>
    /// <exception cref="FailureException">There are not two words, or a sign or a word is missing.</exception>
    public static AnalogyTerms Parse(IEnumerable<string> pieces)
    {
        List<string> plus = [], minus = [];
        List<string>? into = plus;
        foreach (string piece in pieces.SelectMany(one => one.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        {
            if (piece is "+" or "-" or "−" or "–")
            {
                if (into is not null && plus.Count + minus.Count > 0) throw Wrong($"there is no word before '{piece}'");
                into = piece == "+" ? plus : minus;
            }
            else if (into is null)
            {
                throw Wrong($"there is no + or - before '{piece}'");
            }
            else
            {
                into.Add(piece);
                into = null;
            }
        }

        if (plus.Count + minus.Count < 2 || into is not null) throw Wrong(into is not null && plus.Count + minus.Count > 0 ? "the last word is missing" : "it takes two words at least");
        return plus.Count > 0 ? new AnalogyTerms(plus, minus) : throw Wrong("no word is added");
    }

    private static FailureException Wrong(string what) => FailureException.Usage($"{what}; write an analogy as in: inkling analogy king - man + woman, with blanks around the signs");
}
