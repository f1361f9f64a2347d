using Inkling.Numerics;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>The recurrent part of the forward pass of a GRU for some rows of the batch.</summary>
internal struct GruForwardRows : IChunkBody
{
    public RecurrentSteps Steps;
    public int Chunks;
    public Range H0, Output, Gates, Candidates, PackedGates, PackedCandidate, Previous, Dropped;
    public Range? Mask;

    public readonly void Run(int chunk)
    {
        (int first, int count) = RecurrentRows.Part(chunk, Chunks, Steps.Batch);
        int hidden = Steps.Hidden, width = 3 * hidden;
        for (int step = 0; step < Steps.Time; step++)
        {
            int t = Steps.At(step), row = (t * Steps.Batch) + first, active = Steps.ActiveRows(t, first, count);
            ReadOnlySpan<real> h = Steps.Before(step, first, active, H0, Output, Previous);
            ReadOnlySpan<real> read = Steps.Masked(Mask, first, h, Dropped);
            Span<real> gates = Gates.Span.Slice(row * width, active * width), candidates = Candidates.Span.Slice(row * hidden, active * hidden);
            Gemm.MultiplyPacked(active, 2 * hidden, hidden, read, hidden, PackedGates.Span, gates, width, true, Team.Single);
            Gemm.MultiplyPacked(active, hidden, hidden, read, hidden, PackedCandidate.Span, candidates, hidden, true, Team.Single);
            for (int b = 0; b < count; b++)
            {
                Span<real> state = Output.Span.Slice((row + b) * hidden, hidden);
                if (Steps.IsActive(t, first + b)) GruGates.Forward(gates.Slice(b * width, width), candidates.Slice(b * hidden, hidden), h.Slice(b * hidden, hidden), state);
                else state.Clear();
            }
        }
    }
}

/// <summary>The recurrent part of the backward pass of a GRU for some rows of the batch.</summary>
internal struct GruBackwardRows : IChunkBody
{
    public RecurrentSteps Steps;
    public int Chunks;
    public Range H0, Output, Gates, Candidates, GradInput, GradRecurrent, GradHidden, Previous, Product, Packed;
    public Range? GradOutput, Mask;

    public readonly void Run(int chunk)
    {
        (int first, int count) = RecurrentRows.Part(chunk, Chunks, Steps.Batch);
        int hidden = Steps.Hidden, width = 3 * hidden, from = first * hidden;
        for (int step = Steps.Time - 1; step >= 0; step--)
        {
            int t = Steps.At(step), row = (t * Steps.Batch) + first, active = Steps.ActiveRows(t, first, count);
            Span<real> gradHidden = GradHidden.Span.Slice(from, active * hidden);
            ReadOnlySpan<real> h = Steps.Before(step, first, active, H0, Output, Previous);
            for (int b = 0; b < count; b++)
            {
                int at = (row + b) * hidden;
                Span<real> gradInput = GradInput.Span.Slice((row + b) * width, width), gradRecurrent = GradRecurrent.Span.Slice((row + b) * width, width);
                if (!Steps.IsActive(t, first + b))
                {
                    gradInput.Clear();
                    gradRecurrent.Clear();
                    continue;
                }

                Span<real> gradient = gradHidden.Slice(b * hidden, hidden);
                if (GradOutput is { } output) Elementwise.Add(output.Span.Slice(at, hidden), gradient);
                GruGates.Backward(Gates.Span.Slice((row + b) * width, width), Candidates.Span.Slice(at, hidden), h.Slice(b * hidden, hidden), gradient, gradInput, gradRecurrent);
            }

            ReadOnlySpan<real> gradGates = GradRecurrent.Span.Slice(row * width, active * width);
            if (Mask is { } mask)
            {
                Span<real> through = Product.Span.Slice(from, active * hidden);
                Gemm.MultiplyPacked(active, hidden, width, gradGates, width, Packed.Span, through, hidden, false, Team.Single);
                Elementwise.MultiplyAdd(through, mask.Span.Slice(from, active * hidden), gradHidden);
            }
            else
            {
                Gemm.MultiplyPacked(active, hidden, width, gradGates, width, Packed.Span, gradHidden, hidden, true, Team.Single);
            }

            Steps.ClearResets(t, first, active, gradHidden);
        }
    }
}
