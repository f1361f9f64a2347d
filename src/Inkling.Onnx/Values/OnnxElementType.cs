namespace Inkling.Onnx;

/// <summary>Element types of ONNX tensors, with the numbers they have in files (onnx.proto, TensorProto.DataType).</summary>
public enum OnnxElementType
{
    /// <summary>Not said.</summary>
    Undefined = 0,

    /// <summary>32-bit floating point, <see cref="float"/>.</summary>
    Float = 1,

    /// <summary><see cref="byte"/>.</summary>
    UInt8 = 2,

    /// <summary><see cref="sbyte"/>.</summary>
    Int8 = 3,

    /// <summary><see cref="ushort"/>.</summary>
    UInt16 = 4,

    /// <summary><see cref="short"/>.</summary>
    Int16 = 5,

    /// <summary><see cref="int"/>.</summary>
    Int32 = 6,

    /// <summary><see cref="long"/>.</summary>
    Int64 = 7,

    /// <summary>Text, <see cref="string"/>.</summary>
    String = 8,

    /// <summary><see cref="bool"/>.</summary>
    Bool = 9,

    /// <summary>16-bit floating point, <see cref="Half"/>. Computed with in 32 bits.</summary>
    Float16 = 10,

    /// <summary>64-bit floating point, <see cref="double"/>.</summary>
    Double = 11,

    /// <summary><see cref="uint"/>.</summary>
    UInt32 = 12,

    /// <summary><see cref="ulong"/>.</summary>
    UInt64 = 13,

    /// <summary>The upper half of a <see cref="float"/>, <see cref="Onnx.BFloat16"/>. Computed with in 32 bits.</summary>
    BFloat16 = 16,
}
