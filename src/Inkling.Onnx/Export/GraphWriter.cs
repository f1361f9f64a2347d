using System.Runtime.InteropServices;
using Inkling.Onnx.Proto;

namespace Inkling.Onnx.Export;

/// <summary>A graph that grows: nodes, initializers, and names that are used once.</summary>
internal sealed class GraphWriter
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<object, string> _shared = [];

    public GraphProto Proto { get; } = new();

    /// <summary>What names of intermediate values begin with: the operation at hand.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Takes a name that the caller of the export chose.</summary>
    public void Reserve(string name) => _taken.Add(name);

    /// <summary>The name, or with a number behind it when it is taken.</summary>
    public string Unique(string wanted)
    {
        string name = wanted;
        for (int i = 2; !_taken.Add(name); i++)
            name = $"{wanted}.{i}";
        return name;
    }

    /// <summary>Something that is written once and used often.</summary>
    /// <param name="key">What it is, compared by value.</param>
    /// <param name="write">Writes it.</param>
    public string Shared(object key, Func<string> write)
    {
        if (!_shared.TryGetValue(key, out string? name))
            _shared[key] = name = write();
        return name;
    }

    /// <summary>A node with one result that gets a name of its own.</summary>
    public string Node(string type, string[] inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        string output = Unique(Prefix.Length == 0 ? type : $"{Prefix}.{type}");
        NodeNamed(type, inputs, [output], attributes);
        return output;
    }

    /// <summary>A node with named results; an empty name stands for an operand or a result that is left out.</summary>
    public void NodeNamed(string type, string[] inputs, string[] outputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        NodeProto node = new() { OpType = type, Name = Array.Find(outputs, one => one.Length > 0) ?? "" };
        int count = inputs.Length;
        while (count > 0 && inputs[count - 1].Length == 0)
            count--;
        node.Inputs.AddRange(inputs[..count]);
        node.Outputs.AddRange(outputs);
        foreach ((string name, object value) in attributes)
            node.Attributes.Add(Attribute(name, value));
        Proto.Nodes.Add(node);
    }

    /// <summary>A new initializer of numbers.</summary>
    public string Initializer(string name, ReadOnlySpan<int> shape, ReadOnlySpan<float> values)
    {
        string unique = Unique(name);
        Proto.Initializers.Add(Tensor(unique, [.. shape.ToArray().Select(size => (long)size)], values));
        return unique;
    }

    /// <summary>A scalar; the same number is written once.</summary>
    public string Number(float value) => Shared((nameof(Number), BitConverter.SingleToInt32Bits(value)),
        () => Initializer(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"number {value:R}"), [], [value]));

    /// <summary>A vector of whole numbers (int64); the same one is written once.</summary>
    public string Integers(params ReadOnlySpan<long> values) => Integers([values.Length], values.ToArray());

    /// <summary>Whole numbers (int64) of any shape; the same are written once.</summary>
    public string Integers(long[] shape, long[] values) => Shared((nameof(Integers), string.Join(",", shape), string.Join(",", values)), () =>
    {
        string name = Unique(values.Length > 6 ? "integers" : $"integers {string.Join(" ", values)}");
        Proto.Initializers.Add(Tensor(name, shape, OnnxElementType.Int64, MemoryMarshal.AsBytes(values.AsSpan())));
        return name;
    });

    /// <summary>A new initializer of truth values.</summary>
    public string Truths(string name, int[] shape, bool[] values)
    {
        string unique = Unique(name);
        Proto.Initializers.Add(Tensor(unique, [.. shape.Select(size => (long)size)], OnnxElementType.Bool, MemoryMarshal.AsBytes(values.AsSpan())));
        return unique;
    }

    public static TensorProto Tensor(string name, long[] shape, ReadOnlySpan<float> values) => Tensor(name, shape, OnnxElementType.Float, MemoryMarshal.AsBytes(values));

    private static TensorProto Tensor(string name, long[] shape, OnnxElementType type, ReadOnlySpan<byte> values)
    {
        TensorProto tensor = new() { Name = name, Type = type, RawData = values.ToArray() };
        tensor.Dims.AddRange(shape);
        return tensor;
    }

    private static AttributeProto Attribute(string name, object value)
    {
        AttributeProto attribute = new() { Name = name };
        switch (value)
        {
            case float number:
                attribute.Float = number;
                break;
            case int whole:
                attribute.Int = whole;
                break;
            case string text:
                attribute.Text = text;
                break;
            case TensorProto tensor:
                attribute.Tensor = tensor;
                break;
            case int[] wholes:
                attribute.Kind = AttributeKind.Ints;
                attribute.Ints.AddRange(wholes.Select(one => (long)one));
                break;
            case string[] texts:
                attribute.Kind = AttributeKind.Strings;
                attribute.Texts.AddRange(texts);
                break;
            default:
                throw new ArgumentException($"GraphWriter: the attribute '{name}' is a {value.GetType().Name}, which is not provided for.", nameof(value));
        }

        return attribute;
    }
}
