using Inkling.Onnx.Operators;

namespace Inkling.Onnx.Evaluation;

/// <summary>Runs a planned graph, node after node.</summary>
internal static class Evaluator
{
    /// <summary>Runs all nodes; the frame holds the inputs before and the outputs afterwards.</summary>
    /// <exception cref="OnnxException">A node fails; the message names it and its operands.</exception>
    public static void Run(GraphPlan plan, Frame frame)
    {
        foreach (PlannedNode node in plan.Nodes)
        {
            OnnxValue?[] inputs = Array.ConvertAll(node.Inputs, location => frame[location]);
            OnnxValue?[] results = Run(node, inputs, frame);
            for (int i = 0; i < node.Outputs.Length; i++)
            {
                if (node.Outputs[i] < 0)
                    continue;
                frame.Set(node.Outputs[i], i < results.Length && results[i] is { } value
                    ? value
                    : throw new OnnxException($"{node.Label}: there is no output {i} in opset {node.Opset}"));
            }

            foreach (int place in node.Released)
                frame.Set(place, null);
        }
    }

    private static OnnxValue?[] Run(PlannedNode node, OnnxValue?[] inputs, Frame frame)
    {
        try
        {
            return node.Operator.Run(new OperatorCall(node, inputs, frame));
        }
        catch (OnnxUnsupportedException problem)
        {
            throw new OnnxUnsupportedException($"{node.Label}: {problem.Message}", problem);
        }
        catch (OnnxException problem)
        {
            throw new OnnxException($"{node.Label}: {problem.Message}; given {Describe(inputs)}", problem);
        }
        catch (Exception problem) when (problem is ArithmeticException or ArgumentException or IndexOutOfRangeException or InvalidOperationException or OutOfMemoryException)
        {
            // Operators check what models get wrong in practice; whatever else does not fit is caught by the bounds of arrays and spans.
            throw new OnnxException($"{node.Label}: the operands do not fit ({problem.Message}); given {Describe(inputs)}", problem);
        }
    }

    private static string Describe(OnnxValue?[] inputs) => inputs.Length == 0
        ? "no inputs"
        : string.Join(", ", inputs.Select(value => value is null ? "nothing" : $"{ElementTypes.Text(value.Type)} {value.ShapeText}"));
}
