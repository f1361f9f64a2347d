using Inkling.Nn.Checkpoints;

namespace Inkling.Onnx.Proto;

/// <summary>What an ONNX file holds (onnx.proto, ModelProto).</summary>
internal sealed class ModelProto
{
    public long IrVersion { get; set; }

    public string ProducerName { get; set; } = "";

    public string ProducerVersion { get; set; } = "";

    public GraphProto? Graph { get; set; }

    /// <summary>Domain → version; the standard domain is the empty string.</summary>
    public Dictionary<string, int> OpsetImports { get; } = new(StringComparer.Ordinal);

    public List<FunctionProto> Functions { get; } = [];

    /// <summary>Writes what <see cref="Read"/> reads, but for functions.</summary>
    public ProtoWriter Write()
    {
        ProtoWriter writer = new ProtoWriter().Integer(1, IrVersion).Text(2, ProducerName).Text(3, ProducerVersion);
        if (Graph is not null)
            writer.Message(7, Graph.Write());
        foreach ((string domain, int version) in OpsetImports)
            writer.Message(8, new ProtoWriter().Text(1, domain).Integer(2, version));
        return writer;
    }

    public static ModelProto Read(ProtoReader reader)
    {
        var model = new ModelProto();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    model.IrVersion = reader.Int64("ir_version");
                    break;
                case 2:
                    model.ProducerName = reader.Text("producer_name");
                    break;
                case 3:
                    model.ProducerVersion = reader.Text("producer_version");
                    break;
                case 7:
                    model.Graph = GraphProto.Read(reader.Message("graph", nameof(GraphProto)));
                    break;
                case 8:
                    OperatorSetIdProto.Read(reader.Message("opset_import", nameof(OperatorSetIdProto)), model.OpsetImports);
                    break;
                case 25:
                    model.Functions.Add(FunctionProto.Read(reader.Message("functions", nameof(FunctionProto))));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return model;
    }
}
