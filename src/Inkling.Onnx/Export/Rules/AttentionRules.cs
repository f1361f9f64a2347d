namespace Inkling.Onnx.Export.Rules;

/// <summary>Attention, written out: operator set 18 has none of its own.</summary>
internal static class AttentionRules
{
    /// <summary><c>softmax(s Q Kᵀ + M) V</c> of several heads that stand side by side, <c>[T, B, h · d]</c>.</summary>
    public static void Attend(ExportCall call)
    {
        Attend op = call.Operation<Attend>();
        (string q, string k, string v, int width) = Parts(call, op);
        int heads = op.Heads, headWidth = width / heads, valueWidth = call.ResultShape()[2].Constant / heads;
        TracedSize queries = call.ResultShape()[0], keys = call.Shape(call.InputCount - (op.IsMasked ? 2 : 1))[0];
        float scale = op.Rule.Scale != 0 ? op.Rule.Scale : (float)(1 / Math.Sqrt(headWidth));
        if (scale != 1)
            q = call.Node("Mul", [q, call.Graph.Number(scale)]);
        string scores = call.Node("MatMul", [Heads(call, q, heads, headWidth, [1, 2, 0, 3]), Heads(call, k, heads, headWidth, [1, 2, 3, 0])]);   // [B, h, Tq, Tk]
        if (op.IsMasked)
            scores = call.Node("Add", [scores, Mask(call)]);
        if (op.Rule.Causal)
            scores = Hide(call, scores, Causal(call, queries, keys));
        if (call.Indices<Attend>(one => one.Rule.Lengths) is { } lengths)
            scores = Hide(call, scores, Before(call, lengths, keys, [1, 2, 3]));
        string weights = call.Node("Softmax", [scores], ("axis", -1));
        if (op.IsMasked)
            weights = WithoutHiddenRows(call, scores, weights);
        string mixed = call.Node("MatMul", [weights, Heads(call, v, heads, valueWidth, [1, 2, 0, 3])]);                                              // [B, h, Tq, e]
        call.Result("Reshape", [call.Node("Transpose", [mixed], ("perm", (int[])[2, 0, 1, 3])), call.Graph.Integers(0, 0, heads * valueWidth)]);
    }

    /// <summary><c>softmax(v · tanh(q + k)) x</c>; the weights are a result as well.</summary>
    public static void AttendAdditively(ExportCall call)
    {
        string q = call.Node("Unsqueeze", [call.Input(0), call.Graph.Integers(1)]), k = call.Node("Unsqueeze", [call.Input(1), call.Graph.Integers(0)]);
        string similar = call.Node("Tanh", [call.Node("Add", [q, k])]);                                                                              // [Tq, Tk, B, A]
        string scores = call.Node("ReduceSum", [call.Node("Mul", [similar, call.Input(2)]), call.Graph.Integers(-1)], ("keepdims", 0));
        scores = call.Node("Transpose", [scores], ("perm", (int[])[0, 2, 1]));                                                                       // [Tq, B, Tk]
        if (call.Indices<AttendAdditively>(one => one.Lengths) is { } lengths)
            scores = Hide(call, scores, Before(call, lengths, call.Shape(1)[0], [1]));
        string weights = call.Node("Softmax", [scores], ("axis", -1));
        if (call.IsUsed(0))
        {
            string batchFirst = call.Node("Transpose", [weights], ("perm", (int[])[1, 0, 2])), values = call.Node("Transpose", [call.Input(3)], ("perm", (int[])[1, 0, 2]));
            call.ResultOf(0, "Transpose", [call.Node("MatMul", [batchFirst, values])], ("perm", (int[])[1, 0, 2]));
        }

        if (call.IsUsed(1))
            call.ResultOf(1, "Identity", [weights]);
    }

    /// <summary>Queries, keys and values, which may stand side by side in one operand or two.</summary>
    private static (string Q, string K, string V, int Width) Parts(ExportCall call, Attend op)
    {
        int operands = call.InputCount - (op.IsMasked ? 1 : 0);
        int width = call.Shape(0)[2].Constant / (operands == 1 ? 3 : 1);
        if (operands == 3)
            return (call.Input(0), call.Input(1), call.Input(2), width);
        string[] parts = [.. (operands == 1 ? (string[])["q", "k", "v"] : ["k", "v"]).Select(name => call.Graph.Unique($"{call.Graph.Prefix}.{name}"))];
        call.Graph.NodeNamed("Split", [call.Input(operands - 1), call.Graph.Integers([parts.Length], [.. parts.Select(_ => (long)width)])], parts, ("axis", 2));
        return operands == 1 ? (parts[0], parts[1], parts[2], width) : (call.Input(0), parts[0], parts[1], width);
    }

    private static string Heads(ExportCall call, string x, int heads, int width, int[] order) =>
        call.Node("Transpose", [call.Node("Reshape", [x, call.Graph.Integers(0, 0, heads, width)])], ("perm", order));

    private static string Mask(ExportCall call)
    {
        int last = call.InputCount - 1;
        return call.Rank(last) == 3 ? call.Node("Unsqueeze", [call.Input(last), call.Graph.Integers(1)]) : call.Input(last);
    }

    private static string Hide(ExportCall call, string scores, string visible) => call.Node("Where", [visible, scores, call.Graph.Number(float.NegativeInfinity)]);

    /// <summary>Query i of Tq sees keys up to <c>i + Tk − Tq</c>: [Tq, Tk].</summary>
    private static string Causal(ExportCall call, TracedSize queries, TracedSize keys) => call.Graph.Shared((nameof(Causal), queries, keys), () =>
    {
        if (queries.IsConstant && keys.IsConstant)
        {
            int rows = queries.Constant, columns = keys.Constant;
            return call.Graph.Truths("causal", [rows, columns], [.. Enumerable.Range(0, rows * columns).Select(i => i % columns <= (i / columns) + columns - rows)]);
        }

        string last = call.Node("Range", [call.Sizes.Scalar(keys.With(queries, (k, q) => k - q)), call.Sizes.Scalar(keys), call.Graph.Integers([], [1])]);
        return call.Node("LessOrEqual", [Steps(call, keys), call.Node("Unsqueeze", [last, call.Graph.Integers(1)])]);
    });

    /// <summary>Whether a key counts in its row, [B, 1, Tk] with further axes of 1.</summary>
    private static string Before(ExportCall call, string lengths, TracedSize keys, int[] axes) => call.Graph.Shared((nameof(Before), lengths, keys, axes.Length), () =>
        call.Node("Less", [Steps(call, keys), call.Node("Unsqueeze", [lengths, call.Graph.Integers([axes.Length], [.. axes.Select(axis => (long)axis)])])]));

    /// <summary>0, 1, 2 … of an open size.</summary>
    internal static string Steps(ExportCall call, TracedSize keys) => call.Graph.Shared((nameof(Steps), keys), () =>
        call.Node("Range", [call.Graph.Integers([], [0]), call.Sizes.Scalar(keys), call.Graph.Integers([], [1])]));

    /// <summary>Zeros where a mask hides everything, which softmax would make NaN.</summary>
    private static string WithoutHiddenRows(ExportCall call, string scores, string weights)
    {
        string largest = call.Node("ReduceMax", [scores, call.Graph.Integers(-1)], ("keepdims", 1));
        return call.Node("Where", [call.Node("Equal", [largest, call.Graph.Number(float.NegativeInfinity)]), call.Graph.Number(0), weights]);
    }
}
