using Inkling.Ops;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// The largest along one axis: <c>[…, A, …] → […, …]</c>; NaN where one is NaN. The gradient goes to the first of the largest.
/// </summary>
/// <param name="axis">The axis, 0 … rank − 1.</param>
/// <param name="keepAxis">Whether the axis stays, with size 1.</param>
public readonly struct MaxAxis(int axis, bool keepAxis) : IOp
{
    /// <inheritdoc/>
    public static string Name => "Max";

    internal int AxisNumber => axis;
    internal bool KeepsAxis => keepAxis;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[0];
        if ((uint)axis >= (uint)x.Rank) Errors.Shape(Name, $"{x} has no axis {axis}.");
        if (x[axis] == 0) Errors.Shape(Name, $"axis {axis} of {x} has no entries.");
        outputs[0] = keepAxis ? Axis.With(x, axis, 1) : Axis.Without(x, axis);
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        Shape shape = context.InputShape(0);
        int n = shape[axis], inner = shape.Product(axis + 1, shape.Rank);
        ReadOnlySpan<real> x = context.Input(0);
        Span<real> y = context.Output();
        Span<int> places = context.SaveIndices(y.Length);
        for (int o = 0; o < y.Length; o += inner)
        {
            int start = o * n;
            Span<real> largest = y.Slice(o, inner);
            Span<int> place = places.Slice(o, inner);
            for (int j = 0; j < inner; j++) (largest[j], place[j]) = (x[start + j], start + j);
            for (int at = start + inner; at < start + (n * inner); at += inner)
            {
                for (int j = 0; j < inner; j++)
                {
                    real value = x[at + j];
                    if (value <= largest[j] || real.IsNaN(largest[j])) continue;
                    (largest[j], place[j]) = (value, at + j);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        ReadOnlySpan<real> gy = context.OutputGradient();
        Span<real> gx = context.InputGradient(0);
        Span<int> places = context.SavedIndices(0);
        for (int i = 0; i < gy.Length; i++) gx[places[i]] += gy[i];
    }
}

/// <summary>The public face of <see cref="Inkling.MaxAxis"/>.</summary>
public static class MaxAxisExtensions
{
    extension(Tensor x)
    {
        /// <summary>The largest along an axis (<c>^1</c> is the last), which disappears or stays with size 1: <c>[…, A, …] → […, …]</c>. The gradient goes to the first of the largest.</summary>
        /// <exception cref="ArgumentException">There is no such axis, or it has no entries.</exception>
        public Tensor Max(Index axis, bool keepAxis = false) => Tape.Record(new MaxAxis(Axis.Of("Max", x.Shape, axis), keepAxis), x);
    }
}
