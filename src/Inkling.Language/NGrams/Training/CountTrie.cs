namespace Inkling.Language;

/// <summary>
/// All n-grams of a text up to an order as a trie: level k holds the n-grams of k + 1 tokens in order, and the children of an n-gram, its
/// continuations by one token, are a range of the next level.
/// </summary>
internal sealed class CountTrie
{
    private CountTrie(CountLevel[] levels, bool[] partMark, bool knowsSources) =>
        (Levels, PartMark, KnowsSources) = (levels, partMark, knowsSources);

    public CountLevel[] Levels { get; }

    /// <summary>Whether each token begins a part: it is context, but never predicted.</summary>
    public bool[] PartMark { get; }

    /// <summary>Whether it is known which n-grams occur in two sources.</summary>
    public bool KnowsSources { get; }

    public int Order => Levels.Length;

    /// <summary>The probability, in no context, of a token that never occurred.</summary>
    public float Unseen { get; set; }

    public static CountTrie Count(
        TokenStream stream, bool[] partMark, bool withSources, Action<NGramTrainingStage, double> report, CancellationToken cancellationToken)
    {
        byte[] lengths = stream.Lengths(partMark);
        int[] places = PlaceSorter.Sort(stream, lengths, partMark.Length, done => report(NGramTrainingStage.Sorting, done), cancellationToken);
        report(NGramTrainingStage.Counting, 0);
        var sizes = new int[stream.Order];
        ReadOnlySpan<ushort> tokens = stream.Tokens;
        for (int i = 0; i < places.Length; i++)
        {
            if (i % (1 << 20) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            for (int level = i == 0 ? 0 : Common(tokens, lengths, places[i - 1], places[i]); level < lengths[places[i]]; level++)
                sizes[level]++;
        }
        CountLevel[] levels = [.. sizes.Select(size => new CountLevel(size))];
        report(NGramTrainingStage.Counting, 0.3);
        Fill(levels, tokens, lengths, places, withSources ? stream.SourceOfPlaces() : null, cancellationToken);
        var trie = new CountTrie(levels, partMark, withSources);
        report(NGramTrainingStage.Counting, 0.7);
        for (int level = 1; level < levels.Length; level++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            trie.Link(level);
        }
        return trie;
    }

    /// <summary>The number of leading tokens that the n-grams at two places share.</summary>
    private static int Common(ReadOnlySpan<ushort> tokens, byte[] lengths, int a, int b)
    {
        int most = Math.Min(lengths[a], lengths[b]);
        int common = 0;
        while (common < most && tokens[a + common] == tokens[b + common])
            common++;
        return common;
    }

    private static void Fill(
        CountLevel[] levels, ReadOnlySpan<ushort> tokens, byte[] lengths, int[] places, int[]? sources, CancellationToken cancellationToken)
    {
        var open = new int[levels.Length];          // the n-gram of each level that the current place begins with
        var firstSource = new int[levels.Length];
        Array.Fill(open, -1);
        for (int i = 0; i < places.Length; i++)
        {
            if (i % (1 << 20) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            int place = places[i];
            int common = i == 0 ? 0 : Common(tokens, lengths, places[i - 1], place);
            int source = sources is null ? 0 : sources[place];
            for (int level = 0; level < lengths[place]; level++)
            {
                CountLevel nodes = levels[level];
                if (level >= common)
                {
                    int node = ++open[level];
                    nodes.Tokens[node] = tokens[place + level];
                    firstSource[level] = source;
                    if (level + 1 < levels.Length)
                        nodes.First[node] = open[level + 1] + 1;
                }
                nodes.Counts[open[level]]++;
                if (source != firstSource[level])
                    nodes.TwoSources[open[level]] = true;
            }
        }
        for (int level = 0; level + 1 < levels.Length; level++)
            levels[level].First[levels[level].Size] = levels[level + 1].Size;
    }

    /// <summary>Finds, for every n-gram of a level, the same n-gram without its first token, one level down.</summary>
    private void Link(int level)
    {
        CountLevel parents = Levels[level - 1], nodes = Levels[level], below = Levels[level - 1];
        for (int parent = 0; parent < parents.Size; parent++)
        {
            // Where the continuations of the shorter context stand; they include those of the longer one, in the same order.
            int low = level == 1 ? 0 : Levels[level - 2].First[parents.Links[parent]];
            int high = level == 1 ? below.Size : Levels[level - 2].First[parents.Links[parent] + 1];
            for (int node = parents.First[parent]; node < parents.First[parent + 1]; node++)
            {
                low = below.Find(nodes.Tokens[node], low, high);
                nodes.Links[node] = low++;
            }
        }
    }
}

/// <summary>The n-grams of one length, in the order of their tokens.</summary>
internal sealed class CountLevel(int size)
{
    public int Size { get; } = size;

    /// <summary>The last token of each n-gram.</summary>
    public ushort[] Tokens { get; } = new ushort[size];

    /// <summary>How often each n-gram occurs.</summary>
    public int[] Counts { get; } = new int[size];

    /// <summary>Where the children of each n-gram begin in the next level; one entry more than there are n-grams.</summary>
    public int[] First { get; } = new int[size + 1];

    /// <summary>The n-gram without its first token, in the level below.</summary>
    public int[] Links { get; } = new int[size];

    /// <summary>Whether each n-gram occurs in two different sources.</summary>
    public bool[] TwoSources { get; } = new bool[size];

    /// <summary>The count that smoothing works with: of the longest n-grams their number, of shorter ones the number of tokens seen before them.</summary>
    public int[] Adjusted { get; set; } = [];

    /// <summary>The probability of the last token after the others.</summary>
    public float[] Probabilities { get; set; } = [];

    /// <summary>The share of the probability after each n-gram that its own continuations take; the rest goes to the shorter context.</summary>
    public float[] Mass { get; set; } = [];

    /// <summary>The sum of the adjusted counts of the children of each n-gram.</summary>
    public double[] Totals { get; set; } = [];

    /// <summary>Whether each n-gram is kept.</summary>
    public bool[] Kept { get; set; } = [];

    /// <summary>The node of a token in a range, which must hold it.</summary>
    public int Find(ushort token, int low, int high)
    {
        // Neighbours in a longer context are often neighbours in the shorter one: gallop from where the last one was found.
        int step = 1;
        while (low + step < high && Tokens[low + step] <= token)
        {
            low += step;
            step *= 2;
        }
        high = Math.Min(high, low + step);
        return Array.BinarySearch(Tokens, low, high - low, token);
    }
}
