using Inkling.Recording;

namespace Inkling.Onnx.Export;

/// <summary>Writes one operation into the graph.</summary>
internal delegate void ExportRule(ExportCall call);

/// <summary>An operation that is being written: its operands by name, and nodes for its results.</summary>
internal sealed class ExportCall
{
    private readonly GraphExporter _exporter;
    private readonly int _index;
    private readonly TracedNode _node;

    public ExportCall(GraphExporter exporter, int index)
    {
        _exporter = exporter;
        _index = index;
        _node = exporter.Traces.First.Nodes[index];
        Graph.Prefix = $"{_node.Name}_{index}";
    }

    public GraphWriter Graph => _exporter.Graph;

    public SizeWriter Sizes => _exporter.Sizes;

    public int InputCount => _node.Inputs.Length;

    /// <summary>The operation as it was recorded first.</summary>
    public TOp Operation<TOp>() => (TOp)_node.Operation;

    /// <summary>The name of an operand.</summary>
    public string Input(int input) => _exporter.NameOf(_node.Inputs[input]);

    /// <summary>The name of an operand that may be missing; empty for none.</summary>
    public string OptionalInput(int input) => input < InputCount ? Input(input) : "";

    /// <summary>All operands.</summary>
    public string[] Inputs() => [.. Enumerable.Range(0, InputCount).Select(Input)];

    /// <summary>The sizes of an operand.</summary>
    public TracedSize[] Shape(int input) => _exporter.Traces.ShapeOf(_node.Inputs[input]);

    public int Rank(int input) => Shape(input).Length;

    /// <summary>The sizes of a result.</summary>
    public TracedSize[] ResultShape(int result = 0) => _exporter.Traces.ShapeOf(_node.FirstOutput + result);

    /// <summary>Whether an operand is zeros that no operation made, of whatever size.</summary>
    public bool IsZero(int input) => _exporter.Constants.IsUniform(_node.Inputs[input]) is 0;

    /// <summary>The elements of an operand that does not depend on the inputs of the model.</summary>
    /// <param name="input">Which operand.</param>
    /// <param name="what">What messages call it.</param>
    public float[] Constant(int input, string what) => _exporter.Constants.Elements(_node.Inputs[input])
        ?? throw new OnnxUnsupportedException($"{what} depends on the inputs of the model; ONNX wants a constant");

    /// <summary>What an initializer made of an operand is called: as the parameter that it is, or by the operation.</summary>
    public string ConstantName(int input, string otherwise)
    {
        int slot = _node.Inputs[input];
        if (_exporter.Traces.First.Value(slot).Parameter is { } parameter)
            return parameter.Name;
        TracedNode? maker = _exporter.Traces.Producer(slot) is { } producer ? _exporter.Traces.First.Nodes[producer.Node] : null;
        int first = maker is { Inputs: [int operand, ..] } ? operand : slot;
        return _exporter.Traces.First.Value(first).Parameter?.Name ?? $"{Graph.Prefix}.{otherwise}";
    }

    /// <summary>A whole number that the operation holds, in each run.</summary>
    public TracedSize Size<TOp>(Func<TOp, int> of) => new(Array.ConvertAll(_exporter.Traces.Traces, trace => of((TOp)trace.Nodes[_index].Operation)));

    /// <summary>Whole numbers that the operation holds: the name of an input of the model or of a constant; null for none.</summary>
    public string? Indices<TOp>(Func<TOp, Indices?> of)
    {
        Indices?[] each = Array.ConvertAll(_exporter.Traces.Traces, trace => of((TOp)trace.Nodes[_index].Operation));
        return each[0] is null ? null : _exporter.IndicesName(each!);
    }

    /// <summary>Whether somebody needs a result.</summary>
    public bool IsUsed(int result) => _exporter.IsLive(_node.FirstOutput + result);

    /// <summary>A node on the way.</summary>
    public string Node(string type, string[] inputs, params ReadOnlySpan<(string Name, object Value)> attributes) => Graph.Node(type, inputs, attributes);

    /// <summary>The node that gives the first result.</summary>
    public void Result(string type, string[] inputs, params ReadOnlySpan<(string Name, object Value)> attributes) => ResultOf(0, type, inputs, attributes);

    /// <summary>The node that gives one of the results.</summary>
    public void ResultOf(int result, string type, string[] inputs, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        Graph.NodeNamed(type, inputs, [_exporter.NewName(_node.FirstOutput + result, _node, _index)], attributes);

    /// <summary>The first result is a value that exists already.</summary>
    public void ResultIs(string value) => _exporter.Alias(_node.FirstOutput, value);

    /// <summary><c>x Wᵀ + b</c> over the last axis.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="rank">Their axes.</param>
    /// <param name="weight">W, [outputs, inputs].</param>
    /// <param name="bias">b; empty for none.</param>
    public string Affine(string x, int rank, string weight, string bias)
    {
        if (rank == 2)
            return Node("Gemm", [x, weight, bias], ("transB", 1));
        string product = Node("MatMul", [x, Transposed(weight)]);
        return bias.Length == 0 ? product : Node("Add", [product, bias]);
    }

    /// <summary>A matrix with its axes exchanged; written once.</summary>
    public string Transposed(string matrix) => Graph.Shared((nameof(Transposed), matrix), () =>
    {
        string name = Graph.Unique($"{matrix}.transposed");
        Graph.NodeNamed("Transpose", [matrix], [name], ("perm", (int[])[1, 0]));
        return name;
    });
}
