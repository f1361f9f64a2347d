using Inkling.Onnx.Operators;
using Inkling.Onnx.Proto;

namespace Inkling.Onnx.Evaluation;

/// <summary>Counts the operators of a model, those of graphs in attributes and of called functions included.</summary>
internal sealed class OperatorCensus
{
    private readonly FunctionTable _functions;
    private readonly HashSet<FunctionProto> _seen = [];

    private OperatorCensus(FunctionTable functions) => _functions = functions;

    /// <summary>How often each operator occurs, by full name.</summary>
    public SortedDictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>The operators that are not in the catalogue.</summary>
    public SortedSet<string> Unknown { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts.</summary>
    public static OperatorCensus Take(GraphProto graph, FunctionTable functions)
    {
        var census = new OperatorCensus(functions);
        census.Visit(graph.Nodes);
        return census;
    }

    /// <summary>Throws when there are unknown operators, naming all of them.</summary>
    /// <exception cref="OnnxUnsupportedException">There are.</exception>
    public static void RefuseUnknown(GraphProto graph, FunctionTable functions)
    {
        SortedSet<string> unknown = Take(graph, functions).Unknown;
        if (unknown.Count > 0)
        {
            throw new OnnxUnsupportedException(
                $"the model needs {unknown.Count} operator{(unknown.Count == 1 ? "" : "s")} that {(unknown.Count == 1 ? "is" : "are")} not implemented: {string.Join(", ", unknown)}. "
                + "Export it for other operators, or with the functions that make them up.",
                [.. unknown]);
        }
    }

    private void Visit(List<NodeProto> nodes)
    {
        foreach (NodeProto node in nodes)
        {
            string name = OperatorCatalogue.FullName(node.Domain, node.OpType);
            Counts[name] = Counts.GetValueOrDefault(name) + 1;
            if (_functions.Find(node) is { } function)
            {
                if (_seen.Add(function))
                    Visit(function.Nodes);
            }
            else if (OperatorCatalogue.Find(node.Domain, node.OpType) is null)
            {
                Unknown.Add(name);
            }

            foreach (AttributeProto attribute in node.Attributes)
            {
                if (attribute.Graph is not null)
                    Visit(attribute.Graph.Nodes);
            }
        }
    }
}
