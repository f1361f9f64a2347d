using Inkling.Onnx.Proto;
using Inkling.Recording;

namespace Inkling.Onnx.Export;

/// <summary>Turns what a model recorded into a graph: the operations that outputs depend on, in their order, each by the rule of its type.</summary>
internal sealed class GraphExporter
{
    private readonly Dictionary<int, string> _names = [];
    private readonly Dictionary<int, string> _outputs = [];
    private readonly HashSet<int> _live = [];
    private readonly List<string> _problems = [];

    public GraphExporter(ModelTraces traces)
    {
        Traces = traces;
        Graph = new GraphWriter();
        Sizes = new SizeWriter(traces, Graph);
        Constants = new ConstantFinder(traces);
    }

    public ModelTraces Traces { get; }

    public GraphWriter Graph { get; }

    public SizeWriter Sizes { get; }

    public ConstantFinder Constants { get; }

    /// <summary>The whole model.</summary>
    /// <exception cref="OnnxUnsupportedException">Something has no form in ONNX; all of it is listed.</exception>
    public ModelProto Export(string name)
    {
        IReadOnlyList<(string Name, Tensor Value)> outputs = Traces.Runs[0].Outputs;
        foreach (OnnxInput input in Traces.Inputs)
        {
            Graph.Reserve(input.Name);
            Graph.Proto.Inputs.Add(new ValueInfoProto
            {
                Name = input.Name,
                Type = input.IsInteger ? OnnxElementType.Int64 : OnnxElementType.Float,
                Shape = [.. input.Shape.Select(size => new DimensionProto(size.Size, size.Name))],
            });
        }

        foreach ((string output, Tensor value) in outputs)
        {
            Graph.Reserve(output);
            if (Traces.Producer(value.Slot) is not null && !Constants.IsConstant(value.Slot))
                _outputs.TryAdd(value.Slot, output);
        }

        MarkLive(outputs.Select(one => one.Value.Slot));
        for (int i = 0; i < Traces.First.Nodes.Count; i++)
            Export(i);
        foreach ((string output, Tensor value) in outputs)
            Declare(output, value.Slot);
        if (_problems.Count > 0)
            Refuse();
        return Model(name);
    }

    /// <summary>The name of a value, which is written when it is a parameter, a constant or a view that nobody asked for before.</summary>
    public string NameOf(int slot)
    {
        if (_names.TryGetValue(slot, out string? known))
            return known;
        TracedValue value = Traces.First.Value(slot);
        string name = Traces.InputOf(slot) ?? (value switch
        {
            { Parameter: { } parameter } => Graph.Initializer(parameter.Name, parameter.Shape.ToArray(), parameter.Values),
            { Base: { } from } => View(slot, from),
            _ => Constant(slot),
        });
        _names[slot] = name;
        return name;
    }

    /// <summary>The name that a result of an operation gets.</summary>
    public string NewName(int slot, TracedNode node, int index)
    {
        string name = _outputs.TryGetValue(slot, out string? output) ? output
            : Graph.Unique(node.OutputCount == 1 ? $"{node.Name}_{index}" : $"{node.Name}_{index}.{slot - node.FirstOutput}");
        _names[slot] = name;
        return name;
    }

    /// <summary>Lets a result of an operation be a value that exists already.</summary>
    public void Alias(int slot, string name) => _names[slot] = name;

    /// <summary>Whether an output depends on a value.</summary>
    public bool IsLive(int slot) => _live.Contains(slot);

    /// <summary>Whole numbers that an operation holds: an input of the model, or a constant.</summary>
    public string IndicesName(Indices[] each)
    {
        foreach (OnnxInput input in Traces.Inputs)
        {
            if (input.IsInteger && Enumerable.Range(0, each.Length).All(r => ReferenceEquals(Traces.Runs[r].AllIntegers[input.Name], each[r])))
                return input.Name;
        }

        Indices first = each[0];
        if (!Array.TrueForAll(each, one => one.Shape == first.Shape && one.Values.SequenceEqual(first.Values)))
            throw new OnnxUnsupportedException("whole numbers that are no input change with the sizes of the inputs; make them an input (OnnxInput.Integers)");
        return Graph.Integers([.. first.Shape.Select(size => (long)size)], [.. first.Values.ToArray().Select(one => (long)one)]);
    }

