using Inkling.Onnx.Evaluation;

namespace Inkling.Onnx.Operators;

/// <summary>Runs <c>then_branch</c> where the condition holds, else <c>else_branch</c>; both see the values around the node.</summary>
internal sealed class If : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue<bool> condition = call.Input<bool>(0);
        if (condition.Length != 1)
            throw new OnnxException("one truth value is wanted");
        Subgraph branch = call.Graph(condition.Data[0] ? "then_branch" : "else_branch");
        return branch.Run();
    }
}
