namespace Inkling.Onnx.Operators;

/// <summary>An operator on numbers that takes truth values as well: they count as 0 and 1, and so do its results.</summary>
/// <param name="numbers">The operator.</param>
internal sealed class WithTruthValues(Operator numbers) : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        if (call.Input(0) is not OnnxValue<bool> truths)
            return numbers.Run(call);
        OnnxValue?[] results = numbers.Run(call.With([Conversion.Convert(truths, OnnxElementType.UInt8), .. call.Inputs[1..]]));
        return Array.ConvertAll(results, result => result is OnnxValue<byte> ? Conversion.Convert(result, OnnxElementType.Bool) : result);
    }
}