    private void Export(int index)
    {
        TracedNode node = Traces.First.Nodes[index];
        IEnumerable<int> results = Enumerable.Range(node.FirstOutput, node.OutputCount);
        if (!results.Any(IsLive) || Constants.IsConstant(node.FirstOutput))
            return;
        try
        {
            ExportRule rule = ExportCatalogue.Find(node.Operation.GetType())
                ?? throw new OnnxUnsupportedException("has no form in ONNX; where it is a loss, export what goes into it");
            rule(new ExportCall(this, index));
        }
        catch (OnnxUnsupportedException problem)
        {
            _problems.Add($"{node.Name}: {problem.Message}");
            foreach (int slot in results)
                _names.TryAdd(slot, "");
        }
    }

    private void MarkLive(IEnumerable<int> outputs)
    {
        foreach (int slot in outputs)
            Mark(slot);
        for (int i = Traces.First.Nodes.Count - 1; i >= 0; i--)
        {
            TracedNode node = Traces.First.Nodes[i];
            if (!Enumerable.Range(node.FirstOutput, node.OutputCount).Any(IsLive))
                continue;
            foreach (int input in node.Inputs)
                Mark(input);
        }

        void Mark(int slot)
        {
            _live.Add(slot);
            if (Traces.First.Value(slot).Base is { } from)
                _live.Add(from);
        }
    }

    /// <summary>Rows of the first axis of another value, or any run of its elements, in another shape.</summary>
    private string View(int slot, int from)
    {
        string name = NameOf(from);
        TracedSize[] shape = Traces.ShapeOf(from), wanted = Traces.ShapeOf(slot);
        TracedSize length = Traces.Each(trace => trace.Value(slot).Shape.Length), all = Traces.Each(trace => trace.Value(from).Shape.Length);
        if (!length.Equals(all))
        {
            TracedSize offset = Traces.Each(trace => trace.Value(slot).Offset), end = offset.With(length, (a, b) => a + b);
            TracedSize row = Traces.Each(trace => trace.Value(from).Shape is { Rank: > 0 } known && known[0] > 0 ? known.Length / known[0] : 0);
            bool rows = !row.Values.Contains(0) && !offset.With(row, (a, b) => a % b).Values.ContainsAnyExcept(0) && !length.With(row, (a, b) => a % b).Values.ContainsAnyExcept(0);
            if (rows)
            {
                (offset, end) = (offset.With(row, (a, b) => a / b), end.With(row, (a, b) => a / b));
                shape = [end.With(offset, (a, b) => a - b), .. shape[1..]];
            }
            else
            {
                name = Graph.Node("Reshape", [name, Graph.Integers(-1)]);
                shape = [length];
            }

            name = Sizes.Slice(name, offset, end, axis: 0);
        }

        return Sizes.Reshape(name, shape, wanted);
    }

    private string Constant(int slot)
    {
        TracedNode? node = Traces.Producer(slot) is { } producer ? Traces.First.Nodes[producer.Node] : null;
        string name = node?.Name ?? "constant";
        if (Constants.IsConstant(slot))
            return Graph.Initializer(name, Traces.First.Value(slot).Shape.ToArray(), Traces.First.Elements(slot));
        if (Constants.IsUniform(slot) is { } value)
            return Graph.Node("ConstantOfShape", [Sizes.Vector(Traces.ShapeOf(slot))], ("value", GraphWriter.Tensor("", [1], [value])));
        throw new OnnxUnsupportedException("a constant changes with the sizes of the inputs; make it an input");
    }

    private void Declare(string output, int slot)
    {
        try
        {
            string name = NameOf(slot);
            if (name != output)
                Graph.NodeNamed("Identity", [name], [output]);
        }
        catch (OnnxUnsupportedException problem)
        {
            _problems.Add($"the output '{output}': {problem.Message}");
        }

        Graph.Proto.Outputs.Add(new ValueInfoProto { Name = output, Type = OnnxElementType.Float, Shape = [.. Traces.ShapeOf(slot).Select(Sizes.Declare)] });
    }

    private void Refuse()
    {
        string[] all = [.. _problems.GroupBy(problem => problem).Select(one => one.Count() == 1 ? one.Key : $"{one.Key} ({one.Count()} times)")];
        throw new OnnxUnsupportedException($"The model cannot be exported: {string.Join("; ", all)}.", [.. _problems.Select(problem => problem.Split(':')[0]).Distinct().Order(StringComparer.Ordinal)]);
    }

    private ModelProto Model(string name)
    {
        ModelProto model = new() { IrVersion = 8, ProducerName = "Inkling", ProducerVersion = typeof(GraphExporter).Assembly.GetName().Version?.ToString(3) ?? "", Graph = Graph.Proto };
        model.OpsetImports[""] = OnnxExport.Opset;
        Graph.Proto.Name = name;
        return model;
    }
}
