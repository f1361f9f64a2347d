namespace Inkling.Onnx.Operators;

/// <summary>The input as it is.</summary>
internal sealed class Identity : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call) => [call.Input(0)];
}
