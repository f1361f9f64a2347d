using Inkling.Numerics;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>The sizes of an attention. h = heads, d = width of a head of queries and keys, e = that of values.</summary>
internal readonly record struct AttentionSizes(int Heads, int Queries, int Keys, int Batch, int HeadWidth, int ValueWidth, int Operands)
{
    /// <summary>Queries whose scores exist at a time. Few, so that a causal mask spares nearly half of the work.</summary>
    public const int Block = 32;

    public int Pairs => Heads * Batch;

    public int KeyOperand => Math.Min(1, Operands - 1);

    public int ValueOperand => Operands - 1;

    public int ScoresLength => Math.Min(Block, Queries) * Keys;

    public int PackedKeys => Gemm.PackedLength(HeadWidth, Keys);

    public int PackedValues => Gemm.PackedLength(ValueWidth, Keys);

    /// <summary>Memory of one part: queries, keys, values, result, keys packed, scores, mask of the dropout.</summary>
    public int ForwardScratch => ((Queries + Keys) * (HeadWidth + ValueWidth)) + PackedKeys + (2 * ScoresLength);

    /// <summary>Memory of one part: all that again with gradients.</summary>
    public int BackwardScratch => (2 * (Queries + Keys) * (HeadWidth + ValueWidth)) + PackedKeys + PackedValues + (4 * ScoresLength);

    /// <summary>Into how many parts the heads of all rows are cut; which part computes one does not change it.</summary>
    public int Parts(Team team)
    {
        const long EnoughWork = 1 << 18;
        long work = (long)Pairs * Queries * Keys * (HeadWidth + ValueWidth);
        return team.Threads == 1 ? 1 : (int)Math.Clamp(work / EnoughWork, 1, Math.Min(Pairs, 4 * team.Threads));
    }

    public (int First, int End) Part(int part, int parts) => ((int)((long)Pairs * part / parts), (int)((long)Pairs * (part + 1) / parts));
}

/// <summary>From scores to weights, for some queries of one head; the same on the way there and back.</summary>
internal readonly struct AttentionScores(AttentionSizes sizes, AttentionRule rule, bool drops, ulong key, Range? mask, int maskRank)
{
    public AttentionSizes Sizes { get; } = sizes;

    public bool Drops { get; } = drops;

    public real Scale => rule.Scale != 0 ? rule.Scale : (real)(1 / Math.Sqrt(Sizes.HeadWidth));

    /// <summary>Keys of a row that count.</summary>
    public int KeysOf(int row) => rule.Lengths is { } lengths ? lengths.Values[row] : Sizes.Keys;

    /// <summary>Of <paramref name="keys"/> keys, those that queries up to, not including, <paramref name="end"/> see.</summary>
    public int Seen(int end, int keys) => rule.Causal ? Math.Min(keys, end + Sizes.Keys - Sizes.Queries) : keys;

    /// <summary>Replaces scores <c>[count, seen]</c> by weights.</summary>
    public void ToWeights(int pair, int first, int count, int seen, Span<real> scores)
    {
        for (int i = 0; i < count; i++)
        {
            Span<real> row = scores.Slice(i * seen, seen);
            int visible = Seen(first + i + 1, seen);
            row[visible..].Clear();
            row = row[..visible];
            if (mask is { } added)
            {
                Elementwise.Add(added.Span.Slice(MaskAt(pair, first + i), visible), row);
                if (real.IsNegativeInfinity(Reduce.Max(row)))
                {
                    row.Clear();
                    continue;
                }
            }

            RowSoftmax.Softmax(row);
        }
    }

    /// <summary>Replaces gradients of weights by gradients of scores, both <c>[count, seen]</c>.</summary>
    public void ToScoreGradients(int first, int count, int seen, ReadOnlySpan<real> weights, Span<real> gradients)
    {
        for (int i = 0; i < count; i++)
        {
            int visible = Seen(first + i + 1, seen);
            SoftmaxGradient.InPlace(weights.Slice(i * seen, visible), gradients.Slice(i * seen, visible));
            gradients.Slice((i * seen) + visible, seen - visible).Clear();
        }
    }

    /// <summary>The mask of the dropout for some queries of one head, a function of these alone.</summary>
    public void FillDropout(int pair, int first, Span<real> dropout) => CounterRandom.FillDropoutMask(dropout, key, ((ulong)pair << 32) | (uint)first, rule.Dropout);

    private int MaskAt(int pair, int query)
    {
        int plane = maskRank == 2 ? 0 : maskRank == 3 ? pair / Sizes.Heads : pair;
        return ((plane * Sizes.Queries) + query) * Sizes.Keys;
    }
}

