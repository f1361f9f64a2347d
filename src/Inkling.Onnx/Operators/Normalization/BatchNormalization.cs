using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// <c>(x − mean) / √(variance + ε) · scale + bias</c> for each channel of [N, C, …] (Ioffe and Szegedy 2015), with the given mean and variance, or
/// in training with those of the batch; outputs 1 and 2 are then the running ones. Training is asked for by <c>training_mode</c> from operator
/// set 14 on, by more outputs than one in 7 to 13, by <c>is_test</c> = 0 before. With <c>spatial</c> = 0 (up to 8) each place has statistics of
/// its own.
/// </summary>
internal sealed class BatchNormalization : FloatOperator
{
    private const int FirstWithTrainingMode = 14;
    private const int FirstWithoutIsTest = 7;

    /// <inheritdoc/>
    protected override bool Narrows(int output) => output == 0;

    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        if (x.Rank < 2)
            throw new OnnxException("an input [N, C, …] is wanted");
        bool perPlace = !call.Attributes.Flag("spatial", true);
        int channels = perPlace ? Dimensions.Product(x.Shape[1..]) : x.Sizes[1], length = perPlace ? 1 : Dimensions.Product(x.Shape[2..]);
        T[][] given = [.. Enumerable.Range(1, 4).Select(input => Statistics<T>(call, input, channels))];
        var batch = new Batch<T>(x, channels, length, call.Attributes.Float("epsilon", 1e-5f));
        return IsTraining(call)
            ? Train(call, batch, given)
            : [batch.Normalize(Array.ConvertAll(given[2], double.CreateTruncating), Array.ConvertAll(given[3], double.CreateTruncating), given[0], given[1])];
    }

    private static bool IsTraining(OperatorCall call) => call.Opset switch
    {
        >= FirstWithTrainingMode => call.Attributes.Flag("training_mode"),
        >= FirstWithoutIsTest => call.Wants(1) || call.Wants(2),
        _ => !call.Attributes.Flag("is_test"),
    };

    private static OnnxValue?[] Train<T>(OperatorCall call, Batch<T> batch, T[][] given)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double momentum = call.Attributes.Float("momentum", 0.9f);
        (double[] mean, double[] variance) = batch.Statistics();
        OnnxValue<T> y = batch.Normalize(mean, variance, given[0], given[1]);
        return [y, Running(given[2], mean), Running(given[3], variance), Saved(mean), Saved(variance)];

        OnnxValue Running(T[] before, double[] now) => new OnnxValue<T>(
            call.Input(3).Sizes, [.. before.Zip(now, (old, current) => T.CreateTruncating((double.CreateTruncating(old) * momentum) + (current * (1 - momentum))))]);

        OnnxValue Saved(double[] now) => new OnnxValue<T>(call.Input(3).Sizes, Array.ConvertAll(now, T.CreateTruncating));
    }

    private static T[] Statistics<T>(OperatorCall call, int input, int channels)
        where T : unmanaged, INumber<T>
    {
        // Statistics may be of another floating-point type than the data.
        T[] values = Conversion.Convert(call.Input(input), ElementTypes.Of<T>()).As<T>().Data;
        return values.Length == channels ? values : throw new OnnxException($"input {input} has {values.Length} elements where there are {channels} channels");
    }

    /// <summary>A batch as rows: the places of one channel of one entry lie in a row.</summary>
    private sealed class Batch<T>(OnnxValue<T> x, int channels, int length, double epsilon)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private int Rows => length == 0 ? 0 : x.Length / length;

        public OnnxValue<T> Normalize(double[] mean, double[] variance, T[] scale, T[] bias)
        {
            T[] y = new T[x.Length];
            for (int row = 0; row < Rows; row++)
            {
                int c = row % channels;
                double inverse = new Moments(mean[c], variance[c]).InverseDeviation(epsilon);
                ChannelScaling.Apply(x.Data.AsSpan(row * length, length), y.AsSpan(row * length, length), mean[c], inverse, scale[c], bias[c]);
            }

            return new OnnxValue<T>(x.Sizes, y);
        }

        public (double[] Mean, double[] Variance) Statistics()
        {
            double[] mean = new double[channels], variance = new double[channels];
            double count = (double)x.Length / channels;
            for (int i = 0; i < x.Length; i++)
                mean[i / length % channels] += double.CreateTruncating(x.Data[i]) / count;
            for (int i = 0; i < x.Length; i++)
            {
                int c = i / length % channels;
                double distance = double.CreateTruncating(x.Data[i]) - mean[c];
                variance[c] += distance * distance / count;
            }

            return (mean, variance);
        }
    }
}
