using System.Text.Json.Nodes;
using Inkling.Language;
using Inkling.Mail;
using Inkling.Numerics;

namespace Inkling.WordVectorBench;

/// <summary>Makes the vectors that ship: GloVe's commonest words, taught by mail what words mean there, and the words of mail that GloVe lacks.</summary>
internal static class Shipping
{
    private const int FromGlove = 40_000, Least = 10, FewestAuthors = 12;

    private const double LowerCase = 0.8;

    public static void Make(string mail, string glove, string output, int epochs, float rate, double weight)
    {
        WordVectors start = WordVectors.Load(glove);
        MailWords words = MailWords.Read(mail);
        WordCorpus corpus = WordCorpus.Of(words.Sentences, Least);
        Console.WriteLine(corpus);
        LastProgress last = new();
        using Team team = new(2);
        WordVectors moved = new SkipGramTrainer().Train(corpus, new WordVectorTrainingOptions { Width = start.Width, Start = start, Epochs = epochs, Rate = rate, Team = team, Negative = 10 }, last);
        List<string> list = [];
        List<float> values = [];
        for (int i = 0, common = 0; i < start.Count; i++)
        {
            string word = start.Words[i];
            if (!word.All(letter => char.IsAsciiLetterLower(letter) || letter is '\'' or '-') || !word.Any(char.IsAsciiLetterLower)) continue;
            if (common++ >= FromGlove && !words.IsOfMail(word, FewestAuthors, LowerCase)) continue;
            list.Add(word);
            bool known = moved.TryFind(word, out ReadOnlySpan<float> now);
            // What mail says counts as far as there is mail to say it.
            double share = known ? weight * Trust(corpus.Counts[corpus.Words.IdOf(word)]) : 0;
            for (int k = 0; k < start.Width; k++) values.Add(known ? (float)(((1 - share) * start[i][k]) + (share * now[k])) : start[i][k]);
        }

        int added = 0;
        foreach (string word in moved.Words.Where(word => !start.TryFind(word, out _)))
        {
            if (!word.All(char.IsAsciiLetterLower) || word.Length < 3 || !words.IsOfMail(word, FewestAuthors, LowerCase)) continue;
            list.Add(word);
            moved.TryFind(word, out ReadOnlySpan<float> vector);
            values.AddRange(vector);
            added++;
        }

        Console.WriteLine(FormattableString.Invariant($"{list.Count} words, {added} of them of mail alone; {last.Value.Elapsed.TotalSeconds:F0} s"));
        JsonObject training = new() { ["from"] = "GloVe 6B 100 (PDDL)", ["method"] = "skipgram", ["epochs"] = epochs, ["rate"] = double.Round(rate, 4), ["weight"] = weight, ["seed"] = 1, ["mailWords"] = corpus.Total };
        QuantizedFolderFormat.Write(new WordVectors(list, [.. values]), output, training);
    }

    private static double Trust(long count) => count / (count + 100.0);
}

/// <summary>The words of mail, with how many people use each and how often in lower case: what tells words from names.</summary>
internal sealed class MailWords
{
    private readonly Dictionary<string, HashSet<string>> _authors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Lower, int All)> _cases = new(StringComparer.Ordinal);

    public List<IReadOnlyList<string>> Sentences { get; } = [];

    public static MailWords Read(string mail)
    {
        MailWords words = new();
        foreach (MailMessage message in MailReader.Read([mail], null, new MailReadReport()))
        {
            string text = MailTokens.Placeholders.Aggregate(TextNormalizer.Normalize(message.Text), (whole, placeholder) => whole.Replace(placeholder, " ", StringComparison.Ordinal));
            foreach (string piece in text.Split([' ', '\n', '\t', ',', '.', '!', '?', ';', ':', '(', ')', '"'], StringSplitOptions.RemoveEmptyEntries))
            {
                string lower = piece.ToLowerInvariant();
                (int small, int all) = words._cases.GetValueOrDefault(lower);
                words._cases[lower] = (small + (piece == lower ? 1 : 0), all + 1);
            }

            foreach (IReadOnlyList<string> sentence in WordSentences.Of(text))
            {
                words.Sentences.Add(sentence);
                foreach (string word in sentence)
                {
                    if (!words._authors.TryGetValue(word, out HashSet<string>? authors)) words._authors[word] = authors = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
                    if (authors.Count < 1000) authors.Add(message.From);
                }
            }
        }

        return words;
    }

    /// <summary>Whether many people use a word, and in lower case.</summary>
    public bool IsOfMail(string word, int fewestAuthors, double lowerCase) =>
        _authors.TryGetValue(word, out HashSet<string>? authors) && authors.Count >= fewestAuthors && _cases.TryGetValue(word, out (int Lower, int All) cases) && cases.Lower >= lowerCase * cases.All;
}
