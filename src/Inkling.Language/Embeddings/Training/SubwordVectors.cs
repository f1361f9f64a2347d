namespace Inkling.Language;

/// <summary>Vectors of words and of their parts: also words that were never seen have one, the mean of their parts.</summary>
public sealed class SubwordVectors
{
    private readonly RowTable _rows;
    private readonly int _first;

    internal SubwordVectors(WordVectors words, Subwords parts, RowTable rows)
    {
        Words = words;
        Parts = parts;
        _rows = rows;
        _first = rows.Rows - parts.Buckets;
    }

    /// <summary>The words of the corpus; the vector of each is the mean of its own row and those of its parts.</summary>
    public WordVectors Words { get; }

    /// <summary>How words fall into parts.</summary>
    public Subwords Parts { get; }

    /// <summary>Writes the vector of any word.</summary>
    /// <param name="word">The word, known or not.</param>
    /// <param name="vector">Room for it, <c>[E]</c>.</param>
    /// <returns>False if it is not known and has no parts: too short; then the vector is all zeros.</returns>
    /// <exception cref="ArgumentException"><paramref name="vector"/> is of another width.</exception>
    public bool Write(string word, Span<float> vector)
    {
        if (vector.Length != Words.Width) throw new ArgumentException($"SubwordVectors.Write: room for {vector.Length} numbers; a vector has {Words.Width}.", nameof(vector));
        if (Words.TryFind(word, out ReadOnlySpan<float> known))
        {
            known.CopyTo(vector);
            return true;
        }

        vector.Clear();
        IReadOnlyList<int> parts = Parts.Of(word);
        foreach (int part in parts)
        {
            ReadOnlySpan<float> row = _rows[_first + part];
            for (int i = 0; i < vector.Length; i++) vector[i] += row[i] / parts.Count;
        }

        return parts.Count > 0;
    }
}
