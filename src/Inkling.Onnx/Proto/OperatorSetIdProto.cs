namespace Inkling.Onnx.Proto;

/// <summary>A domain of operators and its version (onnx.proto, OperatorSetIdProto).</summary>
internal static class OperatorSetIdProto
{
    /// <summary>The standard domain's other name.</summary>
    public const string StandardDomain = "ai.onnx";

    /// <summary>Reads one into a table. The standard domain is entered as the empty string.</summary>
    public static void Read(ProtoReader reader, Dictionary<string, int> into)
    {
        string domain = "";
        int version = 0;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    domain = Normal(reader.Text("domain"));
                    break;
                case 2:
                    version = reader.Int32("version");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        into[domain] = version;
    }

    /// <summary>The domain, with the empty string for both names of the standard one.</summary>
    public static string Normal(string domain) => domain == StandardDomain ? "" : domain;
}
