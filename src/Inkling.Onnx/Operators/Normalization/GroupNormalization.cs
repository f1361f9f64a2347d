namespace Inkling.Onnx.Operators;

/// <summary>
/// <c>(x − mean) / √(variance + ε) · scale + bias</c> with the mean and variance of a group of channels of an entry of [N, C, …] (Wu and He
/// 2018). Scale and bias belong to the channels, in operator sets 18 to 20 to the groups.
/// </summary>
internal sealed class GroupNormalization : FloatOperator
{
    private const int FirstPerChannel = 21;

    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0), scale = call.Input<T>(1), bias = call.Input<T>(2);
        int groups = OperatorCall.Size(call.Attributes.Int("num_groups")), channels = x.Rank < 2 ? 0 : x.Sizes[1];
        if (groups == 0 || channels == 0 || channels % groups != 0)
            throw new OnnxException($"{channels} channels do not make {groups} groups");
        int factors = call.Opset < FirstPerChannel ? groups : channels;
        if (scale.Length != factors || bias.Length != factors)
            throw new OnnxException($"scale and bias must have {factors} elements");

        int length = Dimensions.Product(x.Shape[2..]), together = channels / groups * length;
        double epsilon = call.Attributes.Float("epsilon", 1e-5f);
        T[] y = new T[x.Length];
        for (int row = 0; row * length < y.Length; row += channels / groups)
        {
            var moments = Moments.Of<T>(x.Data.AsSpan(row * length, together));
            double inverse = moments.InverseDeviation(epsilon);
            for (int channel = row; channel < row + (channels / groups); channel++)
            {
                int factor = channel % channels * factors / channels;
                ChannelScaling.Apply(
                    x.Data.AsSpan(channel * length, length), y.AsSpan(channel * length, length), moments.Mean, inverse, scale.Data[factor], bias.Data[factor]);
            }
        }

        return [new OnnxValue<T>(x.Sizes, y)];
    }
}
