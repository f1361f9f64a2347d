using Inkling.Numerics;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>Which rows take part in which step, and what state each of them comes from. T = time, B = batch, H = hidden.</summary>
internal readonly struct RecurrentSteps(SequenceOrder order, int time, int batch, int hidden)
{
    private readonly SequenceOrder _order = order;

    public int Time { get; } = time;

    public int Batch { get; } = batch;

    public int Hidden { get; } = hidden;

    /// <summary>Whether some rows end before others.</summary>
    public bool HasLengths => _order.Lengths is not null;

    /// <summary>The place in the sequence of a step in the order of computing.</summary>
    public int At(int step) => _order.Reverse ? Time - 1 - step : step;

    public bool IsActive(int t, int row) => _order.Lengths is not { } lengths || t < lengths.Values[row];

    /// <summary>Of some rows, those up to the last that takes part.</summary>
    public int ActiveRows(int t, int first, int count)
    {
        if (_order.Lengths is null) return count;
        ReadOnlySpan<int> lengths = _order.Lengths.Values.Slice(first, count);
        while (count > 0 && lengths[count - 1] <= t) count--;
        return count;
    }

    /// <summary>States before a step, <c>[count, H]</c>: those of the step before, or a copy of them with rows cleared or begun.</summary>
    /// <param name="step">The step in the order of computing.</param>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="initial">States before the sequence, <c>[B, H]</c>.</param>
    /// <param name="states">States after each step, <c>[T, B, H]</c>.</param>
    /// <param name="copy">Room for a copy, <c>[B, H]</c>.</param>
    public ReadOnlySpan<real> Before(int step, int first, int count, Range initial, Range states, Range copy)
    {
        int from = first * Hidden, length = count * Hidden, t = At(step);
        ReadOnlySpan<real> begin = initial.Span.Slice(from, length);
        ReadOnlySpan<real> state = step == 0 ? begin : states.Span.Slice((At(step - 1) * Batch * Hidden) + from, length);
        if (!Breaks(t, first, count)) return state;
        Span<real> mine = copy.Span.Slice(from, length);
        state.CopyTo(mine);
        for (int b = 0; b < count; b++)
        {
            if (BeginsLate(t, first + b)) begin.Slice(b * Hidden, Hidden).CopyTo(mine.Slice(b * Hidden, Hidden));
            if (IsReset(t, first + b)) mine.Slice(b * Hidden, Hidden).Clear();
        }

        return mine;
    }

    /// <summary>The states before all steps as one matrix, <c>[T · B, H]</c>, in the order of the sequence.</summary>
    public void AllBefore(ReadOnlySpan<real> initial, ReadOnlySpan<real> states, Span<real> before)
    {
        int step = Batch * Hidden, rest = (Time - 1) * step;
        initial.CopyTo(before[(_order.Reverse ? rest : 0)..]);
        states.Slice(_order.Reverse ? step : 0, rest).CopyTo(before[(_order.Reverse ? 0 : step)..]);
        for (int i = 0; i < Time * Batch && (_order.Resets is not null || (_order.Reverse && HasLengths)); i++)
        {
            int t = i / Batch, row = i % Batch;
            if (BeginsLate(t, row)) initial.Slice(row * Hidden, Hidden).CopyTo(before.Slice(i * Hidden, Hidden));
            if (IsReset(t, row)) before.Slice(i * Hidden, Hidden).Clear();
        }
    }

    /// <summary>The states of each row after its last step, <c>[B, H]</c>.</summary>
    public void Last(ReadOnlySpan<real> states, Span<real> last)
    {
        for (int row = 0; row < Batch; row++)
        {
            int t = _order.Reverse ? 0 : (_order.Lengths is { } lengths ? lengths.Values[row] : Time) - 1;
            states.Slice(((t * Batch) + row) * Hidden, Hidden).CopyTo(last.Slice(row * Hidden, Hidden));
        }
    }

    /// <summary>On the way back: no gradient passes a place where the state was cleared.</summary>
    public void ClearResets(int t, int first, int count, Span<real> gradient)
    {
        if (_order.Resets is null) return;
        for (int b = 0; b < count; b++)
        {
            if (IsActive(t, first + b) && IsReset(t, first + b)) gradient.Slice(b * Hidden, Hidden).Clear();
        }
    }

    /// <summary>Multiplies each of some rows with its part of a mask <c>[B, H]</c>.</summary>
    public ReadOnlySpan<real> Masked(Range? mask, int first, ReadOnlySpan<real> rows, Range copy)
    {
        if (mask is not { } kept) return rows;
        Span<real> mine = copy.Span.Slice(first * Hidden, rows.Length);
        Elementwise.Multiply(rows, kept.Span.Slice(first * Hidden, rows.Length), mine);
        return mine;
    }

    /// <summary>The same for all steps, in place.</summary>
    public void Mask(Range? mask, Span<real> all)
    {
        int step = Batch * Hidden;
        for (int t = 0; t < Time && mask is not null; t++) Elementwise.Multiply(all.Slice(t * step, step), mask.Value.Span, all.Slice(t * step, step));
    }

    private bool Breaks(int t, int first, int count)
    {
        if (_order.Resets is not null && _order.Resets.Values.Slice((t * Batch) + first, count).ContainsAnyExcept(0)) return true;
        return _order.Reverse && _order.Lengths is not null && _order.Lengths.Values.Slice(first, count).Contains(t + 1);
    }

    private bool BeginsLate(int t, int row) => _order.Reverse && _order.Lengths is not null && _order.Lengths.Values[row] == t + 1;

    private bool IsReset(int t, int row) => _order.Resets is not null && _order.Resets.Values[(t * Batch) + row] != 0;
}

/// <summary>How the rows of a batch are shared out for the recurrent part of a layer.</summary>
internal static class RecurrentRows
{
    /// <summary>As many parts as threads, when each still has enough work to pay for waking a thread.</summary>
    /// <param name="team">Who works.</param>
    /// <param name="time">Steps.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="hidden">Width of the state.</param>
    /// <param name="gates">Gates of a cell.</param>
    public static int Chunks(Team team, int time, int batch, int hidden, int gates)
    {
        const long EnoughWork = 2_000_000;
        long work = 2L * gates * time * batch * hidden * hidden;
        return (int)Math.Clamp(Math.Min(work / EnoughWork, team.Threads), 1, Math.Max(1, batch));
    }

    public static (int First, int Count) Part(int chunk, int chunks, int batch)
    {
        int first = (int)((long)batch * chunk / chunks), end = (int)((long)batch * (chunk + 1) / chunks);
        return (first, end - first);
    }

    /// <summary>The mask of the recurrent dropout, saved for the way back; null where nothing is dropped.</summary>
    public static Range? SaveMask(in Recording.OpForward context, real rate, int length)
    {
        if (rate == 0 || !context.Recording) return null;
        Range mask = context.SaveRange(length);
        (ulong seed, ulong stream) = context.Random;
        CounterRandom.FillDropoutMask(mask.Span, seed, stream, rate);
        return mask;
    }

    /// <summary>Gradients of final states as the begin of the way back; zero where nothing flowed.</summary>
    public static void CopyOrClear(ReadOnlySpan<real> from, Span<real> to)
    {
        if (from.IsEmpty) to.Clear();
        else from.CopyTo(to);
    }
}
