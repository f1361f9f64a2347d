namespace Inkling.Nn.Checkpoints;

/// <summary>The element type of a tensor in a safetensors file. Names in the file are these names in capitals.</summary>
public enum SafetensorsType
{
    /// <summary>64-bit IEEE 754 floating point.</summary>
    F64,

    /// <summary>32-bit IEEE 754 floating point.</summary>
    F32,

    /// <summary>16-bit IEEE 754 floating point.</summary>
    F16,

    /// <summary>The upper 16 bits of an <see cref="F32"/>.</summary>
    BF16,

    /// <summary>64-bit signed integer.</summary>
    I64,

    /// <summary>32-bit signed integer.</summary>
    I32,

    /// <summary>16-bit signed integer.</summary>
    I16,

    /// <summary>8-bit signed integer.</summary>
    I8,

    /// <summary>8-bit unsigned integer.</summary>
    U8,

    /// <summary>One byte, 0 or 1.</summary>
    Bool,
}
