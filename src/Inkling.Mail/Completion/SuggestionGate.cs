namespace Inkling.Mail;

/// <summary>Decides which continuation is worth showing, if any, and which is the best to tell of.</summary>
internal sealed class SuggestionGate(CompletionSettings settings)
{
    /// <summary>The continuation to show, or null.</summary>
    public Suggestion? Choose(List<Suggestion> candidates)
    {
        Suggestion? best = null;
        var most = 0.0;
        foreach (var candidate in candidates)
        {
            if (candidate.Confidence < settings.Threshold || candidate.Text.Trim().Length < 2)
                continue;
            var worth = Worth(candidate);
            if (worth > most)
                (best, most) = (candidate, worth);
        }
        return best;
    }

    /// <summary>
    /// Orders continuations, best first: by the characters that a reader who takes them word by word may expect to get right,
    /// <c>Σ P(first i) · (length of first i − length of first i−1)</c> over the candidates that begin each and itself. A phrase therefore comes
    /// before its own beginning: of the whole the reader can still take the first word alone.
    /// </summary>
    /// <param name="candidates">The continuations; sorted in place.</param>
    public static void Order(List<Suggestion> candidates)
    {
        candidates.Sort(static (a, b) => a.Text.Length != b.Text.Length ? a.Text.Length.CompareTo(b.Text.Length) : string.CompareOrdinal(a.Text, b.Text));
        var ranked = new (double Rank, Suggestion Candidate)[candidates.Count];
        for (var i = 0; i < ranked.Length; i++)
            ranked[i] = (ExpectedCharacters(candidates, i), candidates[i]);
        Array.Sort(ranked, static (a, b) => a.Rank != b.Rank ? b.Rank.CompareTo(a.Rank) : string.CompareOrdinal(a.Candidate.Text, b.Candidate.Text));
        for (var i = 0; i < ranked.Length; i++)
            candidates[i] = ranked[i].Candidate;
    }

    /// <summary>For one of the candidates, which stand in ascending order of length.</summary>
    private static double ExpectedCharacters(List<Suggestion> candidates, int index)
    {
        var (sum, reached) = (0.0, 0);
        for (var j = 0; j <= index; j++)
        {
            if (!candidates[index].Text.StartsWith(candidates[j].Text, StringComparison.Ordinal))
                continue;
            sum += candidates[j].Confidence * (candidates[j].Text.Length - reached);
            reached = candidates[j].Text.Length;
        }
        return sum;
    }

    /// <summary>Expected keystrokes saved, and what being right is worth besides.</summary>
    private double Worth(Suggestion s) => s.Confidence * (s.Text.Length - 1 + settings.Certainty);
}
