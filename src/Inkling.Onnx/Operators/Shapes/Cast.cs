namespace Inkling.Onnx.Operators;

/// <summary>The elements in the type <c>to</c>. Before operator set 6 the type is spelled out.</summary>
internal sealed class Cast : Operator
{
    private const int FirstWithNumber = 6;

    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxElementType to = call.Opset < FirstWithNumber
            ? Enum.TryParse(call.Attributes.Text("to", ""), ignoreCase: true, out OnnxElementType named) ? named : OnnxElementType.Undefined
            : (OnnxElementType)call.Attributes.Int("to");
        return ElementTypes.IsSupported(to)
            ? [Conversion.Convert(call.Input(0), to)]
            : throw new OnnxUnsupportedException($"casting to {ElementTypes.Text(to)} is not supported");
    }
}

/// <summary>The elements of the first input in the type of the second.</summary>
internal sealed class CastLike : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call) => [Conversion.Convert(call.Input(0), call.Input(1).Type)];
}
