using Inkling.Numerics;
using Inkling.Text;

namespace Inkling.Vectors;

/// <summary>
/// Texts with their vectors, found by words and by meaning together: BM25 and the nearest vectors, fused by their ranks. What has the very word that was asked
/// for and what only means it both come to the top, and what does both comes first.
/// </summary>
public sealed class HybridIndex
{
    private const string FileKind = "hybrid";

    // One change at a time, so that both sides have the same keys.
    private readonly Lock _changes = new();

    /// <summary>Puts two empty indexes together.</summary>
    /// <param name="vectors">An index of vectors that nobody else changes.</param>
    /// <param name="texts">An index of texts that nobody else changes; null for a usual one.</param>
    /// <exception cref="ArgumentException">They do not have equally many.</exception>
    public HybridIndex(VectorIndex vectors, Bm25Index? texts = null)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        (Vectors, Texts) = (vectors, texts ?? new Bm25Index());
        if (Vectors.Count != Texts.Count)
            throw new ArgumentException($"HybridIndex: {Vectors.Count} vectors and {Texts.Count} texts. Give two empty indexes, or two of the same keys.");
    }

    /// <summary>The vectors. Search in it as you like; change it here.</summary>
    public VectorIndex Vectors { get; }

    /// <summary>The texts. Search in it as you like; change it here.</summary>
    public Bm25Index Texts { get; }

    /// <summary>Texts in it.</summary>
    public int Count => Vectors.Count;

    /// <summary>Adds a text and its vector.</summary>
    /// <exception cref="ArgumentException">The key is there already, or the vector cannot be taken. The index is as before.</exception>
    public void Add(long key, string text, ReadOnlySpan<float> vector)
    {
        ArgumentNullException.ThrowIfNull(text);
        lock (_changes)
        {
            Vectors.Add(key, vector);
            Texts.Set(key, text);
        }
    }

    /// <summary>Adds a text and its vector, or replaces those of this key.</summary>
    /// <exception cref="ArgumentException">The vector cannot be taken. The index is as before.</exception>
    public void Set(long key, string text, ReadOnlySpan<float> vector)
    {
        ArgumentNullException.ThrowIfNull(text);
        lock (_changes)
        {
            Vectors.Set(key, vector);
            Texts.Set(key, text);
        }
    }

    /// <summary>Removes a text and its vector.</summary>
    /// <returns>Whether they were there.</returns>
    public bool Remove(long key)
    {
        lock (_changes)
        {
            Texts.Remove(key);
            return Vectors.Remove(key);
        }
    }

    /// <summary>The best of both.</summary>
    /// <param name="text">Words to look for.</param>
    /// <param name="vector">The vector of what is looked for.</param>
    /// <param name="k">How many, 1 to 1,000,000; fewer are found where there are fewer.</param>
    /// <param name="options">How to search; null for the usual way.</param>
    /// <exception cref="ArgumentException">The vector cannot be taken, or a number is out of range.</exception>
    /// <exception cref="InvalidDataException">The index was opened from a file that is damaged.</exception>
    public HybridHit[] Search(string text, ReadOnlySpan<float> vector, int k, HybridSearchOptions? options = null)
        => Search(Vectors, Texts, text, vector, k, options ?? new HybridSearchOptions());

    /// <summary>The best of two indexes, which need not have the same keys.</summary>
    internal static HybridHit[] Search(VectorIndex vectors, Bm25Index texts, string text, ReadOnlySpan<float> vector, int k, HybridSearchOptions options)
    {
        int candidates = int.Max(k, options.Candidates);
        List<long> byText = [.. texts.Search(text, candidates, options.Filter).Select(hit => hit.Key)];
        List<long> byVector = [.. vectors.Search(vector, candidates, new SearchOptions { Filter = options.Filter, Ef = options.Ef }).Select(hit => hit.Key)];
        return [.. ReciprocalRankFusion.Fuse([byText, byVector], [options.TextWeight, options.VectorWeight], options.Constant)
            .Where(one => one.Score > 0).Take(k).Select(one => new HybridHit(one.Key, one.Score, byText.IndexOf(one.Key) + 1, byVector.IndexOf(one.Key) + 1))];
    }

    /// <summary>Saves both sides in one file; see <see cref="VectorIndex.Save"/>.</summary>
    /// <param name="path">Where; what is there is replaced.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path)
    {
        lock (_changes)
        {
            using SectionWriter writer = new(path);
            Vectors.Write(writer);
            Texts.Write(writer);
            writer.Commit(FileKind);
        }
    }

    /// <summary>Opens a file; see <see cref="VectorIndex.Open"/>.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <param name="analyzer">What made terms of its texts; null for <see cref="WordAnalyzer"/>.</param>
    /// <exception cref="ArgumentException">It was made with another analyzer.</exception>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is no such file, of another version, cut short or damaged; the message says which.</exception>
    public static HybridIndex Open(string path, ITextAnalyzer? analyzer = null)
    {
        SectionFile file = SectionFile.Open(path);
        (VectorIndex vectors, Bm25Index texts) = (VectorIndex.Read(file), Bm25Index.Read(file, analyzer));
        return vectors.Count == texts.Count
            ? new HybridIndex(vectors, texts)
            : throw SectionHeader.Damaged(path, $"it has {vectors.Count} vectors and {texts.Count} texts");
    }

    /// <summary>Compares an opened file with its checksums, all of it.</summary>
    /// <exception cref="InvalidDataException">Something has changed since it was written; the message says where.</exception>
    public void Verify()
    {
        Vectors.Verify();
        Texts.Verify();
    }
}
