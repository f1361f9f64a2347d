using Inkling.Numerics;

namespace Inkling;

/// <summary>The windows of a pooling. Of one dimension only the columns count.</summary>
/// <param name="Size">Rows and columns of a window, at least 1.</param>
/// <param name="Stride">From one window to the next, at least 1.</param>
/// <param name="Padding">How far windows stick out on each side, at most half their size.</param>
/// <param name="Dilation">From one element of the window to the next, at least 1; means have 1.</param>
public readonly record struct PoolingWindow(Extent Size, Extent Stride, Extent Padding, Extent Dilation)
{
    /// <summary>Windows side by side.</summary>
    public static PoolingWindow SideBySide(Extent size) => new(size, size, 0, 1);

    /// <summary>Validates the operand and gives the shape of the result.</summary>
    internal Shape Infer(string op, in Shape x)
    {
        CheckRank(op, x);
        Check(op);
        int width = Positions(op, x, ^1, Size.Columns, Stride.Columns, Padding.Columns, Dilation.Columns);
        return x.Rank == 3 ? [x[0], x[1], width] : [x[0], x[1], Positions(op, x, 2, Size.Rows, Stride.Rows, Padding.Rows, Dilation.Rows), width];
    }

    /// <summary>Throws unless all are in range.</summary>
    internal void Check(string op)
    {
        Size.CheckAtLeast(1, op, "size");
        Stride.CheckAtLeast(1, op, "stride");
        Padding.CheckAtLeast(0, op, "padding");
        Dilation.CheckAtLeast(1, op, "dilation");
    }

    /// <summary>Shapes as sizes; <c>[N, C, L]</c> is <c>[N, C, 1, L]</c>.</summary>
    internal PoolingSizes Sizes(in Shape x, in Shape y, bool countPadding = false)
    {
        bool flat = x.Rank == 3;
        return new PoolingSizes
        {
            Planes = x[0] * x[1],
            Input = (flat ? 1 : x[2], x[^1]),
            Output = (flat ? 1 : y[2], y[^1]),
            Window = (flat ? 1 : Size.Rows, Size.Columns),
            Stride = (flat ? 1 : Stride.Rows, Stride.Columns),
            Padding = (flat ? 0 : Padding.Rows, Padding.Columns),
            Dilation = (flat ? 1 : Dilation.Rows, Dilation.Columns),
            CountPadding = countPadding,
        };
    }

    /// <summary>Throws unless the operand is <c>[N, C, L]</c> or <c>[N, C, H, W]</c>.</summary>
    internal static void CheckRank(string op, in Shape x)
    {
        if (x.Rank is not (3 or 4)) Errors.Shape(op, $"{x} must be [N, C, L] or [N, C, H, W]. Reshape it.");
    }

    private static int Positions(string op, in Shape x, Index axis, int size, int stride, int padding, int dilation)
    {
        if (2 * padding > size) throw new ArgumentOutOfRangeException(nameof(padding), padding, $"{op}: a padding of {padding} is more than half the window of {size}, so windows could lie outside.");
        long room = x[axis] + (2L * padding) - ((long)dilation * (size - 1L));
        if (room < 1) Errors.Shape(op, $"a window of {size} with dilation {dilation} does not fit axis {axis} of {x} with padding {padding}.");
        if (padding > 0 && dilation > x[axis]) Errors.Shape(op, $"with padding {padding} and dilation {dilation} a window can miss all of axis {axis} of {x}. Use a dilation of at most {x[axis]}.");
        return (int)(((room - 1) / stride) + 1);
    }
}
