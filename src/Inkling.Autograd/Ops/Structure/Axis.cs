namespace Inkling.Ops;

/// <summary>Resolves an axis that a caller named, and what lies before and behind it.</summary>
internal static class Axis
{
    /// <summary>The number of the axis, <c>^1</c> being the last.</summary>
    public static int Of(string op, in Shape shape, Index axis)
    {
        int number = axis.GetOffset(shape.Rank);
        if ((uint)number >= (uint)shape.Rank) Errors.Shape(op, $"{shape} has no axis {axis}; its axes are 0 to {shape.Rank - 1}, or ^1 for the last.");
        return number;
    }

    /// <summary>The shape with one axis of another size.</summary>
    public static Shape With(in Shape shape, int axis, int size)
    {
        Span<int> sizes = stackalloc int[Shape.MaxRank];
        for (int i = 0; i < shape.Rank; i++) sizes[i] = i == axis ? size : shape[i];
        return Shape.Create(sizes[..shape.Rank]);
    }

    /// <summary>The shape without one of its axes.</summary>
    public static Shape Without(in Shape shape, int axis)
    {
        Span<int> sizes = stackalloc int[Shape.MaxRank];
        for (int i = 0; i < shape.Rank - 1; i++) sizes[i] = shape[i < axis ? i : i + 1];
        return Shape.Create(sizes[..(shape.Rank - 1)]);
    }

    /// <summary>The shape with a further axis of size 1.</summary>
    public static Shape Inserted(string op, in Shape shape, int axis)
    {
        if (shape.Rank == Shape.MaxRank) Errors.Shape(op, $"{shape} has no room for another axis; at most {Shape.MaxRank} are supported.");
        Span<int> sizes = stackalloc int[Shape.MaxRank];
        for (int i = 0; i <= shape.Rank; i++) sizes[i] = i == axis ? 1 : shape[i < axis ? i : i - 1];
        return Shape.Create(sizes[..(shape.Rank + 1)]);
    }
}
