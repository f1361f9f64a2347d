namespace Inkling.Onnx.Proto;

/// <summary>How a protobuf field is laid out (Protocol Buffers, Encoding).</summary>
internal enum WireType
{
    /// <summary>7 bits a byte, least significant first.</summary>
    Varint = 0,

    /// <summary>8 bytes, little-endian.</summary>
    Fixed64 = 1,

    /// <summary>A length as a varint, then so many bytes: strings, bytes, messages, packed numbers.</summary>
    Bytes = 2,

    /// <summary>4 bytes, little-endian.</summary>
    Fixed32 = 5,
}
