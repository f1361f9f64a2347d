namespace Inkling.Onnx.Operators;

/// <summary>
/// Which keys a query may look at, and what is added to its scores: the mask given (truth values, or numbers to add), and, with
/// <c>is_causal</c>, only keys up to the query's own position, counted behind what is cached. Keys behind <c>nonpad_kv_seqlen</c> are padding.
/// </summary>
internal sealed class AttentionMask
{
    private readonly OnnxValue? _given;
    private readonly int[] _strides;
    private readonly int _givenKeys;
    private readonly bool _causal;
    private readonly long[]? _lengths;
    private readonly int _heads;
    private readonly int _queries;
    private readonly int _past;

    private AttentionMask(OnnxValue? given, int[] strides, bool causal, long[]? lengths, int heads, int queries, int past)
    {
        _given = given;
        _strides = strides;
        _givenKeys = given?.Sizes[^1] ?? 0;
        _causal = causal;
        _lengths = lengths;
        _heads = heads;
        _queries = queries;
        _past = past;
    }

    /// <summary>Reads the mask of a call.</summary>
    /// <exception cref="OnnxException">It does not broadcast to [batch, heads, queries, keys].</exception>
    public static AttentionMask Of(OperatorCall call, int batch, int heads, int queries, int keys, int past)
    {
        OnnxValue? given = call.Optional(3);
        if (given is not null && given.Type != OnnxElementType.Bool)
            given = Conversion.Convert(given, OnnxElementType.Double);
        int[] strides = new int[4];
        if (given is not null)
        {
            // The mask may have fewer keys than there are; those behind it are closed.
            int[] wanted = [batch, heads, queries, given.Rank == 0 ? 1 : given.Sizes[^1]];
            if (given.Rank == 0 || given.Sizes[^1] > keys || !Dimensions.BroadcastsTo(given.Sizes, wanted))
                throw new OnnxException($"the mask {given.ShapeText} does not broadcast to [{batch}, {heads}, {queries}, {keys}]");
            strides = Dimensions.BroadcastStrides(given.Sizes, wanted);
        }

        long[]? lengths = call.Integers(6);
        if (lengths is not null && lengths.Length != batch)
            throw new OnnxException($"{lengths.Length} key lengths are given for a batch of {batch}");
        return new AttentionMask(given, strides, call.Attributes.Flag("is_causal"), lengths, heads, queries, past);
    }

    /// <summary>Whether every query may look at every key, with nothing added.</summary>
    public bool IsOpen => _given is null && !_causal && _lengths is null;

    /// <summary>What is added to the scores of one query; −∞ closes a key.</summary>
    /// <param name="head">Which head of which entry, <c>entry · heads + head</c>.</param>
    /// <param name="query">The query.</param>
    /// <param name="addends">One for each key; overwritten.</param>
    public void Write(int head, int query, Span<double> addends)
    {
        addends.Clear();
        int batch = head / _heads;
        if (_given is not null)
            WriteGiven((batch * _strides[0]) + (head % _heads * _strides[1]) + (query * _strides[2]), addends);
        long open = addends.Length;
        if (_lengths is not null)
            open = _lengths[batch];
        if (_causal)
        {
            long offset = _past == 0 && _lengths is not null ? _lengths[batch] - _queries : _past;
            open = long.Min(open, query + offset + 1);
        }

        addends[(int)long.Clamp(open, 0, addends.Length)..].Fill(double.NegativeInfinity);
    }

    private void WriteGiven(int start, Span<double> addends)
    {
        for (int key = 0; key < addends.Length; key++)
        {
            addends[key] = key >= _givenKeys
                ? double.NegativeInfinity
                : _given is OnnxValue<bool> truths ? (truths.Data[start + key] ? 0 : double.NegativeInfinity) : ((OnnxValue<double>)_given!).Data[start + key];
        }
    }
}
