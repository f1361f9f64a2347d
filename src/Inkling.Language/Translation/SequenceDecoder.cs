using System.Runtime.InteropServices;
using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// Writes the likeliest targets that an <see cref="EncoderDecoder"/> finds for sources, by beam search over many sources at once (Sutskever et al. 2014, §3.2).
/// </summary>
/// <remarks>
/// At each step, the beginnings of a target that are best so far (as many as <see cref="DecodingOptions.BeamSize"/>) are continued by each symbol; those
/// among the best that end are put aside, the best of the others are continued. A search ends when as many have ended as the beam is wide, and the best
/// of them by <c>ln P / n^α</c> is the result; what has not ended when a target may not become longer is taken as it is. Sources of like length go
/// together; in which company a source is decoded changes its result by no more than rounding. One thread at a time.
/// </remarks>
public sealed class SequenceDecoder : IDisposable
{
    private readonly EncoderDecoder _model;
    private readonly Tape _tape;
    private readonly Indices _source, _lengths, _given;

    /// <summary>Prepares decoding; the model is read each time.</summary>
    /// <param name="model">A built model.</param>
    /// <param name="team">The threads; null for all cores. Results do not depend on it.</param>
    public SequenceDecoder(EncoderDecoder model, Team? team = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _tape = new Tape(new TapeOptions { Team = team ?? Team.Shared, Recording = false, Name = "decoding" });
        _source = _tape.Indices([1, 1]);
        _lengths = _tape.Indices([1]);
        _given = _tape.Indices([1, 1]);
    }

    /// <summary>Decodes sources.</summary>
    /// <param name="sources">Source symbols without begin and end.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The best target of each source, in the same order.</returns>
    /// <exception cref="ArgumentException">A source is empty or too long, or holds a symbol that the model does not know; the message names it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public IReadOnlyList<DecodedSequence> Decode(IReadOnlyList<int[]> sources, DecodingOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        options ??= new DecodingOptions();
        options.Validate();
        for (int i = 0; i < sources.Count; i++) Check(sources[i], i, options.LongestSource);
        DecodedSequence[] results = new DecodedSequence[sources.Count];
        int[] order = [.. Enumerable.Range(0, sources.Count).OrderByDescending(i => sources[i].Length)];
        foreach (int[] batch in order.Chunk(options.BatchSize))
        {
            Beam[] beams = [.. batch.Select(i => new Beam(options, options.Longest(sources[i].Length)))];
            Search(Read([.. batch.Select(i => sources[i])]), beams, cancellation);
            for (int i = 0; i < batch.Length; i++) results[batch[i]] = beams[i].Best();
        }

