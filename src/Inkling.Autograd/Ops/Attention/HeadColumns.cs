using Inkling.Numerics;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>
/// The columns of one operand of an attention: heads side by side in the rows of <c>[T, B, width]</c>. One head of one row of the batch is
/// copied out as a matrix <c>[T, d]</c>: its rows lie so far apart that they would push each other out of the cache.
/// </summary>
/// <param name="Memory">The operand or its gradient.</param>
/// <param name="Batch">B.</param>
/// <param name="Width">Elements from one (t, b) to the next.</param>
/// <param name="Offset">Where the first head begins in a row.</param>
/// <param name="HeadWidth">d.</param>
internal readonly record struct HeadColumns(Range Memory, int Batch, int Width, int Offset, int HeadWidth)
{
    /// <summary><c>to = scale ·</c> the first <paramref name="time"/> steps.</summary>
    public void Gather(int row, int head, int time, real scale, Span<real> to)
    {
        ReadOnlySpan<real> from = Memory.Span;
        for (int t = 0; t < time; t++) Elementwise.AddScaled(from.Slice(At(t, row, head), HeadWidth), scale, to.Slice(t * HeadWidth, HeadWidth), accumulate: false);
    }

    /// <summary>Writes <c>scale · from</c> to the steps, or adds it.</summary>
    public void Scatter(int row, int head, int time, real scale, ReadOnlySpan<real> from, bool accumulate)
    {
        Span<real> to = Memory.Span;
        for (int t = 0; t < time; t++) Elementwise.AddScaled(from.Slice(t * HeadWidth, HeadWidth), scale, to.Slice(At(t, row, head), HeadWidth), accumulate);
    }

    private int At(int t, int row, int head) => (((t * Batch) + row) * Width) + Offset + (head * HeadWidth);
}
