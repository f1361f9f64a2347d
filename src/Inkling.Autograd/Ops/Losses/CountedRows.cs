using Inkling.Recording;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>
/// The rows of a loss whose target is not the ignored index, as a matrix without gaps. When none is ignored nothing is copied.
/// </summary>
internal readonly ref struct CountedRows
{
    private readonly ReadOnlySpan<int> _rows;

    /// <summary>Finds them.</summary>
    public CountedRows(in OpForward context, ReadOnlySpan<int> targets, int ignoreIndex)
    {
        Targets = targets;
        All = targets.Length;
        int ignored = targets.Count(ignoreIndex);
        if (ignored == 0) return;

        // As if all counted: the memory of a step shall not depend on what is ignored in it.
        Span<int> rows = context.ScratchIndices(All), counted = context.ScratchIndices(All);
        int n = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            if (targets[i] == ignoreIndex) continue;
            (rows[n], counted[n]) = (i, targets[i]);
            n++;
        }

        _rows = rows[..n];
        Targets = counted[..n];
    }

    /// <summary>The target of each row that counts.</summary>
    public ReadOnlySpan<int> Targets { get; }

    /// <summary>How many rows count.</summary>
    public int Count => Targets.Length;

    /// <summary>How many rows there are in all.</summary>
    public int All { get; }

    /// <summary>The rows that count of an operand.</summary>
    public Range Pick(in OpForward context, int input, int width)
    {
        Range all = context.InputRange(input);
        if (Count == All) return all;
        Range picked = context.ScratchRange(All * width);
        PickedRows.Gather(all.Span, _rows, width, picked.Span);
        return picked;
    }

    /// <summary>
    /// Moves the counted rows, which stand at the beginning, to their places, and clears the others. Going down from the last row,
    /// a row is never written before it has been moved: of the first i rows at most i count.
    /// </summary>
    public void PutBack(Span<real> matrix, int width)
    {
        if (Count == All) return;
        int next = Count - 1;
        for (int row = All - 1; row >= 0; row--)
        {
            Span<real> place = matrix.Slice(row * width, width);
            if (next < 0 || _rows[next] != row) place.Clear();
            else matrix.Slice(next-- * width, width).CopyTo(place);
        }
    }
}
