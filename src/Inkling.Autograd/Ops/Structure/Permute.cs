using Inkling.Numerics;
using Inkling.Ops;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// The axes in another order, <c>y[i(a₀), i(a₁), …] = x[i(0), i(1), …]</c>: axis k of the result is axis <c>aₖ</c> of the operand. A copy; the gradient
/// goes the other way.
/// </summary>
public readonly struct Permute : IOp
{
    // Four bits an axis: the operation is stored by value.
    private readonly int _order;
    private readonly int _rank;

    /// <summary>Names the order.</summary>
    /// <param name="axes">Each axis of the operand once.</param>
    /// <exception cref="ArgumentException">An axis is missing, named twice, or out of range.</exception>
    public Permute(params ReadOnlySpan<int> axes)
    {
        int seen = 0;
        _rank = axes.Length;
        for (int i = 0; i < axes.Length; i++)
        {
            if ((uint)axes[i] >= (uint)axes.Length || axes.Length > Shape.MaxRank || (seen & (1 << axes[i])) != 0)
                Errors.Shape(Name, $"the order ({string.Join(", ", axes.ToArray())}) must name each of the axes 0 to {axes.Length - 1} once.");
            seen |= 1 << axes[i];
            _order |= axes[i] << (4 * i);
        }
    }

    /// <inheritdoc/>
    public static string Name => nameof(Permute);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[0];
        if (x.Rank != _rank) Errors.Shape(Name, $"{_rank} axes are named, but the operand {x} has {x.Rank}.");
        Span<int> sizes = stackalloc int[Shape.MaxRank];
        for (int i = 0; i < _rank; i++) sizes[i] = x[AxisAt(i)];
        outputs[0] = Shape.Create(sizes[.._rank]);
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        Span<int> sizes = stackalloc int[Shape.MaxRank], axes = stackalloc int[Shape.MaxRank];
        for (int i = 0; i < _rank; i++) (sizes[i], axes[i]) = (context.InputShape(0)[i], AxisAt(i));
        Permutation.Copy(sizes[.._rank], axes[.._rank], context.Input(0), context.Output(), context.Team);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        Span<int> sizes = stackalloc int[Shape.MaxRank], inverse = stackalloc int[Shape.MaxRank];
        for (int i = 0; i < _rank; i++) (sizes[i], inverse[AxisAt(i)]) = (context.OutputShape()[i], i);
        ReadOnlySpan<real> gy = context.OutputGradient();
        Span<real> gx = context.InputGradient(0, out bool accumulate);
        Span<real> back = accumulate ? context.Scratch(gx.Length) : gx;
        Permutation.Copy(sizes[.._rank], inverse[.._rank], gy, back, context.Team);
        if (accumulate) Elementwise.Add(back, gx);
    }

    /// <summary>Whether only axes of size 1 change places, so that the memory stays as it is.</summary>
    internal bool KeepsMemory(in Shape shape)
    {
        int before = -1;
        for (int i = 0; i < _rank; i++)
        {
            int axis = AxisAt(i);
            if (shape[axis] == 1) continue;
            if (axis < before) return false;
            before = axis;
        }

        return true;
    }

    internal int[] Order => [.. Enumerable.Range(0, _rank).Select(AxisAt)];

    private int AxisAt(int i) => (_order >> (4 * i)) & 15;
}

/// <summary>The public face of <see cref="Inkling.Permute"/>.</summary>
public static class PermuteExtensions
{
    extension(Tensor x)
    {
        /// <summary>The axes in another order: axis k of the result is axis <c>axes[k]</c> of this. <c>[A, B, C].Permute(2, 0, 1)</c> is <c>[C, A, B]</c>.</summary>
        /// <exception cref="ArgumentException">An axis is missing, named twice, or out of range.</exception>
        public Tensor Permute(params ReadOnlySpan<int> axes)
        {
            Permute op = new(axes);
            Shape shape = x.Shape;
            if (axes.Length != shape.Rank || !op.KeepsMemory(shape)) return Tape.Record(op, x);
            Span<int> sizes = stackalloc int[Shape.MaxRank];
            for (int i = 0; i < axes.Length; i++) sizes[i] = shape[axes[i]];
            return x.Reshape(Shape.Create(sizes[..axes.Length]));
        }

        /// <summary>Exchanges two axes (<c>^1</c> is the last), a copy: <c>[…, A, …, B, …] → […, B, …, A, …]</c>. For a matrix product the flags of <c>MatMul</c> are cheaper.</summary>
        /// <exception cref="ArgumentException">There is no such axis.</exception>
        public Tensor Transpose(Index first, Index second)
        {
            Shape shape = x.Shape;
            int a = Axis.Of("Transpose", shape, first), b = Axis.Of("Transpose", shape, second);
            Span<int> axes = stackalloc int[Shape.MaxRank];
            for (int i = 0; i < shape.Rank; i++) axes[i] = i == a ? b : i == b ? a : i;
            return x.Permute(axes[..shape.Rank]);
        }

        /// <summary>Exchanges the last two axes, a copy: <c>[…, A, B] → […, B, A]</c>.</summary>
        /// <exception cref="ArgumentException">There are fewer than two axes.</exception>
        public Tensor Transpose()
        {
            if (x.Shape.Rank < 2) Errors.Shape("Transpose", $"{x.Shape} has fewer than two axes.");
            return x.Transpose(^2, ^1);
        }
    }
}
