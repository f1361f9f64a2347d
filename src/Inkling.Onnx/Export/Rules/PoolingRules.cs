namespace Inkling.Onnx.Export.Rules;

/// <summary>Poolings over windows of given size, and over windows chosen for a given result.</summary>
internal static class PoolingRules
{
    public static void MaxPool(ExportCall call)
    {
        PoolingWindow window = call.Operation<MaxPool>().Window;
        bool flat = call.Rank(0) == 3;
        call.Result("MaxPool", [call.Input(0)], ("dilations", ConvolutionRules.Along(window.Dilation, flat)), ("kernel_shape", ConvolutionRules.Along(window.Size, flat)),
            ("pads", ConvolutionRules.Around(window.Padding, flat)), ("strides", ConvolutionRules.Along(window.Stride, flat)));
    }

    public static void AveragePool(ExportCall call)
    {
        AveragePool op = call.Operation<AveragePool>();
        bool flat = call.Rank(0) == 3;
        call.Result("AveragePool", [call.Input(0)], ("count_include_pad", op.CountsPadding ? 1 : 0), ("kernel_shape", ConvolutionRules.Along(op.Window.Size, flat)),
            ("pads", ConvolutionRules.Around(op.Window.Padding, flat)), ("strides", ConvolutionRules.Along(op.Window.Stride, flat)));
    }

    /// <summary>Over all of an image where the result is one element; over equal windows where they divide it; else axis after axis.</summary>
    public static void AdaptivePool(ExportCall call)
    {
        bool max = call.Operation<AdaptivePool>().IsMax;
        TracedSize[] from = call.Shape(0)[2..], to = call.ResultShape()[2..];
        if (Array.TrueForAll(to, size => size.Is(1)))
        {
            call.Result(max ? "GlobalMaxPool" : "GlobalAveragePool", [call.Input(0)]);
            return;
        }

        int[] sizes = [.. from.Select(size => size.Constant)], results = [.. to.Select(size => size.Constant)];
        if (sizes.Zip(results).All(axis => axis.First % axis.Second == 0))
        {
            int[] window = [.. sizes.Zip(results, (size, result) => size / result)];
            call.Result(max ? "MaxPool" : "AveragePool", [call.Input(0)], ("kernel_shape", window), ("strides", window));
            return;
        }

        string y = call.Input(0);
        for (int axis = 0; axis < sizes.Length; axis++)
            y = max ? Maxima(call, y, axis + 2, sizes[axis], results[axis]) : Means(call, y, axis == sizes.Length - 1, sizes[axis], results[axis]);
        call.ResultIs(y);
    }

    private static (int Start, int End) Window(int i, int size, int results) => ((int)((long)i * size / results), (int)((((long)i + 1) * size + results - 1) / results));

    /// <summary>Means are a product with a matrix: A x over rows, x Aᵀ over columns.</summary>
    private static string Means(ExportCall call, string x, bool columns, int size, int results)
    {
        float[] matrix = new float[size * results];
        for (int i = 0; i < results; i++)
        {
            (int start, int end) = Window(i, size, results);
            for (int at = start; at < end; at++)
                matrix[columns ? (at * results) + i : (i * size) + at] = 1f / (end - start);
        }

        string means = call.Graph.Initializer($"{call.Graph.Prefix}.means", columns ? [size, results] : [results, size], matrix);
        return call.Node("MatMul", columns ? [x, means] : [means, x]);
    }

    private static string Maxima(ExportCall call, string x, int axis, int size, int results)
    {
        string[] maxima = new string[results];
        for (int i = 0; i < results; i++)
        {
            (int start, int end) = Window(i, size, results);
            string window = call.Node("Slice", [x, call.Graph.Integers(start), call.Graph.Integers(end), call.Graph.Integers(axis)]);
            maxima[i] = call.Node("ReduceMax", [window, call.Graph.Integers(axis)], ("keepdims", 1));
        }

        return results == 1 ? maxima[0] : call.Node("Concat", maxima, ("axis", axis));
    }

    /// <summary>Mean or largest over the steps of each sequence, <c>[T, B, H] → [B, H]</c>.</summary>
    public static void PoolOverTime(ExportCall call)
    {
        bool largest = call.Operation<PoolOverTime>().IsLargest;
        string x = call.Input(0);
        if (call.Indices<PoolOverTime>(op => op.Lengths) is not { } lengths)
        {
            call.Result(largest ? "ReduceMax" : "ReduceMean", [x, call.Graph.Integers(0)], ("keepdims", 0));
            return;
        }

        string steps = call.Node("Unsqueeze", [AttentionRules.Steps(call, call.Shape(0)[0]), call.Graph.Integers(1, 2)]);                            // [T, 1, 1]
        string counts = call.Node("Less", [steps, call.Node("Unsqueeze", [lengths, call.Graph.Integers(0, 2)])]);                                    // [T, B, 1]
        string visible = call.Node("Where", [counts, x, call.Graph.Number(largest ? float.NegativeInfinity : 0)]);
        if (largest)
        {
            call.Result("ReduceMax", [visible, call.Graph.Integers(0)], ("keepdims", 0));
            return;
        }

        string sum = call.Node("ReduceSum", [visible, call.Graph.Integers(0)], ("keepdims", 0));
        call.Result("Div", [sum, call.Node("Cast", [call.Node("Unsqueeze", [lengths, call.Graph.Integers(1)])], ("to", (int)OnnxElementType.Float))]);
    }
}
