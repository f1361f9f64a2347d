using Inkling.App.Running;
using Inkling.Language;

namespace Inkling.App.Words;

/// <summary>How a map is laid out.</summary>
internal enum WordMapMethod
{
    /// <summary><see cref="PrincipalComponents"/>.</summary>
    Pca,

    /// <summary><see cref="Language.Tsne"/>.</summary>
    Tsne,
}

/// <summary>A word on a map.</summary>
/// <param name="Word">The word.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Asked">The number of the word that was asked for and is, or is near to.</param>
/// <param name="IsAsked">Whether it was asked for itself.</param>
internal readonly record struct MappedWord(string Word, MapPoint Place, int Asked, bool IsAsked);

/// <summary>Words and their neighbours in two dimensions.</summary>
/// <param name="Words">All of them; those that were asked for first.</param>
/// <param name="Unknown">Words that were asked for and have no vector.</param>
/// <param name="Method">How they were laid out.</param>
internal sealed record WordMap(IReadOnlyList<MappedWord> Words, IReadOnlyList<string> Unknown, WordMapMethod Method)
{
    /// <summary>The most words that are asked for.</summary>
    public const int MostAsked = 500;

    private const int Steps = 500;

    /// <summary>Lays out words and their nearest ones.</summary>
    /// <exception cref="FailureException">There are not three known words to show, or too many.</exception>
    public static WordMap Of(WordVectors vectors, IReadOnlyList<string> asked, int neighbors, WordMapMethod method, CancellationToken stop)
    {
        if (asked.Count > MostAsked) throw new FailureException($"a map is of up to {MostAsked} words; {asked.Count} were given");
        List<(int Row, int Asked)> shown = [];
        List<string> unknown = [];
        foreach (string word in asked.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!vectors.TryFindRow(word, out int row)) unknown.Add(word);
            else if (!shown.Exists(one => one.Row == row)) shown.Add((row, shown.Count));
        }

        int own = shown.Count;
        HashSet<int> taken = [.. shown.Select(one => one.Row)];
        for (int i = 0; i < own && neighbors > 0; i++)
        {
            foreach (ScoredWord near in vectors.Nearest(vectors[shown[i].Row], neighbors, [shown[i].Row]))
            {
                int row = vectors.Find(near.Word);
                if (shown.Count < Tsne.MostPoints && taken.Add(row)) shown.Add((row, i));
            }
        }

        if (shown.Count < 3) throw new FailureException(unknown.Count > 0
            ? $"a map needs three words or more; {string.Join(", ", unknown.Take(5).Select(word => $"'{word}'"))} {(unknown.Count == 1 ? "is" : "are")} not known"
            : "a map needs three words or more, neighbours included");
        float[] rows = new float[shown.Count * vectors.Width];
        for (int i = 0; i < shown.Count; i++) vectors.UnitVector(shown[i].Row, rows.AsSpan(i * vectors.Width, vectors.Width));
        MapPoint[] places = method == WordMapMethod.Pca ? PrincipalComponents.Map(rows, vectors.Width) : Tsne.Map(rows, vectors.Width, new TsneOptions { Perplexity = Math.Clamp(shown.Count / 5.0, 3, 30), Iterations = Steps }, stop);
        return new WordMap([.. shown.Select((one, i) => new MappedWord(vectors.Words[one.Row], places[i], one.Asked, i < own))], unknown, method);
    }
}
