using Inkling.Numerics;
using Inkling.Text;

namespace Inkling.Language;

/// <summary>
/// What a text is about, of some categories that are only named. Each word of the text shares one vote among the categories, by <c>e^z</c>: z tells by how many
/// standard deviations the cosine of the word with the category lies above that category's mean cosine with 20,000 words. Plain cosines would favour
/// categories with common names, to which every word is near (hubs; Radovanović et al. 2010).
/// </summary>
/// <param name="Categories">The categories with their shares of all votes, which sum to 1, the largest first.</param>
/// <param name="Words">The words that voted, in the order of the text.</param>
/// <param name="Unknown">Words of the text without a vector.</param>
public sealed record WordCategories(IReadOnlyList<ScoredWord> Categories, IReadOnlyList<WordVote> Words, IReadOnlyList<string> Unknown)
{
    /// <summary>The first words of a table, such as "the", say nothing by themselves.</summary>
    private const int Commonest = 150;

    private const int Compared = 20_000;

    /// <summary>Shares a text out among categories.</summary>
    /// <param name="vectors">Vectors whose first words are the most frequent.</param>
    /// <param name="text">The text, of any length.</param>
    /// <param name="names">The categories, at least two, each a word or several.</param>
    /// <exception cref="ArgumentException">There are fewer than two categories, one is there twice or has no known word, or no word of the text is known.</exception>
    public static WordCategories Of(WordVectors vectors, string text, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count < 2) throw new ArgumentException("WordCategories: a text is shared out among two categories or more.");
        if (names.GroupBy(name => name.Trim(), StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"WordCategories: the category '{twice.Key}' is there twice.");
        (float[] Vector, float Mean, float Deviation)[] categories = [.. names.Select(name => Category(vectors, name))];
        (List<(string Word, int Row)> known, List<string> unknown) = Read(vectors, text);
        if (known.Count == 0)
            throw new ArgumentException(unknown.Count == 0 ? "WordCategories: the text has no words." : $"WordCategories: none of the words of the text is known, such as '{unknown[0]}'.");
        double[] votes = new double[names.Count];
        List<WordVote> words = [];
        foreach ((string word, int row) in known)
        {
            double[] shares = [.. categories.Select(one => Math.Exp((Reduce.Dot(vectors.UnitRow(row), one.Vector) - one.Mean) / one.Deviation))];
            double sum = shares.Sum();
            for (int i = 0; i < shares.Length; i++) votes[i] += shares[i] /= sum;
            int best = Array.IndexOf(shares, shares.Max());
            words.Add(new WordVote(word, names[best].Trim(), (float)shares[best]));
        }

        return new WordCategories([.. names.Select((name, i) => new ScoredWord(name.Trim(), (float)(votes[i] / known.Count))).OrderByDescending(one => one.Score)], words, unknown);
    }

    /// <summary>Words with a vector that are not among the commonest, unless there are no others.</summary>
    private static (List<(string Word, int Row)> Known, List<string> Unknown) Read(WordVectors vectors, string text)
    {
        List<(string Word, int Row)> known = [];
        List<string> unknown = [];
        foreach (string word in EnglishWords.Split(text))
        {
            if (!word.Any(char.IsLetter)) continue;
            if (vectors.TryFindRow(word, out int row)) known.Add((word, row));
            else unknown.Add(word);
        }

        List<(string Word, int Row)> telling = known.FindAll(one => one.Row >= Math.Min(Commonest, vectors.Count / 10));
        return (telling.Count > 0 ? telling : known, unknown);
    }

    private static (float[] Vector, float Mean, float Deviation) Category(WordVectors vectors, string name)
    {
        float[] sum = new float[vectors.Width], unit = new float[vectors.Width];
        string[] words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) throw new ArgumentException("WordCategories: a category has no name.");
        foreach (string word in words)
        {
            ReadOnlySpan<float> row = vectors.UnitRow(vectors.Find(word));
            for (int i = 0; i < sum.Length; i++) sum[i] += row[i];
        }

        WordVectors.Normalise(sum, unit);
        ReadOnlySpan<float> cosines = vectors.Cosines(sum, "Categories").AsSpan(0, Math.Min(Compared, vectors.Count));
        double mean = 0, squares = 0;
        foreach (float cosine in cosines) mean += cosine;
        mean /= cosines.Length;
        foreach (float cosine in cosines) squares += (cosine - mean) * (cosine - mean);
        return (unit, (float)mean, (float)Math.Max(1e-6, Math.Sqrt(squares / cosines.Length)));
    }
}
