using Inkling.App.Running;
using Inkling.App.Words;
using Inkling.Language;

namespace Inkling.App.Studio.Embeddings;

/// <summary>The shipped word vectors for the page, read when they are first asked for, and one map at a time.</summary>
internal sealed class WordDesk
{
    /// <summary>What people may ask at once.</summary>
    public const int MostCharacters = 20_000, MostNeighbors = 30, MostMapped = 60;

    private readonly Lock _turn = new();
    private readonly Lazy<WordVectors> _vectors = new(() => ShippedVectors.Load(null), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The vectors.</summary>
    /// <exception cref="FailureException">There are none.</exception>
    public WordVectors Vectors => _vectors.Value;

    /// <summary>What a text is about.</summary>
    /// <param name="text">The text.</param>
    /// <param name="names">Categories, with commas or ends of lines between them.</param>
    public WordCategories Categories(string text, string names) => WordCategories.Of(Vectors, Bounded(text), Split(Bounded(names), [',', ';', '\n']));

    /// <summary>Where words lie.</summary>
    /// <param name="words">Words, with anything but letters between them.</param>
    /// <param name="method"><c>pca</c> or <c>tsne</c>.</param>
    /// <param name="neighbors">Nearest words of each that are shown too.</param>
    /// <param name="stop">Ends it early.</param>
    public WordMap Map(string words, string? method, int neighbors, CancellationToken stop = default)
    {
        string[] asked = Split(Bounded(words), [',', ';', '\n', ' ', '\t']);
        if (asked.Length > MostMapped) throw new FailureException($"the map takes up to {MostMapped} words; {asked.Length} were given");
        lock (_turn)
        {
            stop.ThrowIfCancellationRequested();
            WordMap map = WordMap.Of(Vectors, asked, Math.Clamp(neighbors, 0, MostNeighbors), method == "pca" ? WordMapMethod.Pca : WordMapMethod.Tsne, stop);
            stop.ThrowIfCancellationRequested();
            return map;
        }
    }

    private static string[] Split(string text, char[] between) => text.Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Bounded(string text) => text.Length <= MostCharacters ? text : throw new FailureException($"the text has {text.Length} characters; the page takes up to {MostCharacters}");
}
