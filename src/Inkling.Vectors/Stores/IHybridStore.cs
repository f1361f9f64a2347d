namespace Inkling.Vectors;

/// <summary>
/// Texts with their vectors, found by words and by meaning together, wherever they are kept: in memory, in a folder (<see cref="LocalHybridStore"/>) or on a server
/// (<c>PostgresHybridStore</c> of <c>Inkling.Vectors.Postgres</c>). Safe to use from several threads.
/// </summary>
public interface IHybridStore : IDisposable
{
    /// <summary>Elements of a vector.</summary>
    int Dimensions { get; }

    /// <summary>What is near.</summary>
    Metric Metric { get; }

    /// <summary>Entries in it.</summary>
    long Count { get; }

    /// <summary>Adds entries or replaces those of their keys: all or none. Of two with the same key the later one counts.</summary>
    /// <exception cref="ArgumentException">A vector cannot be taken; the message says why.</exception>
    /// <exception cref="HybridStoreException">The store cannot be used.</exception>
    void Set(IReadOnlyList<HybridEntry> entries);

    /// <summary>Removes the entries of some keys.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="HybridStoreException">The store cannot be used.</exception>
    int Remove(IReadOnlyList<long> keys);

    /// <summary>Reads the entries of some keys, in their order; those that are not there are left out.</summary>
    /// <exception cref="HybridStoreException">The store cannot be used.</exception>
    IReadOnlyList<HybridEntry> Read(IReadOnlyList<long> keys);

    /// <summary>The best by words and vector, fused by their ranks as <see cref="ReciprocalRankFusion"/> does.</summary>
    /// <param name="text">Words to look for; an entry fits if it has one of them. Empty for the vector alone.</param>
    /// <param name="vector">The vector of what is looked for. Empty for the words alone.</param>
    /// <param name="k">How many, 1 to 10,000; fewer are found where there are fewer.</param>
    /// <param name="filter">Which may be found; null for all.</param>
    /// <param name="options">Numbers of candidates, constant and weights of the fusion; its own filter must be null.</param>
    /// <exception cref="ArgumentException">The vector cannot be taken, or a number is out of range.</exception>
    /// <exception cref="HybridStoreException">The store cannot be used.</exception>
    HybridHit[] Search(string text, ReadOnlySpan<float> vector, int k, HybridFilter? filter = null, HybridSearchOptions? options = null);

    /// <summary>Makes what was changed outlive this process, where that is not so already. Whoever is killed on the way leaves what was saved before.</summary>
    /// <exception cref="HybridStoreException">The store cannot be used.</exception>
    void Save();
}
