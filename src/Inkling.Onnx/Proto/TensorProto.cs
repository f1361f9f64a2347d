using Inkling.Nn.Checkpoints;

namespace Inkling.Onnx.Proto;

/// <summary>A tensor as a file holds it (onnx.proto, TensorProto): its values lie in one of several fields, or in a file of their own.</summary>
internal sealed class TensorProto
{
    public string Name { get; set; } = "";

    public List<long> Dims { get; } = [];

    public OnnxElementType Type { get; set; }

    /// <summary>Little-endian values of any type but text; null when they are elsewhere.</summary>
    public ReadOnlyMemory<byte>? RawData { get; set; }

    public List<float> SingleData { get; } = [];

    public List<double> DoubleData { get; } = [];

    /// <summary>Whole numbers of 32 bits and fewer, truth values, and the bits of 16-bit floating-point numbers.</summary>
    public List<long> Int32Data { get; } = [];

    public List<long> Int64Data { get; } = [];

    public List<long> UInt64Data { get; } = [];

    public List<string> TextData { get; } = [];

    /// <summary>Where external values lie: <c>location</c>, <c>offset</c>, <c>length</c>.</summary>
    public Dictionary<string, string> ExternalData { get; } = new(StringComparer.Ordinal);

    public bool IsExternal { get; set; }

    /// <summary>Whether it is one of several pieces, which is no longer done.</summary>
    public bool IsSegment { get; set; }

    /// <summary>Where it begins in the file, for errors.</summary>
    public int Offset { get; private init; }

    /// <summary>Writes what <see cref="Read"/> reads of a tensor whose elements are <see cref="RawData"/>.</summary>
    public ProtoWriter Write() =>
        new ProtoWriter().Integers(1, Dims).Integer(2, (int)Type).Text(8, Name).Bytes(9, RawData.GetValueOrDefault().Span);

    public static TensorProto Read(ProtoReader reader)
    {
        var tensor = new TensorProto { Offset = reader.Offset };
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.Int64s("dims", tensor.Dims);
                    break;
                case 2:
                    tensor.Type = (OnnxElementType)reader.Int32("data_type");
                    break;
                case 3:
                    tensor.IsSegment = true;
                    reader.Skip();
                    break;
                case 8:
                    tensor.Name = reader.Text("name");
                    break;
                case 13:
                    (string key, string value) = StringStringEntryProto.Read(reader.Message("external_data", nameof(StringStringEntryProto)));
                    tensor.ExternalData[key] = value;
                    break;
                case 14:
                    tensor.IsExternal = reader.Int32("data_location") == 1;
                    break;
                default:
                    tensor.ReadValues(ref reader);
                    break;
            }
        }

        return tensor;
    }

    private void ReadValues(ref ProtoReader reader)
    {
        switch (reader.Field)
        {
            case 4:
                reader.Singles("float_data", SingleData);
                break;
            case 5:
                reader.Int64s("int32_data", Int32Data);
                break;
            case 6:
                TextData.Add(reader.Text("string_data"));
                break;
            case 7:
                reader.Int64s("int64_data", Int64Data);
                break;
            case 9:
                RawData = reader.Bytes("raw_data");
                break;
            case 10:
                reader.Doubles("double_data", DoubleData);
                break;
            case 11:
                reader.Int64s("uint64_data", UInt64Data);
                break;
            default:
                reader.Skip();
                break;
        }
    }
}
