namespace Inkling.Onnx.Export.Rules;

/// <summary>Operations that move, choose or sum elements, and the product of matrices.</summary>
internal static class StructureRules
{
    private const int Bool = 9;

    public static void Concat(ExportCall call) => call.Result("Concat", call.Inputs(), ("axis", call.Operation<Concat>().AxisNumber));

    public static void JoinDirections(ExportCall call) => call.Result("Concat", call.Inputs(), ("axis", call.Rank(0) - 1));

    public static void Permute(ExportCall call) => call.Result("Transpose", [call.Input(0)], ("perm", call.Operation<Permute>().Order));

    public static void SliceAxis(ExportCall call)
    {
        TracedSize start = call.Size<SliceAxis>(op => op.Start), end = call.Size<SliceAxis>(op => op.Start + op.Count);
        call.Result("Slice", [call.Input(0), call.Sizes.One(start), call.Sizes.One(end), call.Graph.Integers(call.Operation<SliceAxis>().AxisNumber)]);
    }

    public static void Sum(ExportCall call) => call.Result("ReduceSum", [call.Input(0)], ("keepdims", 0));

    public static void Mean(ExportCall call) => call.Result("ReduceMean", [call.Input(0)], ("keepdims", 0));

    public static void SumAxis(ExportCall call)
    {
        SumAxis op = call.Operation<SumAxis>();
        call.Result(op.IsMean ? "ReduceMean" : "ReduceSum", [call.Input(0), call.Graph.Integers(op.AxisNumber)], ("keepdims", op.KeepsAxis ? 1 : 0));
    }

    public static void MaxAxis(ExportCall call)
    {
        MaxAxis op = call.Operation<MaxAxis>();
        call.Result("ReduceMax", [call.Input(0), call.Graph.Integers(op.AxisNumber)], ("keepdims", op.KeepsAxis ? 1 : 0));
    }

    public static void MatMul(ExportCall call)
    {
        MatMul op = call.Operation<MatMul>();
        call.Result("Gemm", call.Inputs(), ("transA", op.TransposesLeft ? 1 : 0), ("transB", op.TransposesRight ? 1 : 0));
    }

    public static void MaskFill(ExportCall call) =>
        call.Result("Where", [Truth(call, call.Indices<MaskFill>(op => op.Mask)!), call.Graph.Number(call.Operation<MaskFill>().Value), call.Input(0)]);

    public static void Where(ExportCall call) => call.Result("Where", [Truth(call, call.Indices<Where>(op => op.Mask)!), call.Input(0), call.Input(1)]);

    private static string Truth(ExportCall call, string mask) => call.Node("Cast", [mask], ("to", Bool));
}
