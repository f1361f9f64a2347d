using System.Runtime.InteropServices;

namespace Inkling.Vectors;

/// <summary>Rows as bytes.</summary>
/// <param name="shape">What they have.</param>
internal sealed class RowCodec(RecordShape shape)
{
    /// <summary>Writes a change.</summary>
    public void Write(BinaryWriter writer, RowChange change)
    {
        writer.Write(change.Number);
        writer.Write(change.Row is not null);
        if (change.Row is not { } row)
            return;
        shape.Key.Write(writer, row.Key);
        for (int i = 0; i < shape.Data.Length; i++)
        {
            writer.Write(row.Values[i] is not null);
            if (row.Values[i] is { } value)
                shape.Data[i].Write(writer, value);
        }

        foreach (float[]? vector in row.Vectors)
        {
            writer.Write(vector is not null);
            if (vector is not null)
                writer.Write(MemoryMarshal.AsBytes(vector.AsSpan()));
        }
    }

    /// <summary>Reads a change.</summary>
    public RowChange Read(BinaryReader reader)
    {
        long number = reader.ReadInt64();
        if (!reader.ReadBoolean())
            return new RowChange(number, null);
        object key = shape.Key.Read(reader);
        object?[] values = new object?[shape.Data.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = reader.ReadBoolean() ? shape.Data[i].Read(reader) : null;
        float[]?[] vectors = new float[]?[shape.Vectors.Length];
        for (int v = 0; v < vectors.Length; v++)
        {
            if (!reader.ReadBoolean())
                continue;
            float[] vector = vectors[v] = new float[shape.Vectors[v].Dimensions];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(vector.AsSpan()));
        }

        return new RowChange(number, new Row(number, key, values, vectors));
    }
}
