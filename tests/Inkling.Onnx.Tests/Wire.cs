using System.Text;

namespace Inkling.Onnx.Tests;

/// <summary>Writes protobuf messages by hand, so that tests of the reader do not lean on a writer of ours.</summary>
internal sealed class Wire
{
    private readonly MemoryStream _bytes = new();

    public byte[] ToArray() => _bytes.ToArray();

    public Wire Int(int field, long value) => Key(field, 0).Varint((ulong)value);

    public Wire Single(int field, float value)
    {
        Key(field, 5);
        _bytes.Write(BitConverter.GetBytes(value));
        return this;
    }

    public Wire Bytes(int field, ReadOnlySpan<byte> value)
    {
        Key(field, 2).Varint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    public Wire Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public Wire Message(int field, Wire value) => Bytes(field, value.ToArray());

    /// <summary>Several numbers in one field.</summary>
    public Wire Packed(int field, params IEnumerable<long> values)
    {
        var packed = new Wire();
        foreach (long value in values)
            packed.Varint((ulong)value);
        return Bytes(field, packed.ToArray());
    }

    public Wire Varint(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
            _bytes.WriteByte((byte)(value | 0x80));
        _bytes.WriteByte((byte)value);
        return this;
    }

    public Wire Key(int field, int wireType) => Varint(((ulong)field << 3) | (uint)wireType);
}
