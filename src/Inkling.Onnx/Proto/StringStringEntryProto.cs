namespace Inkling.Onnx.Proto;

/// <summary>A pair of texts (onnx.proto, StringStringEntryProto).</summary>
internal static class StringStringEntryProto
{
    public static (string Key, string Value) Read(ProtoReader reader)
    {
        string key = "", value = "";
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    key = reader.Text("key");
                    break;
                case 2:
                    value = reader.Text("value");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (key, value);
    }
}
