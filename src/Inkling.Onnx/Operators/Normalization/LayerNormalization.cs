using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// <c>(x − mean) / √(variance + ε) · scale + bias</c> over all axes from <c>axis</c> (the last) on (Ba 2016). Outputs 1 and 2 are the means and
/// the inverse deviations.
/// </summary>
internal sealed class LayerNormalization : FloatOperator
{
    /// <inheritdoc/>
    protected override bool Narrows(int output) => output == 0;

    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        TrailingAxes<T> trailing = TrailingAxes<T>.Of(call, x);
        T[] scale = trailing.Spread(call.Input<T>(1)), bias = call.Optional<T>(2) is { } given ? trailing.Spread(given) : new T[trailing.Length];
        double epsilon = call.Attributes.Float("epsilon", 1e-5f);
        T[] y = new T[x.Length], means = new T[trailing.Rows], inverses = new T[trailing.Rows];
        for (int row = 0; row < trailing.Rows; row++)
        {
            ReadOnlySpan<T> from = x.Data.AsSpan(row * trailing.Length, trailing.Length);
            var moments = Moments.Of(from);
            T mean = means[row] = T.CreateTruncating(moments.Mean), inverse = inverses[row] = T.CreateTruncating(moments.InverseDeviation(epsilon));
            Span<T> to = y.AsSpan(row * trailing.Length, trailing.Length);
            for (int i = 0; i < to.Length; i++)
                to[i] = ((from[i] - mean) * inverse * scale[i]) + bias[i];
        }

        return [new OnnxValue<T>(x.Sizes, y), new OnnxValue<T>(trailing.RowShape, means), new OnnxValue<T>(trailing.RowShape, inverses)];
    }
}

/// <summary><c>x / √(mean of x² + ε) · scale</c> over all axes from <c>axis</c> (the last) on (Zhang and Sennrich 2019).</summary>
internal sealed class RMSNormalization : FloatOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        TrailingAxes<T> trailing = TrailingAxes<T>.Of(call, x);
        T[] scale = trailing.Spread(call.Input<T>(1));
        double epsilon = call.Attributes.Float("epsilon", 1e-5f);
        T[] y = new T[x.Length];
        for (int row = 0; row < trailing.Rows; row++)
        {
            ReadOnlySpan<T> from = x.Data.AsSpan(row * trailing.Length, trailing.Length);
            double squares = 0;
            foreach (T element in from)
                squares += double.CreateTruncating(element) * double.CreateTruncating(element);
            T inverse = T.CreateTruncating(1 / double.Sqrt((squares / trailing.Length) + epsilon));
            Span<T> to = y.AsSpan(row * trailing.Length, trailing.Length);
            for (int i = 0; i < to.Length; i++)
                to[i] = from[i] * inverse * scale[i];
        }

        return [new OnnxValue<T>(x.Sizes, y)];
    }
}

/// <summary>A tensor as rows: all axes from <c>axis</c> on make a row.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Length">Elements of a row.</param>
/// <param name="RowShape">The shape of one element a row: sizes of 1 from <c>axis</c> on.</param>
/// <param name="Shape">The sizes that make a row.</param>
internal sealed record TrailingAxes<T>(int Rows, int Length, int[] RowShape, int[] Shape)
{
    /// <summary>From the attribute <c>axis</c>, the last axis by default.</summary>
    public static TrailingAxes<T> Of(OperatorCall call, OnnxValue x)
    {
        int axis = OperatorCall.Axis(call.Attributes.Int("axis", -1), x.Rank);
        int[] row = x.Sizes[axis..];
        return new TrailingAxes<T>(Dimensions.Product(x.Shape[..axis]), Dimensions.Product(row), [.. x.Shape[..axis], .. Enumerable.Repeat(1, row.Length)], row);
    }

    /// <summary>A factor or addend broadcast to a row.</summary>
    /// <exception cref="OnnxException">It does not broadcast.</exception>
    public T[] Spread(OnnxValue<T> value) => Dimensions.BroadcastsTo(value.Sizes, Shape)
        ? ((OnnxValue<T>)value.BroadcastTo(Shape)).Data
        : throw new OnnxException($"{value.ShapeText} does not broadcast to the normalised axes {Dimensions.Text(Shape)}");
}
