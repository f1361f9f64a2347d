namespace Inkling.Language;

/// <summary>
/// Lays a corpus out in batches of <c>[T, B]</c> for truncated back-propagation: the sequences of a pass follow each other in one
/// stream, which is cut at sequence boundaries into <c>B</c> lanes of nearly equal length; batch k holds tokens <c>kT … (k+1)T − 1</c> of
/// each lane. So the recurrent state of a lane carries over from batch to batch and is cleared where a sequence begins.
/// </summary>
/// <remarks>
/// A batch depends on (seed, epoch, number) only, which makes resuming exact. Shuffled lanes that end early read on in the next lane's
/// sequences, so that all batches are full; unshuffled ones are padded, so that each target counts once.
/// </remarks>
public sealed class BatchSource
{
    /// <summary>The target of positions that do not count.</summary>
    public const int Ignore = -1;

    private readonly TokenCorpus _corpus;
    private readonly BatchOptions _options;
    private readonly EpochOrder _order;
    private readonly long[] _ends;
    private readonly long[] _laneStarts;
    private long _epoch = -1;
    private int _sequences;

    /// <summary>Prepares the batches of a corpus.</summary>
    /// <exception cref="ArgumentException">The corpus is empty, or an option is out of range.</exception>
    public BatchSource(TokenCorpus corpus, BatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(options);
        if (corpus.Count == 0) throw new ArgumentException("BatchSource: the corpus is empty.", nameof(corpus));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Lanes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, 1);
        _corpus = corpus;
        _options = options;
        _order = new EpochOrder(corpus, options);
        _ends = new long[_order.Capacity];
        _laneStarts = new long[options.Lanes + 1];
        if (options.Shuffle)
        {
            BatchesPerEpoch = Math.Max(1, _order.ExpectedPositions / ((long)options.Lanes * options.Steps));
        }
        else
        {
            Prepare(0);
            for (int lane = 0; lane < options.Lanes; lane++)
                BatchesPerEpoch = Math.Max(BatchesPerEpoch, (_laneStarts[lane + 1] - _laneStarts[lane] + options.Steps - 1) / options.Steps);
        }
    }

    /// <summary>Batches in one pass.</summary>
    public long BatchesPerEpoch { get; }

    /// <summary>Writes one batch; allocates nothing after the first pass has begun.</summary>
    /// <param name="epoch">The pass, from 0.</param>
    /// <param name="batch">The batch in the pass, 0 … <see cref="BatchesPerEpoch"/> − 1.</param>
    /// <param name="inputs"><c>[T, B]</c> The tokens.</param>
    /// <param name="targets"><c>[T, B]</c> The next tokens, or <see cref="Ignore"/>.</param>
    /// <param name="resets"><c>[T, B]</c> 1 where a sequence begins.</param>
    /// <returns>How many positions are targets, and how many hold a token.</returns>
    public (int Targets, int Tokens) Fill(long epoch, long batch, Span<int> inputs, Span<int> targets, Span<int> resets)
    {
        Prepare(epoch);
        resets.Clear();
        int counted = 0, tokens = 0;
        for (int lane = 0; lane < _options.Lanes; lane++)
        {
            (int laneTargets, int laneTokens) = FillLane(lane, batch, inputs, targets, resets);
            counted += laneTargets;
            tokens += laneTokens;
        }

        return (counted, tokens);
    }

    private (int Targets, int Tokens) FillLane(int lane, long batch, Span<int> inputs, Span<int> targets, Span<int> resets)
    {
        int lanes = _options.Lanes, counted = 0;
        long total = _ends[_sequences - 1], position = _laneStarts[lane] + (batch * _options.Steps), end = _laneStarts[lane + 1];
        int t = 0, at = -1, offset = 0;
        for (; t < _options.Steps && (_options.Shuffle || position < end); t++, position++, offset++)
        {
            if (at < 0 || offset == _corpus.Positions(_order[at])) (at, offset) = Find(position % total);
            int sequence = _order[at];
            ReadOnlySpan<ushort> tokens = _corpus.Sequence(sequence);
            bool isTarget = _options.HeadTargets || offset + 1 >= _corpus.BodyStart(sequence);
            int cell = (t * lanes) + lane;
            inputs[cell] = tokens[offset];
            targets[cell] = isTarget ? tokens[offset + 1] : Ignore;
            if (offset == 0) resets[cell] = 1;
            if (isTarget) counted++;
        }

        for (int rest = t; rest < _options.Steps; rest++)
        {
            inputs[(rest * lanes) + lane] = 0;
            targets[(rest * lanes) + lane] = Ignore;
        }

        return (counted, t);
    }

    /// <summary>The sequence of the stream that holds a position, and where in it.</summary>
    private (int At, int Offset) Find(long position)
    {
        int at = Array.BinarySearch(_ends, 0, _sequences, position + 1);
        if (at < 0) at = ~at;
        return (at, (int)(position - (at == 0 ? 0 : _ends[at - 1])));
    }

    /// <summary>Orders the sequences of a pass and cuts them into lanes.</summary>
    private void Prepare(long epoch)
    {
        if (epoch == _epoch) return;
        _epoch = epoch;
        _sequences = _order.Shuffle(epoch);
        long total = 0;
        for (int i = 0; i < _sequences; i++) _ends[i] = total += _corpus.Positions(_order[i]);
        for (int lane = 0; lane <= _options.Lanes; lane++)
        {
            long ideal = total * lane / _options.Lanes;
            (int at, int offset) = ideal < total ? Find(ideal) : (_sequences, 0);
            _laneStarts[lane] = ideal == total ? total : offset == 0 ? ideal : _ends[at];
        }
    }
}
