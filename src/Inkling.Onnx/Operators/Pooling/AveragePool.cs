using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// The mean under a kernel, of the elements inside the input, or with <c>count_include_pad</c> of those inside the pads as well, which are
/// 0.
/// </summary>
internal sealed class AveragePool : FloatOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        var window = Window.Of(call, Pool.Spatial(x), Pool.Kernel(call));
        return [Pool.Run(x, window, default(Averaging<T>), Counts(window, call.Attributes.Flag("count_include_pad")))];
    }

    /// <summary>How many places of the kernel count at each position: the product of those along each axis.</summary>
    private static int[] Counts(Window window, bool withPads)
    {
        int[] counts = new int[window.Positions], strides = Dimensions.Strides(window.Output);
        Array.Fill(counts, 1);
        for (int axis = 0; axis < window.Output.Length; axis++)
        {
            int[] along = CountsAlong(window, axis, withPads);
            for (int i = 0; i < counts.Length; i++)
                counts[i] *= along[i / strides[axis] % window.Output[axis]];
        }

        return counts;
    }

    private static int[] CountsAlong(Window window, int axis, bool withPads)
    {
        int lowest = withPads ? -window.PadsBefore[axis] : 0, highest = window.Input[axis] + (withPads ? window.PadsBehind[axis] : 0);
        int[] counts = new int[window.Output[axis]];
        for (int i = 0; i < counts.Length; i++)
        {
            int start = (i * window.Strides[axis]) - window.PadsBefore[axis];
            for (int tap = 0; tap < window.Kernel[axis]; tap++)
            {
                int at = start + (tap * window.Dilations[axis]);
                counts[i] += at >= lowest && at < highest ? 1 : 0;
            }
        }

        return counts;
    }

    private readonly struct Averaging<T> : IPooling<T>
        where T : INumber<T>
    {
        public T Start => T.Zero;

        public T Next(T total, T x) => total + x;

        public T End(T total, int count) => total / T.CreateTruncating(count);
    }
}
