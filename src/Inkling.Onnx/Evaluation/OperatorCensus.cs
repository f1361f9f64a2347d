using Inkling.Onnx.Operators;
using Inkling.Onnx.Proto;

namespace Inkling.Onnx.Evaluation;

/// <summary>Counts the operators of a model, those of graphs in attributes and of called functions included.</summary>
internal sealed class OperatorCensus
{
    /// <summary>Nodes of a model once its functions are expanded. Functions that call others twice, again and again, would grow without end.</summary>
    private const long MostNodes = 1_000_000;

    private readonly FunctionTable _functions;
    private readonly Dictionary<FunctionProto, long> _expanded = [];

    private OperatorCensus(FunctionTable functions) => _functions = functions;

    /// <summary>How often each operator occurs, by full name.</summary>
    public SortedDictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>Nodes once functions are expanded.</summary>
    public long Nodes { get; private set; }

    /// <summary>The operators that are not in the catalogue.</summary>
    public SortedSet<string> Unknown { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts.</summary>
    public static OperatorCensus Take(GraphProto graph, FunctionTable functions)
    {
        var census = new OperatorCensus(functions);
        census.Nodes = census.Visit(graph.Nodes);
        return census;
    }

    /// <summary>Throws when there are unknown operators, naming all of them, or more nodes than can be.</summary>
    /// <exception cref="OnnxUnsupportedException">There are unknown operators.</exception>
    /// <exception cref="OnnxException">There are too many nodes.</exception>
    public static void Check(GraphProto graph, FunctionTable functions)
    {
        OperatorCensus census = Take(graph, functions);
        if (census.Unknown is { Count: > 0 } unknown)
        {
            throw new OnnxUnsupportedException(
                $"the model needs {unknown.Count} operator{(unknown.Count == 1 ? " that is" : "s that are")} not implemented: {string.Join(", ", unknown)}. "
                + "Export it for other operators, or with the functions that make them up.",
                [.. unknown]);
        }

        if (census.Nodes > MostNodes)
            throw new OnnxException($"the model has more than {MostNodes} nodes once its functions are expanded");
    }

    /// <summary>Counts some nodes, and returns how many there are once functions are expanded.</summary>
    private long Visit(List<NodeProto> nodes)
    {
        long expanded = nodes.Count;
        foreach (NodeProto node in nodes)
        {
            string name = OperatorCatalogue.FullName(node.Domain, node.OpType);
            Counts[name] = Counts.GetValueOrDefault(name) + 1;
            if (_functions.Find(node) is { } function)
                expanded += Expanded(function);
            else if (OperatorCatalogue.Find(node.Domain, node.OpType) is null)
                Unknown.Add(name);
            foreach (AttributeProto attribute in node.Attributes)
                expanded += attribute.Graph is null ? 0 : Visit(attribute.Graph.Nodes);
        }

        return long.Min(expanded, MostNodes + 1);
    }

    private long Expanded(FunctionProto function)
    {
        if (!_expanded.TryGetValue(function, out long nodes))
        {
            // One that calls itself is found when it is planned.
            _expanded[function] = 0;
            _expanded[function] = nodes = Visit(function.Nodes);
        }

        return nodes;
    }
}
