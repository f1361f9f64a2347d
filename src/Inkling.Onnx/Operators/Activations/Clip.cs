using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// <c>min(max(x, low), high)</c>; high wins where low is above it. The bounds are the attributes <c>min</c> and <c>max</c> before operator
/// set 11, inputs 1 and 2 from then on.
/// </summary>
internal sealed class Clip : NumberOperator
{
    private const int FirstWithInputs = 11;

    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        T low = T.CreateSaturating(double.NegativeInfinity), high = T.CreateSaturating(double.PositiveInfinity);
        if (call.Opset >= FirstWithInputs)
        {
            low = Bound<T>(call, 1) ?? low;
            high = Bound<T>(call, 2) ?? high;
        }
        else
        {
            low = T.CreateSaturating(call.Attributes.Float("min", float.MinValue));
            high = T.CreateSaturating(call.Attributes.Float("max", float.MaxValue));
        }

        return [new OnnxValue<T>(x.Sizes, Loops.Map<T, T, Body<T>>(x.Data, new Body<T>(low, high)))];
    }

    private static T? Bound<T>(OperatorCall call, int input)
        where T : unmanaged => call.Optional<T>(input) switch
        {
            null => null,
            { Length: 1 } bound => bound.Data[0],
            var other => throw new OnnxException($"the bound in input {input} has {other.Length} elements, one is wanted"),
        };

    private readonly struct Body<T>(T low, T high) : IMap<T, T>
        where T : unmanaged, INumber<T>
    {
        public T Apply(T x) => T.Min(T.Max(x, low), high);
    }
}
