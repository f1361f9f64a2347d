using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Inkling.Onnx.Proto;

/// <summary>
/// Reads the fields of one protobuf message. Every length is checked against the bytes that are left before anything is taken or
/// allocated, so that truncated or hostile bytes end in an <see cref="OnnxException"/> that names the file, the field and the byte.
/// </summary>
internal struct ProtoReader
{
    /// <summary>Messages within messages; graphs within attributes of nodes of graphs need three a level.</summary>
    private const int DeepestNesting = 100;

    private readonly ProtoSource _source;
    private readonly string _message;
    private readonly int _end;
    private readonly int _depth;
    private int _position;
    private int _fieldStart;

    /// <summary>Reads the message that a whole file holds.</summary>
    /// <param name="source">The file.</param>
    /// <param name="message">The name of the message type, for errors.</param>
    public ProtoReader(ProtoSource source, string message)
        : this(source, message, 0, source.Bytes.Length, 0)
    {
    }

    private ProtoReader(ProtoSource source, string message, int start, int end, int depth)
    {
        _source = source;
        _message = message;
        _position = _fieldStart = start;
        _end = end;
        _depth = depth;
    }

    /// <summary>The number of the field that is next to be read or skipped.</summary>
    public int Field { get; private set; }

    /// <summary>How it is laid out.</summary>
    public WireType Wire { get; private set; }

    /// <summary>The file that is read.</summary>
    public readonly ProtoSource Source => _source;

    /// <summary>Where the current field begins.</summary>
    public readonly int Offset => _fieldStart;

    /// <summary>Moves on to the next field; false at the end of the message.</summary>
    public bool Next()
    {
        if (_position >= _end)
            return false;
        _fieldStart = _position;
        ulong key = Varint("a field key");
        if (key >> 3 is 0 or > 0x1FFF_FFFF)
            Fail("a field key", $"has the field number {key >> 3}, which cannot be");
        Field = (int)(key >> 3);
        Wire = (WireType)(key & 7);
        if (Wire is not (WireType.Varint or WireType.Fixed64 or WireType.Bytes or WireType.Fixed32))
            Fail($"field {Field}", $"has the unknown wire type {key & 7}");
        return true;
    }

    /// <summary>Passes over a field that is of no interest.</summary>
    public void Skip()
    {
        string field = $"field {Field}";
        switch (Wire)
        {
            case WireType.Varint:
                Varint(field);
                break;
            case WireType.Fixed64:
                Take(8, field);
                break;
            case WireType.Fixed32:
                Take(4, field);
                break;
            default:
                Take(Length(field), field);
                break;
        }
    }

    /// <summary>A whole number, also negative.</summary>
    public long Int64(string field)
    {
        Expect(WireType.Varint, field);
        return (long)Varint(field);
    }

    /// <summary>A whole number of 32 bits; what does not fit is refused.</summary>
    public int Int32(string field)
    {
        long value = Int64(field);
        if (value is < int.MinValue or > int.MaxValue)
            Fail(field, $"is {value}, which does not fit into 32 bits");
        return (int)value;
    }

    /// <summary>A floating-point number of 32 bits.</summary>
    public float Single(string field)
    {
        Expect(WireType.Fixed32, field);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(4, field));
    }

    /// <summary>Text in UTF-8.</summary>
    public string Text(string field) => Encoding.UTF8.GetString(Bytes(field).Span);

    /// <summary>Bytes, as a view of the file.</summary>
    public ReadOnlyMemory<byte> Bytes(string field)
    {
        Expect(WireType.Bytes, field);
        int length = Length(field);
        int start = _position;
        Take(length, field);
        return _source.Bytes.AsMemory(start, length);
    }

    /// <summary>A message within this one.</summary>
    /// <param name="field">The field that holds it.</param>
    /// <param name="message">The name of its type, for errors.</param>
    public ProtoReader Message(string field, string message)
    {
        Expect(WireType.Bytes, field);
        if (_depth == DeepestNesting)
            Fail(field, $"is nested deeper than {DeepestNesting} messages");
        int length = Length(field);
        int start = _position;
        Take(length, field);
        return new ProtoReader(_source, message, start, start + length, _depth + 1);
    }

    /// <summary>One or, packed, several whole numbers of a repeated field.</summary>
    public void Int64s(string field, List<long> into)
    {
        if (Wire == WireType.Varint)
        {
            into.Add((long)Varint(field));
            return;
        }

        ProtoReader packed = Message(field, _message);
        while (packed._position < packed._end)
            into.Add((long)packed.Varint(field));
    }

    /// <summary>One or, packed, several 32-bit floating-point numbers of a repeated field.</summary>
    public void Singles(string field, List<float> into)
    {
        if (Wire == WireType.Fixed32)
            into.Add(Single(field));
        else
            AddPacked(field, into);
    }

    /// <summary>One or, packed, several 64-bit floating-point numbers of a repeated field.</summary>
    public void Doubles(string field, List<double> into)
    {
        if (Wire == WireType.Fixed64)
            into.Add(BinaryPrimitives.ReadDoubleLittleEndian(Take(8, field)));
        else
            AddPacked(field, into);
    }

    private void AddPacked<T>(string field, List<T> into)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = Bytes(field).Span;
        int size = Unsafe.SizeOf<T>();
        if (bytes.Length % size != 0)
            Fail(field, $"holds {bytes.Length} bytes, which are no whole number of {size}-byte values");
        into.AddRange(MemoryMarshal.Cast<byte, T>(bytes));
    }

    private ulong Varint(string field)
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (_position >= _end)
                Fail(field, "is cut off");
            byte next = _source.Bytes[_position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        Fail(field, "is a number of more than ten bytes");
        return 0;
    }

    private int Length(string field)
    {
        ulong length = Varint(field);
        if (length > (ulong)(_end - _position))
            Fail(field, $"announces {length} bytes where {_end - _position} are left");
        return (int)length;
    }

    private ReadOnlySpan<byte> Take(int length, string field)
    {
        if (length > _end - _position)
            Fail(field, $"needs {length} bytes where {_end - _position} are left");
        _position += length;
        return _source.Bytes.AsSpan(_position - length, length);
    }

    private readonly void Expect(WireType wanted, string field)
    {
        if (Wire != wanted)
            Fail(field, $"is laid out as {Wire} where {wanted} belongs");
    }

    private readonly void Fail(string field, string what) => _source.Fail(_fieldStart, $"{_message}.{field}", what);
}
