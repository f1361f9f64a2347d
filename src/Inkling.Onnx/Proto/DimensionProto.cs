using Inkling.Nn.Checkpoints;

namespace Inkling.Onnx.Proto;

/// <summary>One size of a declared shape (onnx.proto, TensorShapeProto.Dimension): a number, a name, or unknown.</summary>
/// <param name="Size">The size; null when it is not fixed.</param>
/// <param name="Name">What a size that is not fixed is called; empty when it has no name.</param>
internal readonly record struct DimensionProto(long? Size, string Name)
{
    /// <summary>Writes what <see cref="Read"/> reads; a size without number and name is an empty message.</summary>
    public ProtoWriter Write()
    {
        var writer = new ProtoWriter();
        if (Size is { } size)
            writer.Integer(1, size);
        else if (Name.Length > 0)
            writer.Text(2, Name);
        return writer;
    }

    public static DimensionProto Read(ProtoReader reader)
    {
        long? size = null;
        string name = "";
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    size = reader.Int64("dim_value");
                    break;
                case 2:
                    name = reader.Text("dim_param");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new DimensionProto(size, name);
    }
}
