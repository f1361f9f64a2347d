using Inkling.Training.Data;

namespace Inkling.Language;

/// <summary>Pairs of sequences as a data set for an <see cref="EncoderDecoder"/>; its loader must put time first.</summary>
/// <remarks>
/// Three fields: <c>source</c>, the source symbols and the end, padded with the end; <c>target</c>, the target symbols and the end, padded with −1, which
/// losses ignore; <c>given</c>, the begin and the target symbols, padded with the end.
/// </remarks>
public static class SequencePairs
{
    /// <summary>The name of what is read.</summary>
    public const string Source = "source";

    /// <summary>The name of what shall be written.</summary>
    public const string Target = "target";

    /// <summary>The name of what the decoder has before it at each step.</summary>
    public const string Given = "given";

    /// <summary>Makes a set.</summary>
    /// <param name="sources">Source symbols without begin and end, at least one in each.</param>
    /// <param name="targets">Target symbols of each, without begin and end; one that is empty is learnt as such.</param>
    /// <exception cref="ArgumentException">There are no pairs, or not as many targets as sources, or a source is empty, or a sequence holds begin, end or a negative number; the message names the pair.</exception>
    public static DataSet ToDataSet(IReadOnlyList<int[]> sources, IReadOnlyList<int[]> targets)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(targets);
        if (sources.Count == 0) throw new ArgumentException("SequencePairs: there are no pairs.", nameof(sources));
        if (sources.Count != targets.Count) throw new ArgumentException($"SequencePairs: {sources.Count} sources and {targets.Count} targets; each source needs its target.", nameof(targets));
        for (int i = 0; i < sources.Count; i++)
        {
            if (sources[i].Length == 0) throw new ArgumentException($"SequencePairs: the source of pair {i} is empty. Leave such pairs out.", nameof(sources));
            Check(sources[i], i, Source);
            Check(targets[i], i, Target);
        }

        return new ArrayDataSet(
            DataColumn.Sequences(Source, [.. sources.Select(symbols => (int[])[.. symbols, EncoderDecoder.End])], EncoderDecoder.End),
            DataColumn.Sequences(Target, [.. targets.Select(symbols => (int[])[.. symbols, EncoderDecoder.End])], -1),
            DataColumn.Sequences(Given, [.. targets.Select(symbols => (int[])[EncoderDecoder.Begin, .. symbols])], EncoderDecoder.End));
    }

    private static void Check(int[] symbols, int pair, string side)
    {
        foreach (int symbol in symbols)
        {
            if (symbol <= EncoderDecoder.End) throw new ArgumentException($"SequencePairs: the {side} of pair {pair} holds symbol {symbol}; 0 and 1 are begin and end, which are added here, and symbols are not negative.");
        }
    }
}
