using Inkling.Nn.Checkpoints;

namespace Inkling.Onnx.Proto;

/// <summary>Nodes in the order of their running, and the values they begin with (onnx.proto, GraphProto).</summary>
internal sealed class GraphProto
{
    public string Name { get; set; } = "";

    public List<NodeProto> Nodes { get; } = [];

    public List<TensorProto> Initializers { get; } = [];

    public List<ValueInfoProto> Inputs { get; } = [];

    public List<ValueInfoProto> Outputs { get; } = [];

    /// <summary>Whether it holds initializers in sparse form.</summary>
    public bool HasSparseInitializers { get; set; }

    /// <summary>Writes what <see cref="Read"/> reads.</summary>
    public ProtoWriter Write()
    {
        var writer = new ProtoWriter();
        foreach (NodeProto node in Nodes)
            writer.Message(1, node.Write());
        writer.Text(2, Name);
        foreach (TensorProto initializer in Initializers)
            writer.Message(5, initializer.Write());
        foreach (ValueInfoProto input in Inputs)
            writer.Message(11, input.Write());
        foreach (ValueInfoProto output in Outputs)
            writer.Message(12, output.Write());
        return writer;
    }

    public static GraphProto Read(ProtoReader reader)
    {
        var graph = new GraphProto();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    graph.Nodes.Add(NodeProto.Read(reader.Message("node", nameof(NodeProto))));
                    break;
                case 2:
                    graph.Name = reader.Text("name");
                    break;
                case 5:
                    graph.Initializers.Add(TensorProto.Read(reader.Message("initializer", nameof(TensorProto))));
                    break;
                case 11:
                    graph.Inputs.Add(ValueInfoProto.Read(reader.Message("input", nameof(ValueInfoProto))));
                    break;
                case 12:
                    graph.Outputs.Add(ValueInfoProto.Read(reader.Message("output", nameof(ValueInfoProto))));
                    break;
                case 15:
                    graph.HasSparseInitializers = true;
                    reader.Skip();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return graph;
    }
}
