using Inkling.Numerics;
using Inkling.Ops;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// The sum along one axis, times a factor: <c>y = s Σₐ x</c>, <c>[…, A, …] → […, …]</c>; with s = 1 the sum, with s = 1/A the mean. <c>dx = s dy</c>.
/// </summary>
/// <param name="axis">The axis, 0 … rank − 1.</param>
/// <param name="mean">Whether s is 1/A.</param>
/// <param name="keepAxis">Whether the axis stays, with size 1.</param>
public readonly struct SumAxis(int axis, bool mean, bool keepAxis) : IOp
{
    /// <inheritdoc/>
    public static string Name => "Sum";

    internal int AxisNumber => axis;
    internal bool IsMean => mean;
    internal bool KeepsAxis => keepAxis;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[0];
        if ((uint)axis >= (uint)x.Rank) Errors.Shape(Name, $"{x} has no axis {axis}.");
        if (mean && x[axis] == 0) Errors.Shape("Mean", $"axis {axis} of {x} has no entries.");
        outputs[0] = keepAxis ? Axis.With(x, axis, 1) : Axis.Without(x, axis);
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        Shape shape = context.InputShape(0);
        int n = shape[axis], inner = shape.Product(axis + 1, shape.Rank);
        ReadOnlySpan<real> x = context.Input(0);
        Span<real> y = context.Output();
        if (inner == 1)
        {
            for (int o = 0; o < y.Length; o++) y[o] = Reduce.Sum(x.Slice(o * n, n));
        }
        else
        {
            for (int o = 0; o < y.Length; o += inner) Reduce.ColumnSums(x.Slice(o * n, n * inner), n, inner, y.Slice(o, inner), context.Team, accumulate: false);
        }

        if (mean) Elementwise.Scale(y, (real)1 / n);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        Shape shape = context.InputShape(0);
        int n = shape[axis], inner = shape.Product(axis + 1, shape.Rank);
        real scale = mean ? (real)1 / n : 1;
        ReadOnlySpan<real> gy = context.OutputGradient();
        Span<real> gx = context.InputGradient(0, out bool accumulate);
        if (inner == 1)
        {
            for (int o = 0; o < gy.Length; o++) Spread.Set(gy[o] * scale, gx.Slice(o * n, n), accumulate);
            return;
        }

        for (int i = 0, o = 0; o < gy.Length; o += inner)
        {
            for (int k = 0; k < n; k++, i += inner) Elementwise.AddScaled(gy.Slice(o, inner), scale, gx.Slice(i, inner), accumulate);
        }
    }
}

/// <summary>The public face of <see cref="Inkling.SumAxis"/>.</summary>
public static class SumAxisExtensions
{
    extension(Tensor x)
    {
        /// <summary>The sum along an axis (<c>^1</c> is the last), which disappears or stays with size 1: <c>[…, A, …] → […, …]</c>.</summary>
        /// <exception cref="ArgumentException">There is no such axis.</exception>
        public Tensor Sum(Index axis, bool keepAxis = false) => Tape.Record(new SumAxis(Axis.Of("Sum", x.Shape, axis), false, keepAxis), x);

        /// <summary>The mean along an axis (<c>^1</c> is the last), which disappears or stays with size 1: <c>[…, A, …] → […, …]</c>.</summary>
        /// <exception cref="ArgumentException">There is no such axis, or it has no entries.</exception>
        public Tensor Mean(Index axis, bool keepAxis = false) => Tape.Record(new SumAxis(Axis.Of("Mean", x.Shape, axis), true, keepAxis), x);
    }
}