/// <summary>The forward pass for some heads of some rows of the batch.</summary>
internal struct AttentionForward : IChunkBody
{
    public AttentionScores Scores;
    public int Parts;
    public HeadColumns Queries, Keys, Values, Output;
    public Range Scratch;

    public readonly void Run(int chunk)
    {
        AttentionSizes sizes = Scores.Sizes;
        int d = sizes.HeadWidth, e = sizes.ValueWidth;
        ScratchSpan memory = new(Scratch.Span.Slice(chunk * sizes.ForwardScratch, sizes.ForwardScratch));
        Span<real> q = memory.Take(sizes.Queries * d), k = memory.Take(sizes.Keys * d), v = memory.Take(sizes.Keys * e), y = memory.Take(sizes.Queries * e);
        Span<real> packed = memory.Take(sizes.PackedKeys), scores = memory.Take(sizes.ScoresLength), dropout = memory.Take(sizes.ScoresLength);
        (int start, int end) = sizes.Part(chunk, Parts);
        for (int pair = start; pair < end; pair++)
        {
            int row = pair / sizes.Heads, head = pair % sizes.Heads, keys = Scores.KeysOf(row);
            Queries.Gather(row, head, sizes.Queries, Scores.Scale, q);
            Keys.Gather(row, head, keys, 1, k);
            Values.Gather(row, head, keys, 1, v);
            Gemm.Pack(true, d, keys, k, d, packed);
            for (int i = 0; i < sizes.Queries; i += AttentionSizes.Block)
            {
                int m = Math.Min(AttentionSizes.Block, sizes.Queries - i), n = Scores.Seen(i + m, keys);
                Gemm.MultiplyPacked(m, n, d, q[(i * d)..], d, packed, scores, n, false, Team.Single);
                Scores.ToWeights(pair, i, m, n, scores);
                if (Scores.Drops)
                {
                    Scores.FillDropout(pair, i, dropout[..(m * n)]);
                    Elementwise.Multiply(scores[..(m * n)], dropout[..(m * n)], scores[..(m * n)]);
                }

                Gemm.Multiply(false, false, m, e, n, scores, n, v, e, y[(i * e)..], e, false, Team.Single);
            }

            Output.Scatter(row, head, sizes.Queries, 1, y, accumulate: false);
        }
    }
}

/// <summary>The backward pass for some heads of some rows of the batch.</summary>
internal struct AttentionBackward : IChunkBody
{
    public AttentionScores Scores;
    public int Parts;
    public HeadColumns Queries, Keys, Values, GradOutput, GradQueries, GradKeys, GradValues;
    public bool AddQueries, AddKeys, AddValues;
    public Range Scratch;

