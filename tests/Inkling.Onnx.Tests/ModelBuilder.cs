using System.Runtime.InteropServices;

namespace Inkling.Onnx.Tests;

/// <summary>Makes models for tests, as bytes of a file.</summary>
internal sealed class ModelBuilder
{
    private readonly Wire _graph = new();
    private readonly List<Wire> _functions = [];
    private readonly Dictionary<string, int> _opsets;

    public ModelBuilder(int opset = 22, string domain = "") => _opsets = new Dictionary<string, int> { [domain] = opset };

    public ModelBuilder Opset(string domain, int version)
    {
        _opsets[domain] = version;
        return this;
    }

    public ModelBuilder Input(string name, OnnxElementType type = OnnxElementType.Float, params object[] shape)
    {
        _graph.Message(11, ValueInfo(name, type, shape));
        return this;
    }

    public ModelBuilder Output(string name, OnnxElementType type = OnnxElementType.Undefined)
    {
        _graph.Message(12, ValueInfo(name, type, null));
        return this;
    }

    public ModelBuilder Initializer(string name, OnnxValue value)
    {
        _graph.Message(5, Tensor(value, name));
        return this;
    }

    public ModelBuilder Node(string operation, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        _graph.Message(1, NodeOf(operation, inputs, outputs, attributes));
        return this;
    }

    public ModelBuilder Function(Wire function)
    {
        _functions.Add(function);
        return this;
    }

    public Wire Graph() => _graph;

    public byte[] ToBytes()
    {
        var model = new Wire().Int(1, 10).Text(2, "tests").Message(7, _graph.Text(2, "graph"));
        foreach ((string domain, int version) in _opsets)
            model.Message(8, OpsetOf(domain, version));
        foreach (Wire function in _functions)
            model.Message(25, function);
        return model.ToArray();
    }

    public OnnxModel Load() => OnnxModel.Load(ToBytes(), "test.onnx");

    /// <summary>A node; names are separated by spaces, <c>-</c> leaves one out, a domain stands before a colon.</summary>
    public static Wire NodeOf(string operation, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        string[] parts = operation.Split(':');
        var node = new Wire();
        foreach (string input in Names(inputs))
            node.Text(1, input);
        foreach (string output in Names(outputs))
            node.Text(2, output);
        node.Text(4, parts[^1]);
        if (parts.Length > 1)
            node.Text(7, parts[0]);
        foreach ((string name, object value) in attributes)
            node.Message(5, Attribute(name, value));
        return node;
    }

    public static Wire OpsetOf(string domain, int version) => new Wire().Text(1, domain).Int(2, version);

    public static Wire Tensor(OnnxValue value, string name = "")
    {
        var tensor = new Wire();
        foreach (int size in value.Shape)
            tensor.Int(1, size);
        tensor.Int(2, (int)value.Type).Text(8, name);
        switch (value)
        {
            case OnnxValue<string> texts:
                foreach (string text in texts.Data)
                    tensor.Text(6, text);
                break;
            case OnnxValue<float> v: tensor.Bytes(9, MemoryMarshal.AsBytes(v.Data.AsSpan())); break;
            case OnnxValue<double> v: tensor.Bytes(9, MemoryMarshal.AsBytes(v.Data.AsSpan())); break;
            case OnnxValue<Half> v: tensor.Bytes(9, MemoryMarshal.AsBytes(v.Data.AsSpan())); break;
            case OnnxValue<BFloat16> v: tensor.Bytes(9, MemoryMarshal.AsBytes(v.Data.AsSpan())); break;
            case OnnxValue<sbyte> v: tensor.Bytes(9, MemoryMarshal.AsBytes(v.Data.AsSpan())); break;
            case OnnxValue<byte> v: tensor.Bytes(9, v.Data); break;
            case OnnxValue<short> v: tensor.Bytes(9, MemoryMarshal.AsBytes(v.Data.AsSpan())); break;
            case OnnxValue<ushort> v: tensor.Bytes(9, MemoryMarshal.AsBytes(v.Data.AsSpan())); break;
            case OnnxValue<int> v: tensor.Bytes(9, MemoryMarshal.AsBytes(v.Data.AsSpan())); break;
            case OnnxValue<uint> v: tensor.Bytes(9, MemoryMarshal.AsBytes(v.Data.AsSpan())); break;
            case OnnxValue<long> v: tensor.Bytes(9, MemoryMarshal.AsBytes(v.Data.AsSpan())); break;
            case OnnxValue<ulong> v: tensor.Bytes(9, MemoryMarshal.AsBytes(v.Data.AsSpan())); break;
            case OnnxValue<bool> v: tensor.Bytes(9, MemoryMarshal.AsBytes(v.Data.AsSpan())); break;
            default: throw new ArgumentException($"{value.Type}", nameof(value));
        }

        return tensor;
    }

    public static Wire Attribute(string name, object value)
    {
        Wire attribute = new Wire().Text(1, name);
        switch (value)
        {
            case float number: return attribute.Single(2, number).Int(20, 1);
            case int number: return attribute.Int(3, number).Int(20, 2);
            case bool flag: return attribute.Int(3, flag ? 1 : 0).Int(20, 2);
            case string text: return attribute.Text(4, text).Int(20, 3);
            case OnnxValue tensor: return attribute.Message(5, Tensor(tensor)).Int(20, 4);
            case Wire graph: return attribute.Message(6, graph).Int(20, 5);
            case float[] numbers:
                foreach (float number in numbers)
                    attribute.Single(7, number);
                return attribute.Int(20, 6);
            case int[] numbers: return attribute.Packed(8, numbers.Select(number => (long)number)).Int(20, 7);
            case string[] texts:
                foreach (string text in texts)
                    attribute.Text(9, text);
                return attribute.Int(20, 8);
            default: throw new ArgumentException($"{value.GetType()}", nameof(value));
        }
    }

    public static Wire ValueInfo(string name, OnnxElementType type, object[]? shape)
    {
        var sizes = new Wire();
        foreach (object size in shape ?? [])
            sizes.Message(1, size is string text ? new Wire().Text(2, text) : new Wire().Int(1, (int)size));
        Wire tensor = new Wire().Int(1, (int)type);
        if (shape is not null)
            tensor.Message(2, sizes);
        Wire info = new Wire().Text(1, name);
        return type == OnnxElementType.Undefined ? info : info.Message(2, new Wire().Message(1, tensor));
    }

    private static IEnumerable<string> Names(string list) =>
        list.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => name == "-" ? "" : name);
}
