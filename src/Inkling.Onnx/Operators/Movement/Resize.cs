using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// Makes axes longer or shorter by interpolation (<c>mode</c> nearest, linear or cubic), by factors or to given sizes, axis by axis. Upsample, its
/// forerunner up to operator set 9, and Resize of 10 count positions from the first element on (<c>asymmetric</c>, <c>floor</c>).
/// </summary>
internal sealed class Resize : NumberOperator
{
    private const int FirstWithRegion = 11;

    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue value = call.Input(0);
        bool isModern = call.Opset >= FirstWithRegion;
        ResizedAxis[] axes = isModern ? ResizedAxis.Of(call, value) : ResizedAxis.OfScales(value, EarlyScales(call, value.Rank));
        var interpolation = new Interpolation(call, isModern);
        T outside = T.CreateTruncating(call.Attributes.Float("extrapolation_value", 0));
        foreach (ResizedAxis axis in axes)
        {
            if (axis.Output == value.Sizes[axis.Axis] && axis.Scale == 1 && !interpolation.Crops)
                continue;
            var rows = AxisRows.Of(value, axis.Axis);
            T[] from = rows.Value.As<T>().Data, to = new T[Dimensions.Count([rows.Count, axis.Output])];
            for (int i = 0; i < axis.Output; i++)
            {
                (int[] sources, double[] weights) = interpolation.At(i, axis);
                for (int row = 0; row < rows.Count; row++)
                    to[(row * axis.Output) + i] = sources.Length == 0 ? outside : Weigh(from.AsSpan(row * rows.Length, rows.Length), sources, weights);
            }

            value = rows.Back(to, axis.Output);
        }

        return [value];
    }

    private static T Weigh<T>(ReadOnlySpan<T> row, int[] sources, double[] weights)
        where T : unmanaged, INumber<T>
    {
        if (sources.Length == 1)
            return row[sources[0]];
        double sum = 0;
        for (int i = 0; i < sources.Length; i++)
            sum += weights[i] * double.CreateTruncating(row[sources[i]]);
        return T.CreateSaturating(sum);
    }

    private static double[] EarlyScales(OperatorCall call, int rank)
    {
        if (call.Attributes.Has("height_scale"))
            return [.. Enumerable.Repeat(1.0, rank - 2), call.Attributes.Float("height_scale", 1), call.Attributes.Float("width_scale", 1)];
        float[] scales = call.Attributes.Floats("scales") ?? call.Input<float>(1).Data;
        return Array.ConvertAll(scales, scale => (double)scale);
    }
}
