using Inkling.Numerics;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>The recurrent part of the forward pass of an LSTM for some rows of the batch.</summary>
internal struct LstmForwardRows : IChunkBody
{
    public RecurrentSteps Steps;
    public LstmCell Cell;
    public int Chunks;
    public Range H0, C0, Output, Gates, Cells, TanhCells, Packed, Previous, PreviousCells;
    public Range? Mask, Peephole;

    public readonly void Run(int chunk)
    {
        (int first, int count) = RecurrentRows.Part(chunk, Chunks, Steps.Batch);
        int hidden = Steps.Hidden, width = Cell.Gates * hidden;
        for (int step = 0; step < Steps.Time; step++)
        {
            int t = Steps.At(step), row = (t * Steps.Batch) + first, active = Steps.ActiveRows(t, first, count);
            ReadOnlySpan<real> h = Steps.Before(step, first, active, H0, Output, Previous);
            ReadOnlySpan<real> c = Steps.Before(step, first, active, C0, Cells, PreviousCells);
            h = Steps.Masked(Mask, first, h, Previous);
            Span<real> gates = Gates.Span.Slice(row * width, active * width);
            Gemm.MultiplyPacked(active, width, hidden, h, hidden, Packed.Span, gates, width, true, Team.Single);
            for (int b = 0; b < count; b++)
            {
                int at = (row + b) * hidden;
                if (Steps.IsActive(t, first + b))
                {
                    Cell.Forward(gates.Slice(b * width, width), Peephole, c.Slice(b * hidden, hidden), Cells.Span.Slice(at, hidden), TanhCells.Span.Slice(at, hidden), Output.Span.Slice(at, hidden));
                }
                else
                {
                    Output.Span.Slice(at, hidden).Clear();
                    Cells.Span.Slice(at, hidden).Clear();
                }
            }
        }
    }
}

/// <summary>The recurrent part of the backward pass of an LSTM for some rows of the batch.</summary>
internal struct LstmBackwardRows : IChunkBody
{
    public RecurrentSteps Steps;
    public LstmCell Cell;
    public int Chunks;
    public Range C0, Gates, Cells, TanhCells, GradGates, GradHidden, GradCells, PreviousCells, Product, Packed;
    public Range? GradOutput, Mask, Peephole;

    public readonly void Run(int chunk)
    {
        (int first, int count) = RecurrentRows.Part(chunk, Chunks, Steps.Batch);
        int hidden = Steps.Hidden, width = Cell.Gates * hidden, from = first * hidden;
        for (int step = Steps.Time - 1; step >= 0; step--)
        {
            int t = Steps.At(step), row = (t * Steps.Batch) + first, active = Steps.ActiveRows(t, first, count);
            Span<real> gradHidden = GradHidden.Span.Slice(from, active * hidden), gradCells = GradCells.Span.Slice(from, active * hidden);
            GradGates.Span.Slice((row + active) * width, (count - active) * width).Clear();
            ReadOnlySpan<real> c = Steps.Before(step, first, active, C0, Cells, PreviousCells);
            Span<real> gradGates = GradGates.Span.Slice(row * width, active * width);
            for (int b = 0; b < active; b++)
            {
                int at = (row + b) * hidden;
                Span<real> gradient = gradHidden.Slice(b * hidden, hidden);
                if (!Steps.IsActive(t, first + b))
                {
                    gradGates.Slice(b * width, width).Clear();
                    continue;
                }

                if (GradOutput is { } output) Elementwise.Add(output.Span.Slice(at, hidden), gradient);
                Cell.Backward(Gates.Span.Slice((row + b) * width, width), Peephole, c.Slice(b * hidden, hidden), TanhCells.Span.Slice(at, hidden), gradient, gradCells.Slice(b * hidden, hidden), gradGates.Slice(b * width, width));
            }

            RecurrentGradient.ThroughWeight(Steps, t, first, active, gradGates, width, Packed, Mask, Product, gradHidden);
            Steps.ClearResets(t, first, active, gradHidden);
            Steps.ClearResets(t, first, active, gradCells);
        }
    }
}

/// <summary>What the ways back of LSTM and plain cells share.</summary>
internal static class RecurrentGradient
{
    /// <summary>
    /// The gradient of the states before a step, <c>dG W_h</c>, in place of that of the states after it. Rows that take no part keep theirs:
    /// it is still on its way to the step at which they end.
    /// </summary>
    public static void ThroughWeight(RecurrentSteps steps, int t, int first, int active, ReadOnlySpan<real> gradGates, int width, Range packed, Range? mask, Range product, Span<real> gradHidden)
    {
        int hidden = steps.Hidden;
        if (!steps.HasLengths && mask is null)
        {
            Gemm.MultiplyPacked(active, hidden, width, gradGates, width, packed.Span, gradHidden, hidden, false, Team.Single);
            return;
        }

        Span<real> through = product.Span.Slice(first * hidden, active * hidden);
        Gemm.MultiplyPacked(active, hidden, width, gradGates, width, packed.Span, through, hidden, false, Team.Single);
        for (int b = 0; b < active; b++)
        {
            if (!steps.IsActive(t, first + b)) continue;
            Span<real> to = gradHidden.Slice(b * hidden, hidden), from = through.Slice(b * hidden, hidden);
            if (mask is { } kept) Elementwise.Multiply(from, kept.Span.Slice((first + b) * hidden, hidden), to);
            else from.CopyTo(to);
        }
    }
}
