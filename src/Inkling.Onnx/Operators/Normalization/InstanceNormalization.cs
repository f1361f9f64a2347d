namespace Inkling.Onnx.Operators;

/// <summary><c>(x − mean) / √(variance + ε) · scale + bias</c> for each channel of each entry of [N, C, …] (Ulyanov 2016).</summary>
internal sealed class InstanceNormalization : FloatOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0), scale = call.Input<T>(1), bias = call.Input<T>(2);
        int length = Dimensions.Product(Pool.Spatial(x)), channels = x.Sizes[1];
        if (scale.Length != channels || bias.Length != channels)
            throw new OnnxException($"scale and bias must have {channels} elements, one a channel");
        double epsilon = call.Attributes.Float("epsilon", 1e-5f);
        T[] y = new T[x.Length];
        for (int row = 0; row * length < y.Length; row++)
        {
            ReadOnlySpan<T> from = x.Data.AsSpan(row * length, length);
            var moments = Moments.Of(from);
            ChannelScaling.Apply(from, y.AsSpan(row * length, length), moments.Mean, moments.InverseDeviation(epsilon), scale.Data[row % channels], bias.Data[row % channels]);
        }

        return [new OnnxValue<T>(x.Sizes, y)];
    }
}
