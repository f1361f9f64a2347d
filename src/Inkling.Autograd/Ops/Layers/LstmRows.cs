using Inkling.Numerics;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>How the rows of a batch are shared out for the recurrent part of an LSTM.</summary>
internal static class LstmRows
{
    /// <summary>As many parts as threads, when each still has enough work to pay for waking a thread.</summary>
    public static int Chunks(Team team, int time, int batch, int hidden)
    {
        const long EnoughWork = 2_000_000;
        long work = 8L * time * batch * hidden * hidden;
        return (int)Math.Clamp(Math.Min(work / EnoughWork, team.Threads), 1, Math.Max(1, batch));
    }

    public static (int First, int Count) Part(int chunk, int chunks, int batch)
    {
        int first = (int)((long)batch * chunk / chunks), end = (int)((long)batch * (chunk + 1) / chunks);
        return (first, end - first);
    }
}

/// <summary>The recurrent part of the forward pass for some rows of the batch.</summary>
internal struct LstmForwardRows : IChunkBody
{
    public int Time, Batch, Hidden, Chunks;
    public Indices? Resets;
    public Range H0, C0, Output, Gates, Cells, TanhCells, Packed, Previous, PreviousCells;

    public readonly void Run(int chunk)
    {
        (int first, int count) = LstmRows.Part(chunk, Chunks, Batch);
        int width = 4 * Hidden, from = first * Hidden, length = count * Hidden, step = Batch * Hidden;
        for (int t = 0; t < Time; t++)
        {
            ReadOnlySpan<real> h = t == 0 ? H0.Span.Slice(from, length) : Output.Span.Slice(((t - 1) * step) + from, length);
            ReadOnlySpan<real> c = t == 0 ? C0.Span.Slice(from, length) : Cells.Span.Slice(((t - 1) * step) + from, length);
            if (Resets is not null && LstmResets.Any(Resets, t, Batch, first, count))
            {
                h = LstmResets.Cleared(Resets, t, Batch, first, count, h, Previous.Span.Slice(from, length));
                c = LstmResets.Cleared(Resets, t, Batch, first, count, c, PreviousCells.Span.Slice(from, length));
            }

            int row = (t * Batch) + first;
            Span<real> gates = Gates.Span.Slice(row * width, count * width);
            Gemm.MultiplyPacked(count, width, Hidden, h, Hidden, Packed.Span, gates, width, true, Team.Single);
            for (int b = 0; b < count; b++)
            {
                int at = (row + b) * Hidden;
                LstmGates.Forward(gates.Slice(b * width, width), c.Slice(b * Hidden, Hidden), Cells.Span.Slice(at, Hidden), TanhCells.Span.Slice(at, Hidden), Output.Span.Slice(at, Hidden));
            }
        }
    }
}

/// <summary>The recurrent part of the backward pass for some rows of the batch.</summary>
internal struct LstmBackwardRows : IChunkBody
{
    public int Time, Batch, Hidden, Chunks;
    public Indices? Resets;
    public Range C0, Gates, Cells, TanhCells, GradGates, GradHidden, GradCells, PreviousCells, Packed;
    public Range? GradOutput;

    public readonly void Run(int chunk)
    {
        (int first, int count) = LstmRows.Part(chunk, Chunks, Batch);
        int width = 4 * Hidden, from = first * Hidden, length = count * Hidden, step = Batch * Hidden;
        Span<real> gradHidden = GradHidden.Span.Slice(from, length), gradCells = GradCells.Span.Slice(from, length);
        for (int t = Time - 1; t >= 0; t--)
        {
            int row = (t * Batch) + first;
            if (GradOutput is { } output) Elementwise.Add(output.Span.Slice(row * Hidden, length), gradHidden);
            bool reset = Resets is not null && LstmResets.Any(Resets, t, Batch, first, count);
            ReadOnlySpan<real> c = t == 0 ? C0.Span.Slice(from, length) : Cells.Span.Slice(((t - 1) * step) + from, length);
            if (reset) c = LstmResets.Cleared(Resets!, t, Batch, first, count, c, PreviousCells.Span.Slice(from, length));
            Span<real> gradGates = GradGates.Span.Slice(row * width, count * width);
            for (int b = 0; b < count; b++)
            {
                int at = (row + b) * Hidden;
                LstmGates.Backward(Gates.Span.Slice((row + b) * width, width), c.Slice(b * Hidden, Hidden), TanhCells.Span.Slice(at, Hidden),
                    gradHidden.Slice(b * Hidden, Hidden), gradCells.Slice(b * Hidden, Hidden), gradGates.Slice(b * width, width));
            }

            Gemm.MultiplyPacked(count, Hidden, width, gradGates, width, Packed.Span, gradHidden, Hidden, false, Team.Single);
            if (!reset) continue;
            LstmResets.Clear(Resets!, t, Batch, first, count, gradHidden, Hidden);
            LstmResets.Clear(Resets!, t, Batch, first, count, gradCells, Hidden);
        }
    }
}

/// <summary>Clearing the state of rows at which a new sequence begins.</summary>
internal static class LstmResets
{
    public static bool Any(Indices resets, int t, int batch, int first, int count) => resets.Values.Slice((t * batch) + first, count).ContainsAnyExcept(0);

    public static ReadOnlySpan<real> Cleared(Indices resets, int t, int batch, int first, int count, ReadOnlySpan<real> state, Span<real> copy)
    {
        state.CopyTo(copy);
        Clear(resets, t, batch, first, count, copy, copy.Length / count);
        return copy;
    }

    public static void Clear(Indices resets, int t, int batch, int first, int count, Span<real> rows, int width)
    {
        ReadOnlySpan<int> flags = resets.Values.Slice((t * batch) + first, count);
        for (int b = 0; b < count; b++)
        {
            if (flags[b] != 0) rows.Slice(b * width, width).Clear();
        }
    }
}
