using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Mean or maximum over windows that are chosen so that the result has a given size: <c>[N, C, H, W] → [N, C, rows, columns]</c>, or
/// <c>[N, C, L] → [N, C, columns]</c>. Window i of n over an axis of L entries is <c>⌊i L / n⌋ … ⌈(i + 1) L / n⌉ − 1</c>.
/// </summary>
/// <param name="size">Rows and columns of the result, at least 1; of one dimension only the columns count.</param>
/// <param name="max">Whether the largest is wanted, and not the mean.</param>
public readonly struct AdaptivePool(Extent size, bool max) : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(AdaptivePool);

    internal bool IsMax => max;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[0];
        PoolingWindow.CheckRank(Name, x);
        size.CheckAtLeast(1, Name, "size");
        if (x.Product(2, x.Rank) == 0) Errors.Shape(Name, $"{x} has an empty axis.");
        outputs[0] = x.Rank == 3 ? [x[0], x[1], size.Columns] : [x[0], x[1], size.Rows, size.Columns];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        PoolingSizes sizes = Sizes(context.InputShape(0), context.OutputShape());
        Span<real> y = context.Output();
        if (max) MaxPooling.Forward(sizes, context.Input(0), y, context.SaveIndices(y.Length), context.Team);
        else MeanPooling.Forward(sizes, context.Input(0), y, context.Team);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        PoolingSizes sizes = Sizes(context.InputShape(0), context.OutputShape());
        ReadOnlySpan<real> gy = context.OutputGradient();
        Span<real> gx = context.InputGradient(0, out bool add);
        if (max) MaxPooling.Backward(sizes, gy, context.SavedIndices(0), gx, add, context.Team);
        else MeanPooling.Backward(sizes, gy, gx, add, context.Team);
    }

    private static PoolingSizes Sizes(in Shape x, in Shape y)
    {
        bool flat = x.Rank == 3;
        return new PoolingSizes { Planes = x[0] * x[1], Input = (flat ? 1 : x[2], x[^1]), Output = (flat ? 1 : y[2], y[^1]) };
    }
}

/// <summary>The public face of <see cref="Inkling.AdaptivePool"/>.</summary>
public static class AdaptivePoolExtensions
{
    extension(Tensor x)
    {
        /// <summary>Means over windows such that the result has the given size: <c>[N, C, H, W] → [N, C, rows, columns]</c>, or <c>[N, C, L] → [N, C, columns]</c>. Of size 1 the mean of each channel.</summary>
        /// <exception cref="ArgumentException">There are other than three or four axes, or an axis is empty.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The size is less than 1.</exception>
        public Tensor AdaptiveAveragePool(Extent size) => Tape.Record(new AdaptivePool(size, max: false), x);

        /// <summary>Maxima over windows such that the result has the given size, as <see cref="AdaptiveAveragePool"/>.</summary>
        /// <exception cref="ArgumentException">There are other than three or four axes, or an axis is empty.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The size is less than 1.</exception>
        public Tensor AdaptiveMaxPool(Extent size) => Tape.Record(new AdaptivePool(size, max: true), x);
    }
}
