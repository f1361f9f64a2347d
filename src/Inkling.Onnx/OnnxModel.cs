using System.Globalization;
using System.Text;
using Inkling.Onnx.Evaluation;
using Inkling.Onnx.Proto;

namespace Inkling.Onnx;

/// <summary>
/// A neural network from an ONNX file, ready to run. Loading reads and checks everything at once: the file, the operators, the constants.
/// A model does not change; several threads may run it at the same time.
/// </summary>
/// <example><code>
/// OnnxModel model = OnnxModel.Load("classifier.onnx");
/// var results = model.Run(new Dictionary&lt;string, OnnxValue&gt; { ["image"] = OnnxValue.Create([1, 1, 28, 28], pixels) });
/// ReadOnlySpan&lt;float&gt; scores = results["scores"].Values&lt;float&gt;();
/// </code></example>
public sealed class OnnxModel
{
    private readonly GraphPlan _plan;
    private readonly HashSet<string> _optional;
    private readonly SortedDictionary<string, int> _operators;

    private OnnxModel(string file, ModelProto model, GraphProto graph, GraphPlan plan)
    {
        _plan = plan;
        FileName = file;
        Name = graph.Name;
        Producer = $"{model.ProducerName} {model.ProducerVersion}".Trim();
        Opsets = model.OpsetImports;
        _optional = graph.Initializers.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        Inputs = graph.Inputs.ConvertAll(OnnxPort.Of);
        Outputs = graph.Outputs.ConvertAll(OnnxPort.Of);
        _operators = OperatorCensus.Take(graph, new FunctionTable(model.Functions)).Counts;
    }

    /// <summary>The file, as messages name it.</summary>
    public string FileName { get; }

    /// <summary>The name of the graph.</summary>
    public string Name { get; }

    /// <summary>The program that wrote the file; may be empty.</summary>
    public string Producer { get; }

    /// <summary>The versions of the operator sets by domain; the standard domain is the empty string.</summary>
    public IReadOnlyDictionary<string, int> Opsets { get; }

    /// <summary>The inputs in order. Those that the file has a value for may be left out.</summary>
    public IReadOnlyList<OnnxPort> Inputs { get; }

    /// <summary>The inputs that must be given.</summary>
    public IEnumerable<OnnxPort> RequiredInputs => Inputs.Where(input => !_optional.Contains(input.Name));

    /// <summary>The outputs in order.</summary>
    public IReadOnlyList<OnnxPort> Outputs { get; }

    /// <summary>Elements of all constants.</summary>
    public long ParameterCount => _plan.Constants.Sum(constant => (long)constant.Value.Length);

    /// <summary>Reads a model from a file. Values kept in files of their own are read if these lie in the same folder.</summary>
    /// <param name="path">The <c>.onnx</c> file.</param>
    /// <exception cref="OnnxException">The file is missing, damaged or not sound; the message names the file, the field and the byte.</exception>
    /// <exception cref="OnnxUnsupportedException">It needs operators or types that are not implemented; all operators are named at once.</exception>
    public static OnnxModel Load(string path)
    {
        ProtoSource source = ProtoSource.OfFile(path);
        return Load(source, Path.GetDirectoryName(Path.GetFullPath(path)));
    }

    /// <summary>Reads a model from memory. Values kept in files of their own cannot be found and are refused.</summary>
    /// <param name="bytes">What a <c>.onnx</c> file holds.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <inheritdoc cref="Load(string)" path="/exception"/>
    public static OnnxModel Load(byte[] bytes, string name = "model")
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Load(new ProtoSource(name, bytes), folder: null);
    }

    /// <summary>Runs the model.</summary>
    /// <param name="inputs">The inputs by name.</param>
    /// <returns>The outputs by name.</returns>
    /// <exception cref="OnnxException">An input is missing, unknown or of another type or shape than declared, or a node fails; the message names it.</exception>
    public IReadOnlyDictionary<string, OnnxValue> Run(IReadOnlyDictionary<string, OnnxValue> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Check(inputs);
        var frame = new Frame(_plan, outer: null);
        foreach ((string name, int place) in _plan.Inputs)
        {
            if (inputs.TryGetValue(name, out OnnxValue? value))
                frame.Set(place, value);
        }

        Evaluator.Run(_plan, frame);
        Dictionary<string, OnnxValue> outputs = new(StringComparer.Ordinal);
        foreach ((string name, Location where) in _plan.Outputs)
            outputs[name] = frame[where] ?? throw new OnnxException($"'{FileName}' leaves its output '{name}' without a value");
        return outputs;
    }

    /// <summary>What the model is: producer, operator sets, inputs, outputs, size, and how often each operator occurs.</summary>
    public override string ToString()
    {
        IFormatProvider culture = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        text.Append(culture, $"{FileName}: '{Name}'{(Producer.Length > 0 ? $" by {Producer}" : "")}, ");
        text.AppendJoin(", ", Opsets.Select(opset => $"{(opset.Key.Length == 0 ? OperatorSetIdProto.StandardDomain : opset.Key)} {opset.Value}"));
        text.Append(culture, $"; {_operators.Values.Sum()} nodes, {ParameterCount:#,0} parameters\n");
        foreach (OnnxPort input in RequiredInputs)
            text.Append(culture, $"  in   {input}\n");
        foreach (OnnxPort output in Outputs)
            text.Append(culture, $"  out  {output}\n");
        text.Append("  ").AppendJoin(", ", _operators.OrderByDescending(one => one.Value).Select(one => one.Value == 1 ? one.Key : $"{one.Key} ×{one.Value}"));
        return text.ToString();
    }

    private static OnnxModel Load(ProtoSource source, string? folder)
    {
        ModelProto model = ModelProto.Read(new ProtoReader(source, nameof(ModelProto)));
        GraphProto graph = model.Graph ?? throw new OnnxException($"'{source.Name}' holds no graph. Is it an ONNX model?");
        try
        {
            return new OnnxModel(source.Name, model, graph, Planner.Plan(model, graph, new TensorReader(source, folder)));
        }
        catch (OnnxUnsupportedException problem)
        {
            throw new OnnxUnsupportedException($"'{source.Name}': {problem.Message}", problem.Operators);
        }
        catch (OnnxException problem) when (!problem.Message.Contains(source.Name, StringComparison.Ordinal))
        {
            throw new OnnxException($"'{source.Name}': {problem.Message}", problem);
        }
    }

    private void Check(IReadOnlyDictionary<string, OnnxValue> inputs)
    {
        List<string> problems = [];
        foreach (OnnxPort port in Inputs)
        {
            if (inputs.TryGetValue(port.Name, out OnnxValue? value))
                problems.AddRange(port.Refuses(value) is { } refusal ? [refusal] : []);
            else if (!_optional.Contains(port.Name))
                problems.Add($"input {port} is missing");
        }

        problems.AddRange(inputs.Keys.Except(Inputs.Select(port => port.Name)).Select(name => $"there is no input '{name}'"));
        if (problems.Count > 0)
            throw new OnnxException($"'{FileName}' cannot run: {string.Join("; ", problems)}");
    }
}
