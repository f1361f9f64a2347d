using Inkling.Nn.Checkpoints;

namespace Inkling.Onnx.Proto;

/// <summary>The kinds of attribute values (onnx.proto, AttributeProto.AttributeType), with their numbers in files.</summary>
internal enum AttributeKind
{
    /// <summary>Not said; files of IR version 1 and 2 leave it out.</summary>
    Undefined = 0,
    Float = 1,
    Int = 2,
    String = 3,
    Tensor = 4,
    Graph = 5,
    Floats = 6,
    Ints = 7,
    Strings = 8,
    Tensors = 9,
    Graphs = 10,
    SparseTensor = 11,
    SparseTensors = 12,
    TypeProto = 13,
    TypeProtos = 14,
}

/// <summary>A named constant of a node (onnx.proto, AttributeProto).</summary>
internal sealed class AttributeProto
{
    public string Name { get; set; } = "";

    public AttributeKind Kind { get; set; }

    /// <summary>In the body of a function: the attribute of the calling node whose value is meant.</summary>
    public string ReferenceName { get; set; } = "";

    public float? Float { get; set; }

    public long? Int { get; set; }

    public string? Text { get; set; }

    public TensorProto? Tensor { get; set; }

    public GraphProto? Graph { get; set; }

    public List<float> Floats { get; } = [];

    public List<long> Ints { get; } = [];

    public List<string> Texts { get; } = [];

    /// <summary>Writes what <see cref="Read"/> reads, but for graphs.</summary>
    public ProtoWriter Write()
    {
        ProtoWriter writer = new ProtoWriter().Text(1, Name);
        if (Float is { } real)
            writer.Single(2, real);
        if (Int is { } whole)
            writer.Integer(3, whole);
        if (Text is not null)
            writer.Text(4, Text);
        if (Tensor is not null)
            writer.Message(5, Tensor.Write());
        foreach (float one in Floats)
            writer.Single(7, one);
        foreach (long one in Ints)
            writer.Integer(8, one);
        foreach (string one in Texts)
            writer.Text(9, one);
        return writer.Integer(20, (int)(Kind == AttributeKind.Undefined ? KindOfValue() : Kind));
    }

    public static AttributeProto Read(ProtoReader reader)
    {
        var attribute = new AttributeProto();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    attribute.Name = reader.Text("name");
                    break;
                case 20:
                    attribute.Kind = (AttributeKind)reader.Int32("type");
                    break;
                case 21:
                    attribute.ReferenceName = reader.Text("ref_attr_name");
                    break;
                default:
                    attribute.ReadValue(ref reader);
                    break;
            }
        }

        if (attribute.Kind == AttributeKind.Undefined)
            attribute.Kind = attribute.KindOfValue();
        return attribute;
    }

    /// <summary>The same value under another name.</summary>
    public AttributeProto Renamed(string name)
    {
        var renamed = (AttributeProto)MemberwiseClone();
        renamed.Name = name;
        renamed.ReferenceName = "";
        return renamed;
    }

    private void ReadValue(ref ProtoReader reader)
    {
        switch (reader.Field)
        {
            case 2:
                Float = reader.Single("f");
                break;
            case 3:
                Int = reader.Int64("i");
                break;
            case 4:
                Text = reader.Text("s");
                break;
            case 5:
                Tensor = TensorProto.Read(reader.Message("t", nameof(TensorProto)));
                break;
            case 6:
                Graph = GraphProto.Read(reader.Message("g", nameof(GraphProto)));
                break;
            case 7:
                reader.Singles("floats", Floats);
                break;
            case 8:
                reader.Int64s("ints", Ints);
                break;
            case 9:
                Texts.Add(reader.Text("strings"));
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private AttributeKind KindOfValue() => this switch
    {
        { Float: not null } => AttributeKind.Float,
        { Int: not null } => AttributeKind.Int,
        { Text: not null } => AttributeKind.String,
        { Tensor: not null } => AttributeKind.Tensor,
        { Graph: not null } => AttributeKind.Graph,
        { Floats.Count: > 0 } => AttributeKind.Floats,
        { Ints.Count: > 0 } => AttributeKind.Ints,
        { Texts.Count: > 0 } => AttributeKind.Strings,
        _ => AttributeKind.Undefined,
    };
}
