using System.Runtime.InteropServices;
using System.Text;

namespace Inkling.Comparison;

/// <summary>
/// Writes an ONNX model: as much of the format (protocol buffers, <c>onnx.proto</c>, IR version 8) as the peers' graphs need.
/// </summary>
internal sealed class OnnxModel
{
    private const int Float = 1, UInt8 = 2, Int8 = 3, Int64 = 7;
    private readonly Message _graph = new();

    /// <summary>An input of the graph: floats, or 64-bit integers.</summary>
    public void Input(string name, int[] shape, bool integers = false) => _graph.Add(11, Value(name, shape, integers ? Int64 : Float));

    /// <summary>An output of the graph: floats.</summary>
    public void Output(string name, int[] shape) => _graph.Add(12, Value(name, shape, Float));

    /// <summary>A constant of floats.</summary>
    public void Constant(string name, int[] shape, ReadOnlySpan<float> values) => Constant(name, shape, Float, MemoryMarshal.AsBytes(values));

    /// <summary>A constant of 64-bit integers.</summary>
    public void Constant(string name, int[] shape, ReadOnlySpan<long> values) => Constant(name, shape, Int64, MemoryMarshal.AsBytes(values));

    /// <summary>A constant of bytes with a sign.</summary>
    public void Constant(string name, int[] shape, ReadOnlySpan<sbyte> values) => Constant(name, shape, Int8, MemoryMarshal.AsBytes(values));

    /// <summary>A constant of bytes.</summary>
    public void Constant(string name, int[] shape, ReadOnlySpan<byte> values) => Constant(name, shape, UInt8, values);

    /// <summary>An operation. An empty name among the inputs leaves an optional one out.</summary>
    public void Node(string operation, string[] inputs, string[] outputs, string domain = "", params (string Name, long Value)[] attributes)
    {
        var node = new Message();
        foreach (string input in inputs)
            node.Add(1, input);
        foreach (string output in outputs)
            node.Add(2, output);
        node.Add(4, operation);
        foreach ((string name, long value) in attributes)
        {
            const int IntegerAttribute = 2;
            var attribute = new Message();
            attribute.Add(1, name);
            attribute.Add(3, value);
            attribute.Add(20, IntegerAttribute);
            node.Add(5, attribute);
        }

        if (domain.Length > 0)
            node.Add(7, domain);
        _graph.Add(1, node);
    }

    /// <summary>Writes the file.</summary>
    public void Save(string path)
    {
        _graph.Add(2, "step");
        var model = new Message();
        model.Add(1, 8);
        model.Add(2, "inkling bench/compare");
        model.Add(7, _graph);
        foreach ((string domain, int version) in new[] { ("", 17), ("com.microsoft", 1) })
        {
            var operators = new Message();
            operators.Add(1, domain);
            operators.Add(2, version);
            model.Add(8, operators);
        }

        using FileStream file = File.Create(path);
        model.WriteTo(file);
    }

    private void Constant(string name, int[] shape, int type, ReadOnlySpan<byte> values)
    {
        var tensor = new Message();
        foreach (int size in shape)
            tensor.Add(1, size);
        tensor.Add(2, type);
        tensor.Add(8, name);
        tensor.Add(9, values);
        _graph.Add(5, tensor);
    }

    private static Message Value(string name, int[] shape, int type)
    {
        var dimensions = new Message();
        foreach (int size in shape)
        {
            var dimension = new Message();
            dimension.Add(1, size);
            dimensions.Add(1, dimension);
        }

        var tensor = new Message();
        tensor.Add(1, type);
        tensor.Add(2, dimensions);
        var kind = new Message();
        kind.Add(1, tensor);
        var value = new Message();
        value.Add(1, name);
        value.Add(2, kind);
        return value;
    }

    /// <summary>A message of protocol buffers: fields of variable-length integers (type 0) and of bytes with their length (type 2).</summary>
    private sealed class Message
    {
        private readonly MemoryStream _bytes = new();

        public void Add(int field, long value)
        {
            Variable((ulong)field << 3);
            Variable((ulong)value);
        }

        public void Add(int field, ReadOnlySpan<byte> bytes)
        {
            Variable(((ulong)field << 3) | 2);
            Variable((ulong)bytes.Length);
            _bytes.Write(bytes);
        }

        public void Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

        public void Add(int field, Message message) => Add(field, message._bytes.GetBuffer().AsSpan(0, (int)message._bytes.Length));

        public void WriteTo(Stream stream) => _bytes.WriteTo(stream);

        private void Variable(ulong value)
        {
            for (; value >= 0x80; value >>= 7)
                _bytes.WriteByte((byte)(value | 0x80));
            _bytes.WriteByte((byte)value);
        }
    }
}
