using Inkling.Nn.Checkpoints;

namespace Inkling.Onnx.Proto;

/// <summary>An input or output of a graph with what is known of its type (onnx.proto, ValueInfoProto and TypeProto).</summary>
internal sealed class ValueInfoProto
{
    public string Name { get; set; } = "";

    /// <summary>The element type; <see cref="OnnxElementType.Undefined"/> when not said.</summary>
    public OnnxElementType Type { get; set; }

    /// <summary>The sizes; null when not said.</summary>
    public List<DimensionProto>? Shape { get; set; }

    /// <summary>What it is instead of a tensor, for example <c>a sequence</c>; null for tensors.</summary>
    public string? OtherKind { get; set; }

    /// <summary>Writes what <see cref="Read"/> reads of a tensor.</summary>
    public ProtoWriter Write()
    {
        ProtoWriter tensor = new ProtoWriter().Integer(1, (int)Type);
        if (Shape is not null)
        {
            var shape = new ProtoWriter();
            foreach (DimensionProto size in Shape)
                shape.Message(1, size.Write());
            tensor.Message(2, shape);
        }

        return new ProtoWriter().Text(1, Name).Message(2, new ProtoWriter().Message(1, tensor));
    }

    public static ValueInfoProto Read(ProtoReader reader)
    {
        var info = new ValueInfoProto();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    info.Name = reader.Text("name");
                    break;
                case 2:
                    info.ReadType(reader.Message("type", "TypeProto"));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return info;
    }

    private void ReadType(ProtoReader reader)
    {
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    ReadTensorType(reader.Message("tensor_type", "TypeProto.Tensor"));
                    continue;
                case 4:
                    OtherKind = "a sequence";
                    break;
                case 5:
                    OtherKind = "a map";
                    break;
                case 8:
                    OtherKind = "a sparse tensor";
                    break;
                case 9:
                    OtherKind = "an optional value";
                    break;
            }

            reader.Skip();
        }
    }

    private void ReadTensorType(ProtoReader reader)
    {
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    Type = (OnnxElementType)reader.Int32("elem_type");
                    break;
                case 2:
                    Shape = ReadShape(reader.Message("shape", "TensorShapeProto"));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private static List<DimensionProto> ReadShape(ProtoReader reader)
    {
        List<DimensionProto> shape = [];
        while (reader.Next())
        {
            if (reader.Field == 1)
                shape.Add(DimensionProto.Read(reader.Message("dim", "TensorShapeProto.Dimension")));
            else
                reader.Skip();
        }

        return shape;
    }
}
