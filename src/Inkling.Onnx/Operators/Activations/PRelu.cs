using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// Parametric rectified linear unit: <c>x</c> from 0 on, <c>slope · x</c> below; the slope is broadcast to x. Before operator set 7 a
/// slope with one axis belongs to the channels, axis 1 of x.
/// </summary>
internal sealed class PRelu : NumberOperator
{
    private const int FirstWithGeneralRule = 7;

    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0), slope = call.Input<T>(1);
        if (call.Opset < FirstWithGeneralRule && slope.Length > 1 && slope.Rank == 1 && x.Rank > 1)
            slope = slope.Reshape([slope.Length, .. Enumerable.Repeat(1, x.Rank - 2)]);
        if (!Dimensions.BroadcastsTo(slope.Sizes, x.Sizes))
            throw new OnnxException("the slope does not broadcast to x");
        return [Loops.Zip<T, T, Body<T>>(x, slope, default)];
    }

    private readonly struct Body<T> : IZip<T, T>
        where T : unmanaged, INumber<T>
    {
        public T Apply(T x, T slope) => x < T.Zero ? slope * x : x;
    }
}
