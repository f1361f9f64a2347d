using Inkling.Numerics;
using Inkling.Recording;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>
/// The loss of <see cref="LinearCrossEntropy"/> estimated from a sample of the classes (Bengio &amp; Senécal 2008; Jean et al. 2015, §3):
/// hidden <c>[…, D]</c>, weight <c>[V, D]</c>, optional bias <c>[V]</c>, one target a row → a scalar, in nats.
/// </summary>
/// <remarks>
/// With a sample S that holds class i with probability πᵢ, the loss of a row of target t is
/// <c>ln(e^{s_t} + Σ_{i ∈ S, i ≠ t} e^{sᵢ} / πᵢ) − s_t</c>, <c>s = x Wᵀ + b</c>: the sum is right on average, whatever t is. The sample is
/// the same for all rows of a step, so its weights are gathered once and everything stays a matrix product. Rows of the weight that
/// are neither in the sample nor a target get no gradient.
/// </remarks>
/// <param name="targets">The class of each row, 0 … V − 1.</param>
/// <param name="sampler">Draws S.</param>
/// <param name="ignoreIndex">The target of rows that do not count; they cost nothing.</param>
public readonly struct SampledSoftmax(Indices targets, ClassSampler sampler, int ignoreIndex) : IOp
{
    // In place of a class or a column.
    private const int None = -1;

    // What the forward call saves.
    private const int Hidden = 0, Own = 1, Sample = 2, Weight = 3, Bias = 4;

    /// <inheritdoc/>
    public static string Name => nameof(SampledSoftmax);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        TargetRange.CheckLinear(Name, inputs, targets, ignoreIndex);
        if (sampler.ClassCount != inputs[1][0]) Errors.Shape(Name, $"the sampler knows {sampler.ClassCount} classes, the weight is {inputs[1]}. Make it with one count for each class.");
        outputs[0] = [];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        int width = context.InputShape(1)[1];
        CountedRows rows = new(context, targets.Values, ignoreIndex);
        Span<real> gradient = context.Save(context.Input(0).Length), own = context.Save(rows.All);
        own.Clear();
        Span<int> sample = context.SaveIndices(sampler.Size);
        if (rows.Count == 0)
        {
            context.Output()[0] = 0;
            gradient.Clear();
            sample[0] = None;
            return;
        }

        SampledRows body = new()
        {
            Width = width,
            Classes = sampler.Size,
            Scale = (real)1 / rows.Count,
            X = rows.Pick(context, 0, width),
            Weight = context.InputRange(1),
            Bias = context.InputCount > 2 ? context.InputRange(2) : null,
            Corrections = context.ScratchRange(sampler.Size),
            Own = context.ScratchRange(rows.All),
        };
        double sum = Run(context, ref body, sample, rows, gradient);
        body.Own.Span[..rows.Count].CopyTo(own);
        rows.PutBack(own, 1);
        rows.PutBack(gradient, width);
        context.Output()[0] = (real)(sum / rows.Count);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        real scale = context.OutputGradient()[0];
        ReadOnlySpan<int> sample = context.SavedIndices(Sample);
        bool any = sample[0] != None;
        if (context.NeedsGradient(0)) Elementwise.AddScaled(context.Saved(Hidden), scale, context.InputGradient(0));

        int width = context.InputShape(1)[1];
        ReadOnlySpan<real> own = context.Saved(Own), hidden = context.Input(0);
        if (context.NeedsGradient(1))
        {
            Span<real> weight = context.InputGradient(1);
            if (any) PickedRows.ScatterAdd(context.Saved(Weight), sample, width, scale, weight);
            for (int i = 0; i < own.Length; i++)
            {
                if (own[i] != 0) Elementwise.AddScaled(hidden.Slice(i * width, width), scale * own[i], weight.Slice(targets.Values[i] * width, width));
            }
        }

        if (context.InputCount <= 2 || !context.NeedsGradient(2)) return;
        Span<real> bias = context.InputGradient(2);
        if (any) PickedRows.ScatterAdd(context.Saved(Bias)[..sample.Length], sample, 1, scale, bias);
        for (int i = 0; i < own.Length; i++)
        {
            if (own[i] != 0) bias[targets.Values[i]] += scale * own[i];
        }
    }

    /// <summary>All rows, chunk by chunk: logits of the sample, the target's own, softmax, and back.</summary>
    private double Run(in OpForward context, ref SampledRows body, Span<int> sample, in CountedRows rows, Span<real> gradient)
    {
        int width = body.Width, size = sample.Length;
        Span<real> picked = context.Scratch(size * width), shifts = context.Scratch(size);
        Span<int> columns = context.ScratchIndices(sampler.ClassCount);
        columns.Fill(None);
        int drawn = Draw(context, sample, body.Corrections.Span);
        for (int j = 0; j < drawn; j++) columns[sample[j]] = j;
        PickedRows.Gather(context.Input(1), sample, width, picked);
        for (int j = 0; j < size; j++) shifts[j] = body.Corrections.Span[j] + (body.Bias is { } bias ? bias.Span[sample[j]] : 0);

        LinearSoftmax softmax = new(context, picked, shifts, width, context.ScratchRange(LinearSoftmax.LogitsLength(rows.All, size + 1)), extra: 1);
        body.Logits = softmax.LogitsMemory;
        body.Losses = softmax.Losses;
        double sum = 0;
        for (body.First = 0; body.First < rows.Count; body.First += softmax.Capacity)
        {
            int n = body.Count = Math.Min(softmax.Capacity, rows.Count - body.First);
            ReadOnlySpan<real> x = body.X.Span.Slice(body.First * width, n * width);
            Span<real> back = gradient.Slice(body.First * width, n * width);
            rows.Targets.Slice(body.First, n).CopyTo(body.Targets);
            for (int i = 0; i < n; i++) body.Columns[i] = columns[body.Targets[i]];
            softmax.Multiply(n, x);
            context.Team.For(CrossEntropyRows.Parts(n), ref body);
            sum += softmax.SumOfLosses(n);
            if (!context.Recording) continue;
            softmax.MultiplyBack(n, x, back);
            for (int i = 0; i < n; i++)
            {
                if (body.Columns[i] == None) Elementwise.AddScaled(body.Weight.Span.Slice(body.Targets[i] * width, width), body.Own.Span[body.First + i], back.Slice(i * width, width));
            }
        }

        return sum;
    }

    /// <summary>
    /// Draws the sample. What a class that was hit twice leaves free is filled up with a class of probability 0, so that every step
    /// takes the same memory.
    /// </summary>
    private int Draw(in OpForward context, Span<int> sample, Span<real> corrections)
    {
        (ulong seed, ulong stream) = context.Random;
        int drawn = sampler.Draw(seed, stream, sample, corrections);
        sample[drawn..].Fill(sample[0]);
        corrections[drawn..].Fill(real.NegativeInfinity);
        return drawn;
    }

    /// <summary>
    /// Rows of logits turned into losses and gradients, some rows a thread. A target that is not in the sample takes the column behind
    /// it; a target that is loses its correction, for a row's own target is certain to be there.
    /// </summary>
    private struct SampledRows : IChunkBody
    {
        public int First, Count, Width, Classes;
        public real Scale;
        public Range X, Weight, Corrections, Own, Logits, Losses;
        public Range? Bias;
        public ChunkIndices Targets, Columns;

        public void Run(int chunk)
        {
            (int start, int end) = CrossEntropyRows.Part(chunk, Count);
            for (int i = start; i < end; i++)
            {
                Span<real> row = Logits.Span.Slice(i * (Classes + 1), Classes + 1);
                int target = Targets[i], column = Columns[i];
                row[Classes] = real.NegativeInfinity;
                if (column != None) row[column] -= Corrections.Span[column];
                else row[Classes] = Reduce.Dot(X.Span.Slice((First + i) * Width, Width), Weight.Span.Slice(target * Width, Width)) + (Bias?.Span[target] ?? 0);
                Losses.Span[i] = RowSoftmax.CrossEntropyInPlace(row, column != None ? column : Classes, Scale);
                Own.Span[First + i] = row[Classes];
            }
        }
    }
}
