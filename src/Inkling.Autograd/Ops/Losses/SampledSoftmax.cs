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
        (ulong seed, ulong stream) = context.Random;
        Span<real> corrections = context.Scratch(sampler.Size);
        Span<int> sample = context.ScratchIndices(sampler.Size);
        int drawn = rows.Count == 0 ? 0 : sampler.Draw(seed, stream, sample, corrections);
        sample[..drawn].CopyTo(context.SaveIndices(drawn));
        context.Output()[0] = 0;
        if (drawn == 0)
        {
            gradient.Clear();
            return;
        }

        SampledRows body = new()
        {
            Width = width,
            Classes = drawn,
            Scale = (real)1 / rows.Count,
            X = rows.Pick(context, 0, width),
            Weight = context.InputRange(1),
            Bias = context.InputCount > 2 ? context.InputRange(2) : null,
            Corrections = context.ScratchRange(drawn),
            Own = context.ScratchRange(rows.Count),
        };
        corrections[..drawn].CopyTo(body.Corrections.Span);
        double sum = Run(context, ref body, sample[..drawn], rows, gradient);
        body.Own.Span.CopyTo(own);
        rows.PutBack(own, 1);
        rows.PutBack(gradient, width);
        context.Output()[0] = (real)(sum / rows.Count);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        real scale = context.OutputGradient()[0];
        ReadOnlySpan<int> sample = context.SavedIndices(Sample);
        if (context.NeedsGradient(0)) Elementwise.AddScaled(context.Saved(Hidden), scale, context.InputGradient(0));

        int width = context.InputShape(1)[1];
        ReadOnlySpan<real> own = context.Saved(Own), hidden = context.Input(0);
        if (context.NeedsGradient(1))
        {
            Span<real> weight = context.InputGradient(1);
            if (!sample.IsEmpty) PickedRows.ScatterAdd(context.Saved(Weight), sample, width, scale, weight);
            for (int i = 0; i < own.Length; i++)
            {
                if (own[i] != 0) Elementwise.AddScaled(hidden.Slice(i * width, width), scale * own[i], weight.Slice(targets.Values[i] * width, width));
            }
        }

        if (context.InputCount <= 2 || !context.NeedsGradient(2)) return;
        Span<real> bias = context.InputGradient(2);
        if (!sample.IsEmpty) PickedRows.ScatterAdd(context.Saved(Bias)[..sample.Length], sample, 1, scale, bias);
        for (int i = 0; i < own.Length; i++)
        {
            if (own[i] != 0) bias[targets.Values[i]] += scale * own[i];
        }
    }

    /// <summary>All rows, chunk by chunk: logits of the sample, the target's own, softmax, and back.</summary>
    private static double Run(in OpForward context, ref SampledRows body, ReadOnlySpan<int> sample, in CountedRows rows, Span<real> gradient)
    {
        int width = body.Width, drawn = sample.Length;
        Span<real> picked = context.Scratch(drawn * width), shifts = context.Scratch(drawn);
        PickedRows.Gather(context.Input(1), sample, width, picked);
        for (int j = 0; j < drawn; j++) shifts[j] = body.Corrections.Span[j] + (body.Bias is { } bias ? bias.Span[sample[j]] : 0);
        Span<int> columns = context.ScratchIndices(context.InputShape(1)[0]);
        columns.Fill(-1);
        for (int j = 0; j < drawn; j++) columns[sample[j]] = j;

        LinearSoftmax softmax = new(context, picked, shifts, width, context.ScratchRange(LinearSoftmax.LogitsLength(rows.Count, drawn + 1)), extra: 1);
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
                if (body.Columns[i] < 0) Elementwise.AddScaled(body.Weight.Span.Slice(body.Targets[i] * width, width), body.Own.Span[body.First + i], back.Slice(i * width, width));
            }
        }

        return sum;
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
                if (column >= 0) row[column] -= Corrections.Span[column];
                else row[Classes] = Reduce.Dot(X.Span.Slice((First + i) * Width, Width), Weight.Span.Slice(target * Width, Width)) + (Bias?.Span[target] ?? 0);
                Losses.Span[i] = RowSoftmax.CrossEntropyInPlace(row, column >= 0 ? column : Classes, Scale);
                Own.Span[First + i] = row[Classes];
            }
        }
    }
}
