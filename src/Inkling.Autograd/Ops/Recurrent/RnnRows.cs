using Inkling.Numerics;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>The recurrent part of the forward pass of a plain cell for some rows of the batch; sums become states where they stand.</summary>
internal struct RnnForwardRows : IChunkBody
{
    public RecurrentSteps Steps;
    public RnnNonlinearity Nonlinearity;
    public int Chunks;
    public Range H0, Output, Packed, Previous;
    public Range? Mask;

    public readonly void Run(int chunk)
    {
        (int first, int count) = RecurrentRows.Part(chunk, Chunks, Steps.Batch);
        int hidden = Steps.Hidden;
        for (int step = 0; step < Steps.Time; step++)
        {
            int t = Steps.At(step), row = (t * Steps.Batch) + first, active = Steps.ActiveRows(t, first, count);
            ReadOnlySpan<real> h = Steps.Masked(Mask, first, Steps.Before(step, first, active, H0, Output, Previous), Previous);
            Span<real> state = Output.Span.Slice(row * hidden, active * hidden);
            Gemm.MultiplyPacked(active, hidden, hidden, h, hidden, Packed.Span, state, hidden, true, Team.Single);
            if (Nonlinearity == RnnNonlinearity.Tanh) Map.Apply<Tanh>(state, state, Team.Single);
            else Map.Apply<Relu>(state, state, Team.Single);
            for (int b = 0; b < count && Steps.HasLengths; b++)
            {
                if (!Steps.IsActive(t, first + b)) Output.Span.Slice((row + b) * hidden, hidden).Clear();
            }
        }
    }
}

/// <summary>The recurrent part of the backward pass of a plain cell for some rows of the batch.</summary>
internal struct RnnBackwardRows : IChunkBody
{
    public RecurrentSteps Steps;
    public RnnNonlinearity Nonlinearity;
    public int Chunks;
    public Range Output, GradSums, GradHidden, Product, Packed;
    public Range? GradOutput, Mask;

    public readonly void Run(int chunk)
    {
        (int first, int count) = RecurrentRows.Part(chunk, Chunks, Steps.Batch);
        int hidden = Steps.Hidden, from = first * hidden;
        for (int step = Steps.Time - 1; step >= 0; step--)
        {
            int t = Steps.At(step), row = (t * Steps.Batch) + first, active = Steps.ActiveRows(t, first, count), length = active * hidden;
            Span<real> gradHidden = GradHidden.Span.Slice(from, length), gradSums = GradSums.Span.Slice(row * hidden, length);
            GradSums.Span.Slice((row + active) * hidden, (count - active) * hidden).Clear();
            for (int b = 0; b < active && GradOutput is not null; b++)
            {
                if (Steps.IsActive(t, first + b)) Elementwise.Add(GradOutput.Value.Span.Slice((row + b) * hidden, hidden), gradHidden.Slice(b * hidden, hidden));
            }

            ReadOnlySpan<real> state = Output.Span.Slice(row * hidden, length);
            if (Nonlinearity == RnnNonlinearity.Tanh) Map.Backward<Tanh>(default, state, gradHidden, gradSums, false, Team.Single);
            else Map.Backward<Relu>(default, state, gradHidden, gradSums, false, Team.Single);
            for (int b = 0; b < active && Steps.HasLengths; b++)
            {
                if (!Steps.IsActive(t, first + b)) gradSums.Slice(b * hidden, hidden).Clear();
            }

            RecurrentGradient.ThroughWeight(Steps, t, first, active, gradSums, hidden, Packed, Mask, Product, gradHidden);
            Steps.ClearResets(t, first, active, gradHidden);
        }
    }
}
