using Inkling.Numerics;
using Inkling.Ops;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// A range of one axis: <c>[…, A, …] → […, count, …]</c>, a copy. The gradient of what lies outside is zero.
/// </summary>
/// <param name="axis">The axis, 0 … rank − 1.</param>
/// <param name="start">The first entry.</param>
/// <param name="count">How many entries.</param>
public readonly struct SliceAxis(int axis, int start, int count) : IOp
{
    /// <inheritdoc/>
    public static string Name => "Slice";

    internal int AxisNumber => axis;
    internal int Start => start;
    internal int Count => count;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[0];
        if ((uint)axis >= (uint)x.Rank) Errors.Shape(Name, $"{x} has no axis {axis}.");
        if (start < 0 || count < 0 || (long)start + count > x[axis]) Errors.Shape(Name, $"entries {start}..{(long)start + count} are not inside axis {axis} of {x}.");
        outputs[0] = Axis.With(x, axis, count);
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        Shape shape = context.InputShape(0);
        int inner = shape.Product(axis + 1, shape.Rank), row = shape[axis] * inner, run = count * inner, outer = shape.Product(0, axis);
        ReadOnlySpan<real> x = context.Input(0);
        Span<real> y = context.Output();
        for (int o = 0; o < outer; o++) x.Slice((o * row) + (start * inner), run).CopyTo(y[(o * run)..]);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        Shape shape = context.InputShape(0);
        int inner = shape.Product(axis + 1, shape.Rank), row = shape[axis] * inner, run = count * inner, outer = shape.Product(0, axis);
        ReadOnlySpan<real> gy = context.OutputGradient();
        Span<real> gx = context.InputGradient(0);
        for (int o = 0; o < outer; o++) Elementwise.Add(gy.Slice(o * run, run), gx.Slice((o * row) + (start * inner), run));
    }
}

/// <summary>The public face of <see cref="Inkling.SliceAxis"/>.</summary>
public static class SliceAxisExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The entries <paramref name="start"/> … <paramref name="start"/> + <paramref name="count"/> − 1 of an axis (<c>^1</c> is the last): <c>[…, A, …] → […, count, …]</c>.
        /// Where they lie side by side, as of the first axis, nothing is copied.
        /// </summary>
        /// <exception cref="ArgumentException">There is no such axis, or the range is not inside it.</exception>
        public Tensor Slice(Index axis, int start, int count)
        {
            Shape shape = x.Shape;
            int number = Axis.Of("Slice", shape, axis);
            bool contiguous = shape.Product(0, number) == 1;
            if (!contiguous || start < 0 || count < 0 || (long)start + count > shape[number]) return Tape.Record(new SliceAxis(number, start, count), x);
            return x.Tape.View(x, Axis.With(shape, number, count), start * shape.Product(number + 1, shape.Rank));
        }
    }
}
