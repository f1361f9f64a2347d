using System.Text;
using Inkling.Language;
using Inkling.Text;

namespace Inkling.Mail;

/// <summary>Shortens a passage to what fits a question best, and finds what to highlight.</summary>
/// <param name="encoder">Tells which sentence means most nearly the same.</param>
/// <param name="question">What was asked.</param>
/// <param name="meaning">Its vector.</param>
internal sealed class SnippetMaker(ITextEncoder encoder, string question, float[] meaning)
{
    private const int Longest = 280;

    private readonly HashSet<string> _terms = [.. QuestionWords.Of(question)];

    /// <summary>A snippet of a passage.</summary>
    public (string Snippet, IReadOnlyList<Range> Highlights) Make(string text, Range passage)
    {
        List<Range> sentences = [.. MailPassages.Sentences(text, passage)];
        if (sentences.Count == 0) return ("", []);
        double[] fits = [.. sentences.Select(sentence => Fit(text[sentence]))];
        int best = Array.IndexOf(fits, fits.Max()), first = best, last = best;
        // Neighbours come along while there is room.
        while (Length(first, last) < Longest)
        {
            int before = first > 0 ? Length(first - 1, last) : int.MaxValue, after = last + 1 < sentences.Count ? Length(first, last + 1) : int.MaxValue;
            if (Math.Min(before, after) > Longest) break;
            if (after <= before || after <= Longest) last++;
            else first--;
        }

        string snippet = Shorten(OneLine(text[sentences[first].Start..sentences[last].End]));
        List<Range> words = Words(snippet);
        if (words.Count > 0) return (snippet, words);
        string sentenceText = Shorten(OneLine(text[sentences[best]]));
        int at = snippet.IndexOf(sentenceText, StringComparison.Ordinal);
        return (snippet, at >= 0 ? [at..(at + sentenceText.Length)] : []);

        int Length(int from, int to) => sentences[to].End.Value - sentences[from].Start.Value;
    }

    /// <summary>How well a sentence fits: by meaning, and a little more for each word that was asked for.</summary>
    private double Fit(string sentence)
    {
        float[] vector = new float[encoder.Dimensions];
        encoder.Encode(sentence, vector);
        double cosine = 0;
        for (int i = 0; i < vector.Length; i++) cosine += vector[i] * meaning[i];
        return cosine + (0.15 * Words(sentence).Count);
    }

    private List<Range> Words(string text)
    {
        List<Range> found = [];
        List<string> terms = [];
        for (int at = 0; at < text.Length;)
        {
            int end = at;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || (text[end] is '\'' or '’' && end + 1 < text.Length && char.IsLetter(text[end + 1])))) end++;
            if (end > at)
            {
                terms.Clear();
                WordAnalyzer.Default.Analyze(text.AsSpan(at, end - at), terms);
                if (terms.Exists(_terms.Contains)) found.Add(at..end);
            }

            at = Math.Max(end, at + 1);
        }

        return found;
    }

    private static string OneLine(string text)
    {
        StringBuilder line = new(text.Length);
        foreach (char c in text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c)) line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        return line.ToString().TrimEnd();
    }

    private static string Shorten(string text) => text.Length <= Longest + 40 ? text : MailCleaner.Cut(text, Longest) + " …";
}
