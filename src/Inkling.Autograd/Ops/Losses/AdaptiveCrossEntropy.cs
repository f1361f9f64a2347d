using Inkling.Numerics;
using Inkling.Recording;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>
/// The loss of an adaptive softmax (Grave et al. 2017): the mean of <c>−ln p(t)</c> with <c>p(t) = p_head(t)</c> for a target t of the shortlist
/// and <c>p(t) = p_head(cluster) · p_cluster(t)</c> for another → a scalar, in nats.
/// </summary>
/// <remarks>
/// Operands: hidden <c>[…, D]</c>; the head's weight <c>[c₀ + K, D]</c>, and its bias if there are biases; then for each cluster k the projection
/// <c>[d_k, D]</c> if d_k is less than D, the weight <c>[n_k, d_k]</c> and the bias <c>[n_k]</c>. All rows pass the head; a cluster sees only the rows
/// whose targets it holds, gathered into a matrix without gaps.
/// </remarks>
/// <param name="targets">The class of each row, 0 … V − 1.</param>
/// <param name="clusters">How the classes are divided.</param>
/// <param name="ignoreIndex">The target of rows that do not count; they cost nothing.</param>
public readonly struct AdaptiveCrossEntropy(Indices targets, AdaptiveClusters clusters, int ignoreIndex) : IOp
{
    /// <inheritdoc/>
    public static string Name => "AdaptiveSoftmax";

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        AdaptiveOperands.Check(Name, inputs, clusters);
        TargetRange.CheckRows(Name, inputs[0], targets);
        TargetRange.Check(Name, targets, clusters.Order.Count, ignoreIndex);
        outputs[0] = [];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        CountedRows rows = new(context, targets.Values, ignoreIndex);
        Span<real> gradient = context.Recording ? context.Save(context.Input(0).Length) : default;
        if (rows.Count == 0)
        {
            context.Output()[0] = 0;
            gradient.Clear();
            for (int i = 1; i < context.InputCount && context.Recording; i++) context.Save(0);
            return;
        }

        Span<int> cluster = context.ScratchIndices(rows.Count), place = context.ScratchIndices(rows.Count), entry = context.ScratchIndices(rows.Count);
        for (int i = 0; i < rows.Count; i++)
        {
            (cluster[i], place[i]) = clusters.Find(rows.Targets[i]);
            entry[i] = cluster[i] < 0 ? place[i] : clusters.ShortlistSize + cluster[i];
        }

        ReadOnlySpan<real> x = rows.Pick(context, 0, clusters.Width).Span;
        real scale = (real)1 / rows.Count;
        Range logits = Logits(context, rows.Count);
        LinearSoftmax head = new(context, context.Input(AdaptiveOperands.Head), clusters.HasBias ? context.Input(AdaptiveOperands.Head + 1) : default, clusters.Width, logits);
        double sum = head.Run(x, entry, scale, gradient);
        for (int k = 0; k < clusters.Count; k++) sum += Cluster(context, k, cluster, place, x, logits, scale, gradient);
        if (context.Recording) rows.PutBack(gradient, clusters.Width);
        context.Output()[0] = (real)(sum / rows.Count);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        real scale = context.OutputGradient()[0];
        for (int i = 0; i < context.InputCount; i++)
        {
            if (!context.NeedsGradient(i)) continue;
            Span<real> gradient = context.InputGradient(i), saved = context.Saved(i);
            // Of a cluster that no row fell into nothing was saved.
            if (!saved.IsEmpty) Elementwise.AddScaled(saved, scale, gradient);
        }
    }

    /// <summary>The summed loss within cluster <paramref name="k"/> of the rows that fall into it; what goes back to them is added to <paramref name="gradient"/>.</summary>
    private double Cluster(in OpForward context, int k, ReadOnlySpan<int> cluster, ReadOnlySpan<int> place, ReadOnlySpan<real> x, Range logits, real scale, Span<real> gradient)
    {
        AdaptiveOperands operands = AdaptiveOperands.Of(clusters, k);
        int count = cluster.Count(k), width = clusters.Width, narrow = clusters.WidthOf(k);
        if (count == 0)
        {
            for (int i = 0; i < operands.Count && context.Recording; i++) context.Save(0);
            return 0;
        }

        Span<int> rows = context.ScratchIndices(count), columns = context.ScratchIndices(count);
        for (int i = 0, n = 0; i < cluster.Length; i++)
        {
            if (cluster[i] != k) continue;
            rows[n] = i;
            columns[n++] = place[i];
        }

        Span<real> gathered = context.Scratch(count * width), back = context.Recording ? context.Scratch(count * width) : default;
        PickedRows.Gather(x, rows, width, gathered);
        double sum;
        if (operands.Projection < 0)
        {
            LinearSoftmax softmax = new(context, context.Input(operands.Weight), operands.Bias < 0 ? default : context.Input(operands.Bias), width, logits);
            sum = softmax.Run(gathered, columns, scale, back);
        }
        else
        {
            ReadOnlySpan<real> projection = context.Input(operands.Projection);
            Span<real> projected = context.Scratch(count * narrow), gradProjected = context.Recording ? context.Scratch(count * narrow) : default;
            Span<real> gradProjection = context.Recording ? context.Save(projection.Length) : default;
            Gemm.Multiply(false, true, count, narrow, width, gathered, width, projection, width, projected, narrow, false, context.Team);
            LinearSoftmax softmax = new(context, context.Input(operands.Weight), operands.Bias < 0 ? default : context.Input(operands.Bias), narrow, logits);
            sum = softmax.Run(projected, columns, scale, gradProjected);
            if (context.Recording)
            {
                Gemm.Multiply(false, false, count, width, narrow, gradProjected, narrow, projection, width, back, width, false, context.Team);
                Gemm.Multiply(true, false, narrow, width, count, gradProjected, narrow, gathered, width, gradProjection, width, false, context.Team);
            }
        }

        if (context.Recording) PickedRows.ScatterAdd(back, rows, width, 1, gradient);
        return sum;
    }

    /// <summary>Room for a chunk of logits of whichever softmax needs most; they take turns.</summary>
    private Range Logits(in OpForward context, int rows)
    {
        int length = LinearSoftmax.LogitsLength(rows, clusters.HeadSize);
        for (int k = 0; k < clusters.Count; k++) length = Math.Max(length, LinearSoftmax.LogitsLength(rows, clusters.SizeOf(k)));
        return context.ScratchRange(length);
    }
}
