namespace Inkling.Onnx.Export.Rules;

/// <summary>Affine maps, embeddings, and the softmax made of several.</summary>
internal static class LinearRules
{
    public static void Affine(ExportCall call)
    {
        if (call.Rank(0) == 2)
        {
            call.Result("Gemm", call.Inputs(), ("transB", 1));
            return;
        }

        string weight = call.Transposed(call.Input(1));
        if (call.InputCount == 2)
            call.Result("MatMul", [call.Input(0), weight]);
        else
            call.Result("Add", [call.Node("MatMul", [call.Input(0), weight]), call.Input(2)]);
    }

    public static void Lookup(ExportCall call) => call.Result("Gather", [call.Input(0), call.Indices<Lookup>(op => op.Indices)!], ("axis", 0));

    /// <summary>The log-softmax of the head and of each cluster, side by side in the order of ranks, then in the order of classes.</summary>
    public static void AdaptiveLogProbabilities(ExportCall call)
    {
        AdaptiveClusters clusters = call.Operation<AdaptiveLogProbabilities>().Clusters;
        int last = call.Rank(0) - 1, shortlist = clusters.ShortlistSize;
        string axis = call.Graph.Integers(last);
        string head = Part(call, clusters, -1);
        List<string> parts = [call.Node("Slice", [head, call.Graph.Integers(0), call.Graph.Integers(shortlist), axis])];
        for (int k = 0; k < clusters.Count; k++)
        {
            string entry = call.Node("Slice", [head, call.Graph.Integers(shortlist + k), call.Graph.Integers(shortlist + k + 1), axis]);
            parts.Add(call.Node("Add", [Part(call, clusters, k), entry]));
        }

        string ranks = call.Graph.Integers([clusters.Order.Count], [.. clusters.Order.Ranks.ToArray().Select(rank => (long)rank)]);
        string all = parts.Count == 1 ? parts[0] : call.Node("Concat", [.. parts], ("axis", last));
        call.Result("Gather", [all, ranks], ("axis", last));
    }

    private static string Part(ExportCall call, AdaptiveClusters clusters, int cluster)
    {
        AdaptiveOperands operands = AdaptiveOperands.Of(clusters, cluster);
        string x = call.Input(0);
        if (operands.Projection >= 0)
            x = call.Affine(x, call.Rank(0), call.Input(operands.Projection), "");
        string logits = call.Affine(x, call.Rank(0), call.Input(operands.Weight), operands.Bias < 0 ? "" : call.Input(operands.Bias));
        return call.Node("LogSoftmax", [logits], ("axis", -1));
    }
}
