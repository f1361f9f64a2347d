using Inkling.Nn.Checkpoints;

namespace Inkling.Onnx.Proto;

/// <summary>One operator at work (onnx.proto, NodeProto). An input or output called "" is left out.</summary>
internal sealed class NodeProto
{
    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public string Name { get; set; } = "";

    public string OpType { get; set; } = "";

    /// <summary>The operator's domain; empty for the standard one.</summary>
    public string Domain { get; set; } = "";

    /// <summary>Which of several model functions of one name.</summary>
    public string Overload { get; set; } = "";

    public List<AttributeProto> Attributes { get; } = [];

    /// <summary>Writes what <see cref="Read"/> reads of a node of the standard domain.</summary>
    public ProtoWriter Write()
    {
        var writer = new ProtoWriter();
        foreach (string input in Inputs)
            writer.Text(1, input);
        foreach (string output in Outputs)
            writer.Text(2, output);
        writer.Text(3, Name).Text(4, OpType);
        foreach (AttributeProto attribute in Attributes)
            writer.Message(5, attribute.Write());
        return writer;
    }

    public static NodeProto Read(ProtoReader reader)
    {
        var node = new NodeProto();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    node.Inputs.Add(reader.Text("input"));
                    break;
                case 2:
                    node.Outputs.Add(reader.Text("output"));
                    break;
                case 3:
                    node.Name = reader.Text("name");
                    break;
                case 4:
                    node.OpType = reader.Text("op_type");
                    break;
                case 5:
                    node.Attributes.Add(AttributeProto.Read(reader.Message("attribute", nameof(AttributeProto))));
                    break;
                case 7:
                    node.Domain = OperatorSetIdProto.Normal(reader.Text("domain"));
                    break;
                case 8:
                    node.Overload = reader.Text("overload");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return node;
    }
}
