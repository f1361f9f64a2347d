namespace Inkling.Ops;

/// <summary>Checks that a mask broadcasts to what it is laid on.</summary>
internal static class MaskShape
{
    public static void Check(string op, in Shape x, Indices mask)
    {
        if (x.Rank == 0) Errors.Shape(op, "the operand is a scalar; reshape it to [1].");
        if (!Broadcast.TryShape(x, mask.Shape, out Shape both) || both != x)
            Errors.Shape(op, $"the mask {mask.Shape} does not broadcast to {x}: from the last axis on, its sizes must be equal or 1.");
    }
}
