using Inkling.Onnx.Operators;

namespace Inkling.Onnx.Evaluation;

/// <summary>An operator that the model brings along: its body, with the attributes of one calling node filled in.</summary>
/// <param name="body">The body.</param>
internal sealed class FunctionOperator(GraphPlan body) : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        if (call.Inputs.Length > body.Inputs.Count)
            throw new OnnxException($"the function takes {body.Inputs.Count} inputs at most");
        var frame = new Frame(body, outer: null);
        for (int i = 0; i < call.Inputs.Length; i++)
            frame.Set(body.Inputs[i].Place, call.Inputs[i]);
        Evaluator.Run(body, frame);
        return [.. body.Outputs.Select(output => frame[output.Where])];
    }
}