        return results;
    }

    /// <summary>Where the model looks while it writes a given target.</summary>
    /// <param name="source">Source symbols without begin and end.</param>
    /// <param name="target">Target symbols without begin and end.</param>
    /// <returns>A row for each target symbol and the end, in it a share for each source symbol and the end; each row adds up to 1.</returns>
    /// <exception cref="ArgumentException">The source is empty, or a symbol is unknown.</exception>
    public float[,] Attention(int[] source, IReadOnlyList<int> target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Check(source, 0, int.MaxValue);
        CheckSymbols(target, "the target", _model.Config.TargetVocabulary);
        Begin([source]);
        Tensor[] hidden = new Tensor[_model.Config.Layers], cell = new Tensor[_model.Config.Layers];
        Tensor memory = _model.Encode(_source, _lengths, hidden, cell);
        _given.Resize([target.Count + 1, 1]);
        _given.Write([EncoderDecoder.Begin, .. target]);
        _model.Decode(_given, hidden, cell, [], [], _model.Keys(memory), memory, _lengths, out Tensor weights);
        float[,] result = new float[target.Count + 1, source.Length + 1];
        weights.Values.CopyTo(MemoryMarshal.CreateSpan(ref result[0, 0], result.Length));
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => _tape.Dispose();

    /// <summary>Reads sources; what the search needs is copied, for it outlives the step.</summary>
    private EncodedSources Read(int[][] sources)
    {
        Begin(sources);
        Tensor[] hidden = new Tensor[_model.Config.Layers], cell = new Tensor[_model.Config.Layers];
        Tensor memory = _model.Encode(_source, _lengths, hidden, cell), keys = _model.Keys(memory);
        return new EncodedSources(memory, keys, _lengths.Values.ToArray(), [.. hidden.Concat(cell).Select(state => state.ToArray())]);
    }

    private void Begin(int[][] sources)
    {
        _tape.Begin();
        int longest = sources.Max(source => source.Length) + 1, count = sources.Length;
        _source.Resize([longest, count]);
        _lengths.Resize([count]);
        Span<int> symbols = _source.Values;
        symbols.Fill(EncoderDecoder.End);
        for (int b = 0; b < count; b++)
        {
            for (int t = 0; t < sources[b].Length; t++) symbols[(t * count) + b] = sources[b][t];
            _lengths.Values[b] = sources[b].Length + 1;
        }
    }

    private void Search(EncodedSources encoded, Beam[] beams, CancellationToken cancellation)
    {
        int vocabulary = _model.Config.TargetVocabulary;
        List<BeamRow> rows = [.. beams.Select((beam, i) => new BeamRow(i, i, beam.Start))];
        while (rows.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            encoded.Take(rows);
            ReadOnlySpan<float> scores = Step(encoded, rows);
            List<BeamRow> next = [];
            for (int first = 0; first < rows.Count;)
            {
                int sentence = rows[first].Sentence, count = 1;
                while (first + count < rows.Count && rows[first + count].Sentence == sentence) count++;
                beams[sentence].Advance(CollectionsMarshal.AsSpan(rows).Slice(first, count), first, scores.Slice(first * vocabulary, count * vocabulary), next);
                first += count;
            }

            rows = next;
        }
    }

    /// <summary>One step of all rows; the states after it are kept.</summary>
    /// <returns>The logarithm of the probability of each symbol, <c>[rows, V_t]</c>.</returns>
    private ReadOnlySpan<float> Step(EncodedSources encoded, List<BeamRow> rows)
    {
        int layers = _model.Config.Layers;
        _tape.Begin();
        _given.Resize([1, rows.Count]);
        _lengths.Resize([rows.Count]);
        for (int r = 0; r < rows.Count; r++)
        {
            _given.Values[r] = rows[r].Path.Symbol;
            _lengths.Values[r] = encoded.Lengths[rows[r].Sentence];
        }

        Tensor[] states = [.. encoded.States.Select(state => _tape.Constant([rows.Count, _model.Config.HiddenWidth], state))], last = new Tensor[2 * layers];
        Tensor memory = _tape.Constant([encoded.Steps, rows.Count, encoded.MemoryWidth], encoded.Memory), keys = _tape.Constant([encoded.Steps, rows.Count, encoded.KeyWidth], encoded.Keys);
        Tensor features = _model.Decode(_given, states.AsSpan(0, layers), states.AsSpan(layers), last.AsSpan(0, layers), last.AsSpan(layers), keys, memory, _lengths, out _);
        Tensor scores = _model.Scores(features).LogSoftmax();
        for (int i = 0; i < last.Length; i++) encoded.States[i] = last[i].ToArray();
        return scores.Values;
    }

    private void Check(int[] source, int number, int longest)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Length == 0) throw new ArgumentException($"SequenceDecoder: source {number} is empty; leave it out.");
        if (source.Length > longest) throw new ArgumentException($"SequenceDecoder: source {number} has {source.Length} symbols; at most {longest} are read. Divide it, or raise LongestSource.");
        CheckSymbols(source, $"source {number}", _model.Config.SourceVocabulary);
    }

    private static void CheckSymbols(IReadOnlyList<int> symbols, string what, int vocabulary)
    {
        for (int i = 0; i < symbols.Count; i++)
        {
            if (symbols[i] <= EncoderDecoder.End || symbols[i] >= vocabulary)
                throw new ArgumentException($"SequenceDecoder: {what} has symbol {symbols[i]} at place {i}; the model knows {EncoderDecoder.End + 1} to {vocabulary - 1}. Does it come from another vocabulary?");
        }
    }
}
