using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// Which sequences a pass reads, in which order. A group of weight w contributes w times its sequences: each pass goes on where the
/// last one stopped in a fixed random walk over the group, so that a quarter a pass is all of it after four. The chosen ones are then shuffled.
/// </summary>
internal sealed class EpochOrder
{
    private const ulong WalkStream = 0x57A1C, ShuffleStream = 0x5F1E;

    private readonly BatchOptions _options;
    private readonly int[][] _walks;
    private readonly int[] _takes;
    private readonly int[] _order;

    public EpochOrder(TokenCorpus corpus, BatchOptions options)
    {
        if (options.GroupWeights.Count > 0 && options.GroupWeights.Count != corpus.GroupCount)
            throw new ArgumentException($"BatchSource: {options.GroupWeights.Count} weights given for {corpus.GroupCount} groups.", nameof(options));
        _options = options;
        _walks = new int[corpus.GroupCount][];
        _takes = new int[corpus.GroupCount];
        double expected = 0;
        for (int group = 0; group < _walks.Length; group++)
        {
            (int first, int end) = corpus.Group(group);
            double weight = options.GroupWeights.Count > 0 && options.Shuffle ? options.GroupWeights[group] : 1;
            if (!(weight > 0 && weight <= 1000)) throw new ArgumentException($"BatchSource: a group weight of {weight}; it must be more than 0 and at most 1,000.", nameof(options));
            _walks[group] = [.. Enumerable.Range(first, end - first)];
            if (options.Shuffle) Permute(_walks[group], options.Seed, WalkStream + (ulong)group);
            _takes[group] = Math.Max(1, (int)Math.Round(weight * (end - first)));
            long positions = 0;
            for (int i = first; i < end; i++) positions += corpus.Positions(i);
            expected += positions * ((double)_takes[group] / (end - first));
        }

        ExpectedPositions = (long)expected;
        _order = new int[_takes.Sum()];
    }

    /// <summary>Sequences in a pass.</summary>
    public int Capacity => _order.Length;

    /// <summary>Positions of an average pass.</summary>
    public long ExpectedPositions { get; }

    /// <summary>The sequence at a place of the pass.</summary>
    public int this[int at] => _order[at];

    /// <summary>Puts the order of a pass in place and returns the number of its sequences.</summary>
    public int Shuffle(long epoch)
    {
        int count = 0;
        for (int group = 0; group < _walks.Length; group++)
        {
            int[] walk = _walks[group];
            long start = epoch * _takes[group] % walk.Length;
            for (int i = 0; i < _takes[group]; i++) _order[count++] = walk[(start + i) % walk.Length];
        }

        if (_options.Shuffle) Permute(_order, _options.Seed, ShuffleStream + ((ulong)epoch << 24));
        return count;
    }

    /// <summary>Fisher and Yates's shuffle, by counter-based random numbers.</summary>
    private static void Permute(Span<int> items, ulong seed, ulong stream)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            // The high half of a 64×64-bit product maps the random bits to 0 … i without a division's bias that would matter here.
            int j = (int)Math.BigMul(CounterRandom.Bits(seed, stream, (ulong)i), (ulong)i + 1, out _);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
