using Inkling.Onnx.Proto;

namespace Inkling.Onnx.Evaluation;

/// <summary>A graph made ready to run: names have become places in a <see cref="Frame"/>, operators and constants are at hand.</summary>
internal sealed class GraphPlan
{
    /// <summary>What the graph is called.</summary>
    public required string Name { get; init; }

    /// <summary>Places a frame has.</summary>
    public required int Places { get; init; }

    /// <summary>The values that are given at the start, in order: name and place.</summary>
    public required IReadOnlyList<(string Name, int Place)> Inputs { get; init; }

    /// <summary>Where the results are found at the end, in order: name and where it is.</summary>
    public required IReadOnlyList<(string Name, Location Where)> Outputs { get; init; }

    /// <summary>What is declared of the results.</summary>
    public IReadOnlyList<ValueInfoProto> Declared { get; init; } = [];

    /// <summary>What stands in a frame from the start, unless an input replaces it.</summary>
    public required IReadOnlyList<(int Place, OnnxValue Value)> Constants { get; init; }

    /// <summary>What runs, in order.</summary>
    public required IReadOnlyList<PlannedNode> Nodes { get; init; }
}

/// <summary>Where a value is found.</summary>
/// <param name="Depth">Graphs outwards: 0 is the node's own graph; −1 when the value is left out.</param>
/// <param name="Place">The place in that graph's frame.</param>
internal readonly record struct Location(int Depth, int Place)
{
    /// <summary>The value is left out.</summary>
    public static Location None => new(-1, -1);
}
