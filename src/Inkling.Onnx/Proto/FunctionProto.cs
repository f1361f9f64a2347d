namespace Inkling.Onnx.Proto;

/// <summary>An operator that the model brings along, made of others (onnx.proto, FunctionProto).</summary>
internal sealed class FunctionProto
{
    public string Name { get; set; } = "";

    public string Domain { get; set; } = "";

    public string Overload { get; set; } = "";

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    /// <summary>Attributes that have a value when the calling node gives none.</summary>
    public List<AttributeProto> DefaultAttributes { get; } = [];

    public List<NodeProto> Nodes { get; } = [];

    public Dictionary<string, int> OpsetImports { get; } = new(StringComparer.Ordinal);

    public static FunctionProto Read(ProtoReader reader)
    {
        var function = new FunctionProto();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    function.Name = reader.Text("name");
                    break;
                case 4:
                    function.Inputs.Add(reader.Text("input"));
                    break;
                case 5:
                    function.Outputs.Add(reader.Text("output"));
                    break;
                case 7:
                    function.Nodes.Add(NodeProto.Read(reader.Message("node", nameof(NodeProto))));
                    break;
                case 9:
                    OperatorSetIdProto.Read(reader.Message("opset_import", nameof(OperatorSetIdProto)), function.OpsetImports);
                    break;
                case 10:
                    function.Domain = OperatorSetIdProto.Normal(reader.Text("domain"));
                    break;
                case 11:
                    function.DefaultAttributes.Add(AttributeProto.Read(reader.Message("attribute_proto", nameof(AttributeProto))));
                    break;
                case 13:
                    function.Overload = reader.Text("overload");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return function;
    }
}
