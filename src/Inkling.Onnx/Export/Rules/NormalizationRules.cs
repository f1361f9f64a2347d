namespace Inkling.Onnx.Export.Rules;

/// <summary>Normalisations, softmax among them.</summary>
internal static class NormalizationRules
{
    public static void Softmax(ExportCall call) => call.Result("Softmax", [call.Input(0)], ("axis", -1));

    public static void LogSoftmax(ExportCall call) => call.Result("LogSoftmax", [call.Input(0)], ("axis", -1));

    public static void Normalize(ExportCall call) => call.Result("LayerNormalization", call.Inputs(), ("axis", -1), ("epsilon", call.Operation<Normalize>().Epsilon));

    /// <summary>With the running statistics, which is what the model does in use.</summary>
    public static void NormalizeBatch(ExportCall call) => call.Result("BatchNormalization", call.Inputs(), ("epsilon", call.Operation<NormalizeBatch>().Epsilon));

    public static void NormalizeRms(ExportCall call)
    {
        string x = call.Input(0);
        string mean = call.Node("ReduceMean", [call.Node("Mul", [x, x]), call.Graph.Integers(-1)], ("keepdims", 1));
        string root = call.Node("Sqrt", [call.Node("Add", [mean, call.Graph.Number(call.Operation<NormalizeRms>().Epsilon)])]);
        call.Result("Mul", [call.Node("Div", [x, root]), call.Input(1)]);
    }

    /// <summary>Groups as the channels of an instance normalisation, then gain and bias of the channels (GroupNormalization itself came with operator set 21 in its present form).</summary>
    public static void NormalizeGroups(ExportCall call)
    {
        NormalizeGroups op = call.Operation<NormalizeGroups>();
        TracedSize[] shape = call.Shape(0);
        int channels = shape[1].Constant, groups = op.Groups;
        if (groups == channels && shape.Length > 2)
        {
            call.Result("InstanceNormalization", call.Inputs(), ("epsilon", op.Epsilon));
            return;
        }

        string ones = call.Graph.Shared(("ones", groups), () => call.Graph.Initializer("ones", [groups], Enumerable.Repeat(1f, groups).ToArray()));
        string zeros = call.Graph.Shared(("zeros", groups), () => call.Graph.Initializer("zeros", [groups], new float[groups]));
        string grouped = call.Node("Reshape", [call.Input(0), call.Graph.Integers(0, groups, -1)]);
        string even = call.Node("InstanceNormalization", [grouped, ones, zeros], ("epsilon", op.Epsilon));
        string back = call.Node("Reshape", [even, call.Node("Shape", [call.Input(0)])]);
        string spread = call.Graph.Integers([.. Enumerable.Range(1, shape.Length - 2).Select(axis => (long)axis)]);
        string gain = shape.Length == 2 ? call.Input(1) : call.Node("Unsqueeze", [call.Input(1), spread]), bias = shape.Length == 2 ? call.Input(2) : call.Node("Unsqueeze", [call.Input(2), spread]);
        call.Result("Add", [call.Node("Mul", [back, gain]), bias]);
    }

    public static void UnitRows(ExportCall call)
    {
        string length = call.Node("ReduceL2", [call.Input(0), call.Graph.Integers(-1)], ("keepdims", 1));
        call.Result("Div", [call.Input(0), call.Node("Max", [length, call.Graph.Number(1e-12f)])]);
    }
}
