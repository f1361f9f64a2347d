using Inkling.Numerics;
using Inkling.Ops;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Puts tensors one behind the other along an axis: <c>[…, Aₖ, …]</c> of equal other axes → <c>[…, Σ Aₖ, …]</c>. Each operand's gradient is its
/// part of the result's.
/// </summary>
/// <param name="axis">The axis, 0 … rank − 1.</param>
public readonly struct Concat(int axis) : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(Concat);

    internal int AxisNumber => axis;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape first = inputs[0];
        if ((uint)axis >= (uint)first.Rank) Errors.Shape(Name, $"{first} has no axis {axis}.");
        long size = 0;
        for (int i = 0; i < inputs.Count; i++)
        {
            Shape other = inputs[i];
            if (other.Rank != first.Rank || Axis.With(other, axis, 1) != Axis.With(first, axis, 1))
                Errors.Shape(Name, $"operand {i} is {other}, operand 0 is {first}; all axes but axis {axis} must agree.");
            size += other[axis];
        }

        if (size > int.MaxValue) Errors.Shape(Name, $"the result would have {size} entries along axis {axis}.");
        outputs[0] = Axis.With(first, axis, (int)size);
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        Shape shape = context.OutputShape();
        int outer = shape.Product(0, axis), row = shape.Product(axis, shape.Rank), at = 0;
        Span<real> y = context.Output();
        for (int i = 0; i < context.InputCount; i++)
        {
            ReadOnlySpan<real> x = context.Input(i);
            int run = outer == 0 ? 0 : x.Length / outer;
            for (int o = 0; o < outer; o++) x.Slice(o * run, run).CopyTo(y[((o * row) + at)..]);
            at += run;
        }
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        Shape shape = context.OutputShape();
        int outer = shape.Product(0, axis), row = shape.Product(axis, shape.Rank), at = 0;
        ReadOnlySpan<real> gy = context.OutputGradient();
        for (int i = 0; i < context.InputCount; i++)
        {
            int run = outer == 0 ? 0 : context.InputShape(i).Length / outer;
            if (context.NeedsGradient(i))
            {
                Span<real> gx = context.InputGradient(i, out bool accumulate);
                for (int o = 0; o < outer; o++) Elementwise.AddScaled(gy.Slice((o * row) + at, run), 1, gx.Slice(o * run, run), accumulate);
            }

            at += run;
        }
    }
}

/// <summary>The public face of <see cref="Inkling.Concat"/>.</summary>
public static class ConcatExtensions
{
    extension(Tensor)
    {
        /// <summary>Puts tensors one behind the other along an axis (<c>^1</c> is the last): <c>[…, Aₖ, …] → […, Σ Aₖ, …]</c>; the other axes must agree.</summary>
        /// <exception cref="ArgumentException">No tensors are given, there is no such axis, or the other axes differ.</exception>
        public static Tensor Concat(Index axis, params ReadOnlySpan<Tensor> tensors)
        {
            if (tensors.IsEmpty) Errors.Shape("Concat", "no tensors given.");
            int number = Axis.Of("Concat", tensors[0].Shape, axis);
            return tensors.Length == 1 ? tensors[0] : Tape.Record(new Concat(number), tensors);
        }

        /// <summary>Puts tensors of one shape side by side along a new axis: n of <c>[A, B]</c> → <c>[n, A, B]</c> at axis 0, <c>[A, B, n]</c> at <c>^0</c>, the end.</summary>
        /// <exception cref="ArgumentException">No tensors are given, there is no such place for an axis, or the shapes differ.</exception>
        public static Tensor Stack(Index axis, params ReadOnlySpan<Tensor> tensors)
        {
            if (tensors.IsEmpty) Errors.Shape("Stack", "no tensors given.");
            Shape shape = tensors[0].Shape;
            int number = axis.GetOffset(shape.Rank);
            if ((uint)number > (uint)shape.Rank) Errors.Shape("Stack", $"{shape} has no place {axis} for a new axis; places are 0 to {shape.Rank}, or ^0 for the end.");
            for (int i = 1; i < tensors.Length; i++)
            {
                if (tensors[i].Shape != shape) Errors.Shape("Stack", $"operand {i} is {tensors[i].Shape}, operand 0 is {shape}; all must agree.");
            }

            return StackLaidOut(tensors, number, Axis.Inserted("Stack", shape, number));
        }
    }

    private static Tensor StackLaidOut(ReadOnlySpan<Tensor> tensors, int axis, Shape one)
    {
        const int OnStack = 16;
        TensorBuffer buffer = default;
        Span<Tensor> views = tensors.Length <= OnStack ? ((Span<Tensor>)buffer)[..tensors.Length] : new Tensor[tensors.Length];
        for (int i = 0; i < views.Length; i++) views[i] = tensors[i].Reshape(one);
        return Tape.Record(new Concat(axis), views);
    }

    [System.Runtime.CompilerServices.InlineArray(16)]
    private struct TensorBuffer
    {
        private Tensor _first;
    }
}