    public readonly void Run(int chunk)
    {
        AttentionSizes sizes = Scores.Sizes;
        int d = sizes.HeadWidth, e = sizes.ValueWidth;
        ScratchSpan memory = new(Scratch.Span.Slice(chunk * sizes.BackwardScratch, sizes.BackwardScratch));
        Span<real> q = memory.Take(sizes.Queries * d), k = memory.Take(sizes.Keys * d), v = memory.Take(sizes.Keys * e), gy = memory.Take(sizes.Queries * e);
        Span<real> gq = memory.Take(sizes.Queries * d), gk = memory.Take(sizes.Keys * d), gv = memory.Take(sizes.Keys * e);
        Span<real> packedKeys = memory.Take(sizes.PackedKeys), packedValues = memory.Take(sizes.PackedValues);
        HeadBlock block = new(sizes, memory);
        (int start, int end) = sizes.Part(chunk, Parts);
        for (int pair = start; pair < end; pair++)
        {
            int row = pair / sizes.Heads, head = pair % sizes.Heads, keys = Scores.KeysOf(row);
            Queries.Gather(row, head, sizes.Queries, Scores.Scale, q);
            Keys.Gather(row, head, keys, 1, k);
            Values.Gather(row, head, keys, 1, v);
            GradOutput.Gather(row, head, sizes.Queries, 1, gy);
            Gemm.Pack(true, d, keys, k, d, packedKeys);
            Gemm.Pack(true, e, keys, v, e, packedValues);
            gk.Clear();
            gv.Clear();
            for (int i = 0; i < sizes.Queries; i += AttentionSizes.Block)
            {
                int m = Math.Min(AttentionSizes.Block, sizes.Queries - i), n = Scores.Seen(i + m, keys);
                Gemm.MultiplyPacked(m, n, d, q[(i * d)..], d, packedKeys, block.Weights, n, false, Team.Single);
                Gemm.MultiplyPacked(m, n, e, gy[(i * e)..], e, packedValues, block.Gradients, n, false, Team.Single);
                ReadOnlySpan<real> used = block.ToScoreGradients(Scores, pair, i, m, n);
                Gemm.Multiply(true, false, n, e, m, used, n, gy[(i * e)..], e, gv, e, true, Team.Single);
                Gemm.Multiply(false, false, m, d, n, block.Gradients, n, k, d, gq[(i * d)..], d, false, Team.Single);
                Gemm.Multiply(true, false, n, d, m, block.Gradients, n, q[(i * d)..], d, gk, d, true, Team.Single);
            }

            // The scale is in q already, so the gradient of the keys has it.
            if (GradQueries.Memory.Slab is not null) GradQueries.Scatter(row, head, sizes.Queries, Scores.Scale, gq, AddQueries);
            if (GradKeys.Memory.Slab is not null) GradKeys.Scatter(row, head, sizes.Keys, 1, gk, AddKeys);
            if (GradValues.Memory.Slab is not null) GradValues.Scatter(row, head, sizes.Keys, 1, gv, AddValues);
        }
    }
}

/// <summary>Weights of some queries of one head and their gradients.</summary>
internal readonly ref struct HeadBlock
{
    private readonly Span<real> _dropout;
    private readonly Span<real> _dropped;

    public HeadBlock(AttentionSizes sizes, ScratchSpan memory)
    {
        Weights = memory.Take(sizes.ScoresLength);
        Gradients = memory.Take(sizes.ScoresLength);
        _dropout = memory.Take(sizes.ScoresLength);
        _dropped = memory.Take(sizes.ScoresLength);
    }

    public Span<real> Weights { get; }

    public Span<real> Gradients { get; }

    /// <summary>From scores and gradients of dropped weights to weights and gradients of scores.</summary>
    /// <returns>The weights that met the values.</returns>
    public ReadOnlySpan<real> ToScoreGradients(AttentionScores scores, int pair, int first, int m, int n)
    {
        scores.ToWeights(pair, first, m, n, Weights);
        if (!scores.Drops)
        {
            scores.ToScoreGradients(first, m, n, Weights, Gradients);
            return Weights;
        }

        int length = m * n;
        scores.FillDropout(pair, first, _dropout[..length]);
        Elementwise.Multiply(Weights[..length], _dropout[..length], _dropped[..length]);
        Elementwise.Multiply(Gradients[..length], _dropout[..length], Gradients[..length]);
        scores.ToScoreGradients(first, m, n, Weights, Gradients);
        return _dropped;
    }
}

/// <summary>Memory handed out piece by piece.</summary>
internal ref struct ScratchSpan(Span<real> memory)
{
    private Span<real> _rest = memory;

    public Span<real> Take(int length)
    {
        Span<real> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
