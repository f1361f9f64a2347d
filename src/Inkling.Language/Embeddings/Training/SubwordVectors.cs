namespace Inkling.Language;

/// <summary>
/// Vectors of words and of their parts: also words that were never seen have one, the mean of those of their parts that some word of the corpus has (Bojanowski et al. 2017, §5.2). Kept
/// as a file of word vectors in any format, with the parts in a file beside it.
/// </summary>
/// <example><code>
/// SubwordVectors vectors = new SubwordTrainer().TrainParts(corpus, new WordVectorTrainingOptions());
/// vectors.Save("words.bin");
/// SubwordVectors.Load("words.bin").Nearest("unheardof");
/// </code></example>
public sealed class SubwordVectors
{
    private readonly Dictionary<int, int> _rows;
    private readonly float[] _values;

    /// <param name="words">The words.</param>
    /// <param name="parts">How words fall into parts.</param>
    /// <param name="buckets">The buckets that were learnt, ascending, B of them.</param>
    /// <param name="values">Their vectors, <c>[B, E]</c>.</param>
    internal SubwordVectors(WordVectors words, Subwords parts, int[] buckets, float[] values)
    {
        (Words, Parts, Buckets, _values) = (words, parts, buckets, values);
        _rows = new Dictionary<int, int>(buckets.Length);
        for (int i = 0; i < buckets.Length; i++) _rows.Add(buckets[i], i);
    }

    /// <summary>The words of the corpus; the vector of each is the mean of its own row and those of its parts.</summary>
    public WordVectors Words { get; }

    /// <summary>How words fall into parts.</summary>
    public Subwords Parts { get; }

    internal int[] Buckets { get; }

    internal float[] Values => _values;

    /// <summary>Reads vectors of words and, beside them, of their parts.</summary>
    /// <param name="path">The file or folder of word vectors, of any format.</param>
    /// <exception cref="FileNotFoundException">There is nothing of that name, or no parts beside it.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, of another version, or the parts are of other words; the message says which.</exception>
    public static SubwordVectors Load(string path) => SubwordFile.Read(path, WordVectorFormats.Read(path));

    /// <summary>Whether there are vectors of parts beside a file or folder of word vectors.</summary>
    /// <param name="path">The file or folder.</param>
    public static bool AreBeside(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return File.Exists(SubwordFile.PathOf(path));
    }

    /// <summary>Removes the vectors of parts that lie beside a file or folder of word vectors, if there are any: they are of no use to other words.</summary>
    /// <param name="path">The file or folder.</param>
    /// <exception cref="IOException">They cannot be removed.</exception>
    public static void RemoveBeside(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (AreBeside(path)) File.Delete(SubwordFile.PathOf(path));
    }

    /// <summary>Writes the words in a format, and the parts beside them: <c>PATH.parts.safetensors</c>, or <c>parts.safetensors</c> within a folder.</summary>
    /// <param name="path">The file or folder of word vectors.</param>
    /// <param name="format">The format of the words; null, the default, for what the name's ending says.</param>
    /// <exception cref="ArgumentException">The ending says nothing, or a word cannot be written in the format.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Save(string path, IWordVectorFormat? format = null)
    {
        format ??= WordVectorFormats.ForName(path);
        // The words first: should they not be writable, both files stay as they were. Parts of another list of words are refused when they are read.
        format.Write(Words, path);
        SubwordFile.Write(this, path);
    }

    /// <summary>The words whose vectors point most nearly the way of another's, known or not.</summary>
    /// <param name="word">The word; letter case is forgiven where it is known. It is not among the answers.</param>
    /// <param name="count">How many, at least 1. Default: 10.</param>
    /// <exception cref="ArgumentException">The word is not known and has no known part; the message offers near spellings.</exception>
    public IReadOnlyList<ScoredWord> Nearest(string word, int count = 10)
    {
        float[] vector = new float[Words.Width];
        return Words.TryFindRow(word, out _) || !Write(word.Trim(), vector) || !vector.AsSpan().ContainsAnyExcept(0) ? Words.Nearest(word, count) : Words.Nearest(vector, count);
    }

    /// <summary>Writes the vector of any word.</summary>
    /// <param name="word">The word, known or not.</param>
    /// <param name="vector">Room for it, <c>[E]</c>.</param>
    /// <returns>False if it is not known and no word of the corpus has one of its parts; then the vector is all zeros.</returns>
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
        int[] rows = [.. Parts.Of(word).Where(_rows.ContainsKey).Select(part => _rows[part])];
        foreach (int row in rows)
        {
            ReadOnlySpan<float> part = _values.AsSpan(row * vector.Length, vector.Length);
            for (int i = 0; i < vector.Length; i++) vector[i] += part[i] / rows.Length;
        }

        return rows.Length > 0;
    }
}
