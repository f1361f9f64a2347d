using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Log-probabilities of all classes by an adaptive softmax: hidden <c>[…, D]</c> → <c>[…, V]</c>, in the order of the class numbers.
/// Operands are those of <see cref="AdaptiveCrossEntropy"/>.
/// </summary>
/// <remarks>
/// <c>ln p(c) = ln p_head(c)</c> in the shortlist, <c>ln p_head(cluster) + ln p_cluster(c)</c> elsewhere. Backward, with <c>g = d ln p</c>, <c>G_k</c> its
/// sum over cluster k and <c>G</c> over all classes: the logits of cluster k get <c>g − p_cluster G_k</c>, those of the head <c>g − p_head G</c>, where g of
/// the entry of cluster k is <c>G_k</c>.
/// </remarks>
/// <param name="clusters">How the classes are divided.</param>
public readonly struct AdaptiveLogProbabilities(AdaptiveClusters clusters) : IOp
{
    /// <inheritdoc/>
    public static string Name => "AdaptiveSoftmax";

    internal AdaptiveClusters Clusters => clusters;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        AdaptiveOperands.Check(Name, inputs, clusters);
        outputs[0] = inputs[0].WithLast(clusters.Order.Count);
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        int width = clusters.Width, rows = context.Input(0).Length / width, classes = clusters.Order.Count;
        Span<real> y = context.Output(), entries = context.Save(rows * clusters.Count);    // ln p_head of each cluster
        for (int k = -1; k < clusters.Count; k++)
        {
            AdaptiveOperands operands = AdaptiveOperands.Of(clusters, k);
            int size = k < 0 ? clusters.HeadSize : clusters.SizeOf(k), narrow = k < 0 ? width : clusters.WidthOf(k);
            ReadOnlySpan<real> x = context.Input(0);
            if (operands.Projection >= 0)
            {
                Span<real> projected = context.Scratch(rows * narrow);
                Gemm.Multiply(false, true, rows, narrow, width, x, width, context.Input(operands.Projection), width, projected, narrow, false, context.Team);
                x = projected;
            }

            Span<real> logits = context.Scratch(rows * size);
            if (operands.Bias >= 0) Elementwise.SetRows(logits, rows, size, context.Input(operands.Bias));
            Gemm.Multiply(false, true, rows, size, narrow, x, narrow, context.Input(operands.Weight), narrow, logits, size, operands.Bias >= 0, context.Team);
            ReadOnlySpan<int> members = clusters.ClassesOf(k);
            for (int i = 0; i < rows; i++)
            {
                Span<real> row = logits.Slice(i * size, size), to = y.Slice(i * classes, classes);
                RowSoftmax.LogSoftmax(row);
                if (k < 0) row[members.Length..].CopyTo(entries.Slice(i * clusters.Count, clusters.Count));
                real cluster = k < 0 ? 0 : entries[(i * clusters.Count) + k];
                for (int j = 0; j < members.Length; j++) to[members[j]] = row[j] + cluster;
            }
        }
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        int rows = context.Input(0).Length / clusters.Width;
        Span<real> sums = context.Scratch(rows * clusters.Count);    // G_k
        for (int k = clusters.Count - 1; k >= 0; k--) BackThrough(context, k, rows, LogitGradients(context, k, rows, sums));
        BackThrough(context, -1, rows, LogitGradients(context, -1, rows, sums));
    }

    /// <summary>The gradients of the logits of a part, and in <paramref name="sums"/> what its entry in the head gets.</summary>
    private Span<real> LogitGradients(in OpBackward context, int k, int rows, Span<real> sums)
    {
        ReadOnlySpan<real> y = context.Output(), gy = context.OutputGradient(), entries = context.Saved(0);
        ReadOnlySpan<int> members = clusters.ClassesOf(k);
        int size = k < 0 ? clusters.HeadSize : clusters.SizeOf(k), classes = clusters.Order.Count, count = clusters.Count;
        Span<real> gradient = context.Scratch(rows * size);
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<real> from = gy.Slice(i * classes, classes), values = y.Slice(i * classes, classes);
            Span<real> row = gradient.Slice(i * size, size);
            for (int j = 0; j < members.Length; j++) row[j] = from[members[j]];
            if (k < 0) sums.Slice(i * count, count).CopyTo(row[members.Length..]);
            real sum = Reduce.Sum(row), cluster = k < 0 ? 0 : entries[(i * count) + k];
            if (k >= 0) sums[(i * count) + k] = sum;
            for (int j = 0; j < members.Length; j++) row[j] -= sum * real.Exp(values[members[j]] - cluster);
            for (int j = members.Length; j < size; j++) row[j] -= sum * real.Exp(entries[(i * count) + j - members.Length]);
        }

        return gradient;
    }

    /// <summary>From the logits of a part to its weights and to the features.</summary>
    private void BackThrough(in OpBackward context, int k, int rows, ReadOnlySpan<real> gradient)
    {
        AdaptiveOperands operands = AdaptiveOperands.Of(clusters, k);
        int width = clusters.Width, size = gradient.Length / Math.Max(1, rows), narrow = k < 0 ? width : clusters.WidthOf(k);
        ReadOnlySpan<real> hidden = context.Input(0), x = hidden;
        if (operands.Bias >= 0 && context.NeedsGradient(operands.Bias)) Reduce.ColumnSums(gradient, rows, size, context.InputGradient(operands.Bias), context.Team);
        if (operands.Projection >= 0)
        {
            Span<real> projected = context.Scratch(rows * narrow), gradProjected = context.Scratch(rows * narrow);
            ReadOnlySpan<real> projection = context.Input(operands.Projection);
            Gemm.Multiply(false, true, rows, narrow, width, hidden, width, projection, width, projected, narrow, false, context.Team);
            Gemm.Multiply(false, false, rows, narrow, size, gradient, size, context.Input(operands.Weight), narrow, gradProjected, narrow, false, context.Team);
            if (context.NeedsGradient(operands.Projection)) Gemm.Multiply(true, false, narrow, width, rows, gradProjected, narrow, hidden, width, context.InputGradient(operands.Projection), width, true, context.Team);
            if (context.NeedsGradient(0)) Gemm.Multiply(false, false, rows, width, narrow, gradProjected, narrow, projection, width, context.InputGradient(0), width, true, context.Team);
            x = projected;
        }
        else if (context.NeedsGradient(0))
        {
            Gemm.Multiply(false, false, rows, width, size, gradient, size, context.Input(operands.Weight), width, context.InputGradient(0), width, true, context.Team);
        }

        if (context.NeedsGradient(operands.Weight)) Gemm.Multiply(true, false, size, narrow, rows, gradient, size, x, narrow, context.InputGradient(operands.Weight), narrow, true, context.Team);
    }
}
