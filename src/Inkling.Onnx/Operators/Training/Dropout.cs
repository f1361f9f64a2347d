using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// In training each element is dropped (set to 0) with probability <c>ratio</c> (0.5) and the others are divided by 1 − ratio; otherwise
/// everything passes. Output 1 tells which elements passed. Ratio and training are inputs 1 and 2 from operator set 12 on; before, the
/// operator never dropped anything, except up to 6 with <c>is_test</c> = 0.
/// </summary>
internal sealed class Dropout : FloatOperator
{
    private const int FirstWithInputs = 12;
    private const int FirstWithTruthMask = 10;
    private const int FirstWithoutIsTest = 7;

    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        (double ratio, bool training) = Mode(call);
        if (ratio is not (>= 0 and < 1))
            throw new OnnxException($"the ratio is {ratio}, 0 or more and less than 1 is wanted");
        bool[] mask = new bool[x.Length];
        T[] y = x.Data;
        if (!training || ratio == 0)
        {
            Array.Fill(mask, true);
        }
        else
        {
            // The generator and the comparison are those of the ONNX reference implementation, so that a seed gives the same mask.
            var random = new MersenneTwister((uint)call.Attributes.Int("seed", 0));
            for (int i = 0; i < mask.Length; i++)
                mask[i] = random.NextDouble() >= ratio;
            T scale = T.CreateTruncating(1 / (1 - ratio));
            y = [.. x.Data.Zip(mask, (element, kept) => kept ? element * scale : T.Zero)];
        }

        var passed = new OnnxValue<bool>(x.Sizes, mask);
        return [new OnnxValue<T>(x.Sizes, y), call.Opset < FirstWithTruthMask ? Conversion.Convert(passed, x.Type) : passed];
    }

    private static (double Ratio, bool Training) Mode(OperatorCall call)
    {
        if (call.Opset < FirstWithInputs)
            return (call.Attributes.Float("ratio", 0.5f), call.Opset < FirstWithoutIsTest && !call.Attributes.Flag("is_test"));
        double ratio = call.Optional(1) is { Length: 1 } given ? Conversion.Convert(given, OnnxElementType.Double).As<double>().Data[0] : 0.5;
        return (ratio, call.Optional<bool>(2) is { } training && training.Data[0]);
    }
}
