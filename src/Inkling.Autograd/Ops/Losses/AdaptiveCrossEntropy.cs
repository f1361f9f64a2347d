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

        Buffers buffers = new(context, clusters, rows.All);
        Span<int> entries = buffers.Columns[..rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            (int cluster, int place) = clusters.Find(rows.Targets[i]);
            (buffers.Cluster[i], buffers.Place[i]) = (cluster, place);
            entries[i] = cluster < 0 ? place : clusters.ShortlistSize + cluster;
        }

        buffers.Cluster[rows.Count..].Fill(-1);
        ReadOnlySpan<real> x = rows.Pick(context, 0, clusters.Width).Span;
        real scale = (real)1 / rows.Count;
        LinearSoftmax head = new(context, context.Input(AdaptiveOperands.Head), clusters.HasBias ? context.Input(AdaptiveOperands.Head + 1) : default, clusters.Width, buffers.Logits);
        double sum = head.Run(x, entries, scale, gradient);
        for (int k = 0; k < clusters.Count; k++) sum += Cluster(context, k, buffers, x, scale, gradient);
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
    private double Cluster(in OpForward context, int k, in Buffers buffers, ReadOnlySpan<real> x, real scale, Span<real> gradient)
    {
        AdaptiveOperands operands = AdaptiveOperands.Of(clusters, k);
        int count = buffers.Cluster.Count(k), width = clusters.Width, narrow = clusters.WidthOf(k);
        if (count == 0)
        {
            for (int i = 0; i < operands.Count && context.Recording; i++) context.Save(0);
            return 0;
        }

        Span<int> rows = buffers.Rows[..count], columns = buffers.Columns[..count];
        for (int i = 0, n = 0; n < count; i++)
        {
            if (buffers.Cluster[i] == k) (rows[n], columns[n++]) = (i, buffers.Place[i]);
        }

        Span<real> gathered = buffers.Gathered[..(count * width)], back = context.Recording ? buffers.Back[..(count * width)] : default;
        PickedRows.Gather(x, rows, width, gathered);
        ReadOnlySpan<real> projection = operands.Projection < 0 ? default : context.Input(operands.Projection), features = gathered;
        Span<real> gradFeatures = back, gradProjection = default;
        if (!projection.IsEmpty)
        {
            Span<real> projected = buffers.Projected[..(count * narrow)];
            Gemm.Multiply(false, true, count, narrow, width, gathered, width, projection, width, projected, narrow, false, context.Team);
            features = projected;
            if (context.Recording)
            {
                gradFeatures = buffers.BackProjected[..(count * narrow)];
                gradProjection = context.Save(projection.Length);
            }
        }

        LinearSoftmax softmax = new(context, context.Input(operands.Weight), operands.Bias < 0 ? default : context.Input(operands.Bias), narrow, buffers.Logits);
        double sum = softmax.Run(features, columns, scale, gradFeatures);
        if (!context.Recording) return sum;
        if (!projection.IsEmpty)
        {
            Gemm.Multiply(false, false, count, width, narrow, gradFeatures, narrow, projection, width, back, width, false, context.Team);
            Gemm.Multiply(true, false, narrow, width, count, gradFeatures, narrow, gathered, width, gradProjection, width, false, context.Team);
        }

        PickedRows.ScatterAdd(back, rows, width, 1, gradient);
        return sum;
    }

    /// <summary>What the clusters use one after the other, each as long as if all rows fell into one.</summary>
    private readonly ref struct Buffers
    {
        public Buffers(in OpForward context, AdaptiveClusters clusters, int rows)
        {
            Cluster = context.ScratchIndices(rows);
            Place = context.ScratchIndices(rows);
            Rows = context.ScratchIndices(rows);
            Columns = context.ScratchIndices(rows);
            int logits = LinearSoftmax.LogitsLength(rows, clusters.HeadSize), narrow = 0;
            for (int k = 0; k < clusters.Count; k++)
            {
                logits = Math.Max(logits, LinearSoftmax.LogitsLength(rows, clusters.SizeOf(k)));
                if (clusters.WidthOf(k) < clusters.Width) narrow = Math.Max(narrow, clusters.WidthOf(k));
            }

            Logits = context.ScratchRange(logits);
            Gathered = context.Scratch(rows * clusters.Width);
            Projected = context.Scratch(rows * narrow);
            if (!context.Recording) return;
            Back = context.Scratch(rows * clusters.Width);
            BackProjected = context.Scratch(rows * narrow);
        }

        /// <summary>The cluster of each row that counts, and the place of its target in it.</summary>
        public Span<int> Cluster { get; }

        public Span<int> Place { get; }

        /// <summary>The rows of one cluster and the places of their targets.</summary>
        public Span<int> Rows { get; }

        public Span<int> Columns { get; }

        public Range Logits { get; }

        public Span<real> Gathered { get; }

        public Span<real> Back { get; }

        public Span<real> Projected { get; }

        public Span<real> BackProjected { get; }
    }
}
