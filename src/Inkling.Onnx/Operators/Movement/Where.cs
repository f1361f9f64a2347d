namespace Inkling.Onnx.Operators;

/// <summary>Element by element the second input where the first holds, else the third; all three are broadcast to one shape.</summary>
internal sealed class Where : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue<bool> condition = call.Input<bool>(0);
        OnnxValue x = call.Input(1), y = call.Input(2);
        return [x.Choose(condition, y, Loops.BroadcastShape(condition.Sizes, Loops.BroadcastShape(x.Sizes, y.Sizes)))];
    }
}
