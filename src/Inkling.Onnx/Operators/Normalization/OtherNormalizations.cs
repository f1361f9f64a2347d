using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// Local response normalisation (Krizhevsky 2012): <c>x / (bias + α/size Σ x²)^β</c>, summed over <c>size</c> neighbouring channels of
/// [N, C, …].
/// </summary>
internal sealed class LRN : FloatOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        int length = Dimensions.Product(Pool.Spatial(x)), channels = x.Sizes[1];
        int size = OperatorCall.Size(call.Attributes.Int("size"));
        double alpha = call.Attributes.Float("alpha", 1e-4f), beta = call.Attributes.Float("beta", 0.75f), bias = call.Attributes.Float("bias", 1);
        T[] y = new T[x.Length];
        for (int i = 0; i < y.Length; i++)
        {
            int channel = i / length % channels;
            int first = int.Max(0, channel - ((size - 1) / 2)), last = int.Min(channels - 1, channel + (size / 2));
            double squares = 0;
            for (int other = first; other <= last; other++)
            {
                double neighbour = double.CreateTruncating(x.Data[i + ((other - channel) * length)]);
                squares += neighbour * neighbour;
            }

            y[i] = x.Data[i] / T.CreateTruncating(double.Pow(bias + (alpha / size * squares), beta));
        }

        return [new OnnxValue<T>(x.Sizes, y)];
    }
}

/// <summary>Divides what lies along <c>axis</c> (the last) by its norm, <c>p</c> = 1 or 2 (the default); zeros stay.</summary>
internal sealed class LpNormalization : FloatOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        var rows = AxisRows.Of(x, OperatorCall.Axis(call.Attributes.Int("axis", -1), x.Rank));
        long p = call.Attributes.Int("p", 2);
        if (p is not (1 or 2))
            throw new OnnxException($"'p' is {p}, 1 or 2 is wanted");
        T[] y = [.. rows.Value.As<T>().Data];
        for (int start = 0; start < y.Length; start += rows.Length)
        {
            Span<T> row = y.AsSpan(start, rows.Length);
            T norm = p == 1 ? ReduceL1.Of<T>(row) : ReduceL2.Of<T>(row);
            if (norm == T.Zero)
                continue;
            foreach (ref T element in row)
                element /= norm;
        }

        return [rows.Back(y, rows.Length)];
    }
}

/// <summary><c>(x − mean) / (√variance + 10⁻⁹)</c> over some axes, 0, 2 and 3 by default.</summary>
internal sealed class MeanVarianceNormalization : FloatOperator
{
    private const double Epsilon = 1e-9;

    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        int[] axes = OperatorCall.Axes(call.Attributes.Ints("axes") ?? [0, 2, 3], x.Rank);
        int[] order = [.. Enumerable.Range(0, x.Rank).Where(axis => !axes.Contains(axis)), .. axes];
        int[] back = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
            back[order[i]] = i;
        OnnxValue rows = x.Transpose(order);
        T[] y = [.. rows.As<T>().Data];
        int length = axes.Aggregate(1, (product, axis) => product * x.Sizes[axis]);
        for (int start = 0; start < y.Length; start += length)
        {
            Span<T> row = y.AsSpan(start, length);
            var moments = Moments.Of<T>(row);
            ChannelScaling.Apply(row, row, moments.Mean, 1 / (double.Sqrt(moments.Variance) + Epsilon), T.One, T.Zero);
        }

        return [new OnnxValue<T>(rows.Sizes, y).Transpose(back)];
    }
}
