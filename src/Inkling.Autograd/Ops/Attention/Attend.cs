using Inkling.Numerics;
using Inkling.Recording;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>
/// Scaled dot-product attention of several heads, <c>softmax(s Q Kᵀ + M) V</c> with <c>s = 1/√d</c> (Vaswani et al. 2017, §3.2.1).
/// </summary>
/// <remarks>
/// Time comes first, as everywhere in this library, and heads stand side by side in a row, so that nothing is transposed: queries
/// <c>[Tq, B, h·d]</c>, keys <c>[Tk, B, h·d]</c>, values <c>[Tk, B, h·e]</c> → <c>[Tq, B, h·e]</c>. One operand is taken as queries, keys and values side
/// by side, <c>[T, B, 3·h·d]</c>; two as queries and <c>[Tk, B, 2·h·d]</c>. A mask M is one operand more: <c>[Tq, Tk]</c>, <c>[B, Tq, Tk]</c> or
/// <c>[B, h, Tq, Tk]</c>, added to the scores, −∞ to hide; it gets no gradient. A query to which all is hidden gets zeros.
/// <para>Scores exist for 32 queries of one head at a time, and are computed again on the way back: memory grows with T, not with T².</para>
/// </remarks>
/// <param name="heads">Number of heads h.</param>
/// <param name="rule">What may be seen, scale, dropout.</param>
/// <param name="masked">Whether the last operand is a mask.</param>
public readonly struct Attend(int heads, AttentionRule rule = default, bool masked = false) : IOp
{
    /// <inheritdoc/>
    public static string Name => "Attention";

    internal int Heads => heads;
    internal AttentionRule Rule => rule;
    internal bool IsMasked => masked;

    /// <inheritdoc/>
    public static double Flops(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => 4.0 * outputs[0].Length * inputs[inputs.Length > 1 && inputs[1].Rank == 3 ? 1 : 0][0];

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        int parts = inputs.Count - (masked ? 1 : 0);
        Shape q = inputs[0], k = inputs[Math.Min(1, parts - 1)], v = inputs[parts - 1];
        if (q.Rank != 3 || k.Rank != 3 || v.Rank != 3) Errors.Shape(Name, $"queries, keys and values are {q}, {k} and {v}; they must be [time, batch, width].");
        if (heads < 1) throw new ArgumentOutOfRangeException(nameof(inputs), $"{Name}: there are {heads} heads; there must be at least one.");
        if (k[0] != v[0] || q[1] != k[1] || k[1] != v[1]) Errors.Shape(Name, $"queries, keys and values are {q}, {k} and {v}; the batches must agree, and so must the steps of keys and values.");
        if (q[0] == 0 || k[0] == 0 || q[1] == 0) Errors.Shape(Name, $"queries {q} or keys {k} are empty; leave empty sequences out.");
        int width = parts == 1 ? q[2] / 3 : q[2], values = parts == 3 ? v[2] : width;
        int wanted = parts == 1 ? 3 * width : parts == 2 ? 2 * width : width;
        if (width == 0 || width % heads != 0 || values == 0 || values % heads != 0 || k[2] != wanted)
            Errors.Shape(Name, $"the widths of {q}, {k} and {v} do not fit {heads} heads; each part must be a multiple of {heads} wide, queries and keys the same.");
        if (rule.Causal && q[0] > k[0]) Errors.Shape(Name, $"there are more queries than keys, {q[0]} and {k[0]}, so that the first would see none. Leave Causal out?");
        if (!(rule.Dropout >= 0 && rule.Dropout < 1)) throw new ArgumentOutOfRangeException(nameof(inputs), $"{Name}: the dropout rate is {rule.Dropout}; it must be at least 0 and less than 1.");
        if (rule.Lengths is not null) SequenceOrder.CheckLengths(Name, rule.Lengths, k[1], k[0]);
        if (masked) CheckMask(inputs[parts], q[0], k[0], q[1]);
        outputs[0] = [q[0], q[1], values];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        AttentionSizes sizes = Sizes(context.InputShape(0), context.InputShape(context.InputCount - (masked ? 2 : 1)), context.OutputShape(), context.InputCount);
        bool drops = rule.Dropout > 0 && context.Recording;
        (ulong seed, ulong stream) = context.Random;
        ulong key = CounterRandom.Bits(seed, stream, 0);
        if (drops)
        {
            Span<int> saved = context.SaveIndices(2);
            (saved[0], saved[1]) = ((int)(uint)key, (int)(uint)(key >> 32));
        }

        int parts = sizes.Parts(context.Team);
        AttentionForward body = new()
        {
            Scores = new AttentionScores(sizes, rule, drops, key, masked ? context.InputRange(context.InputCount - 1) : null, masked ? context.InputShape(context.InputCount - 1).Rank : 0),
            Parts = parts,
            Queries = Columns(context.InputRange(0), sizes, 0),
            Keys = Columns(context.InputRange(sizes.KeyOperand), sizes, 1),
            Values = Columns(context.InputRange(sizes.ValueOperand), sizes, 2),
            Output = new HeadColumns(context.OutputRange(0), sizes.Batch, heads * sizes.ValueWidth, 0, sizes.ValueWidth),
            Scratch = context.ScratchRange(parts * sizes.ForwardScratch),
        };
        context.Team.For(parts, ref body);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        AttentionSizes sizes = Sizes(context.InputShape(0), context.InputShape(context.InputCount - (masked ? 2 : 1)), context.OutputShape(), context.InputCount);
        ulong key = 0;
        if (rule.Dropout > 0) key = (uint)context.SavedIndices(0)[0] | ((ulong)(uint)context.SavedIndices(0)[1] << 32);
        int parts = sizes.Parts(context.Team), operands = context.InputCount - (masked ? 1 : 0);
        AttentionBackward body = new()
        {
            Scores = new AttentionScores(sizes, rule, rule.Dropout > 0, key, masked ? context.InputRange(context.InputCount - 1) : null, masked ? context.InputShape(context.InputCount - 1).Rank : 0),
            Parts = parts,
            Queries = Columns(context.InputRange(0), sizes, 0),
            Keys = Columns(context.InputRange(sizes.KeyOperand), sizes, 1),
            Values = Columns(context.InputRange(sizes.ValueOperand), sizes, 2),
            GradOutput = new HeadColumns(context.OutputGradientRange(0), sizes.Batch, heads * sizes.ValueWidth, 0, sizes.ValueWidth),
            Scratch = context.ScratchRange(parts * sizes.BackwardScratch),
        };
        Range none = default, g0 = none, g1 = none, g2 = none;
        bool a0 = false, a1 = false, a2 = false;
        if (context.NeedsGradient(0)) g0 = context.InputGradientRange(0, out a0);
        if (operands > 1 && context.NeedsGradient(1)) g1 = context.InputGradientRange(1, out a1);
        if (operands > 2 && context.NeedsGradient(2)) g2 = context.InputGradientRange(2, out a2);
        (Range keys, bool addKeys) = operands == 1 ? (g0, a0) : (g1, a1);
        (Range values, bool addValues) = operands == 1 ? (g0, a0) : operands == 2 ? (g1, a1) : (g2, a2);
        (body.GradQueries, body.AddQueries) = (Columns(g0, sizes, 0), a0);
        (body.GradKeys, body.AddKeys) = (Columns(keys, sizes, 1), addKeys);
        (body.GradValues, body.AddValues) = (Columns(values, sizes, 2), addValues);
        context.Team.For(parts, ref body);
    }

    private void CheckMask(Shape mask, int queries, int keys, int batch)
    {
        if (mask != [queries, keys] && mask != [batch, queries, keys] && mask != [batch, heads, queries, keys])
            Errors.Shape(Name, $"the mask is {mask}; it must be [{queries}, {keys}], [{batch}, {queries}, {keys}] or [{batch}, {heads}, {queries}, {keys}].");
    }

    private AttentionSizes Sizes(in Shape query, in Shape value, in Shape output, int inputs)
    {
        int operands = inputs - (masked ? 1 : 0), width = operands == 1 ? query[2] / 3 : query[2];
        return new AttentionSizes(heads, query[0], value[0], query[1], width / heads, output[2] / heads, operands);
    }

    /// <summary>Where queries, keys or values (0, 1, 2) stand in the memory of their operand.</summary>
    private static HeadColumns Columns(Range memory, in AttentionSizes sizes, int which)
    {
        int width = sizes.Heads * (which == 2 ? sizes.ValueWidth : sizes.HeadWidth), first = sizes.Operands == 1 ? which : sizes.Operands == 2 ? Math.Max(0, which - 1) : 0;
        int all = sizes.Operands == 1 ? 3 * width : sizes.Operands == 2 && which > 0 ? 2 * width : width;
        return new HeadColumns(memory, sizes.Batch, all, first * width, which == 2 ? sizes.ValueWidth : sizes.HeadWidth);
    }
}
