namespace Inkling.Training.Data;

/// <summary>What the values of an <see cref="IdxFile"/> are; the numbers are the format's.</summary>
public enum IdxType
{
    /// <summary>No type; never in a file.</summary>
    None = 0,

    /// <summary>8 bits, 0 … 255.</summary>
    UInt8 = 0x08,

    /// <summary>8 bits, −128 … 127.</summary>
    Int8 = 0x09,

    /// <summary>16 bits with sign.</summary>
    Int16 = 0x0B,

    /// <summary>32 bits with sign.</summary>
    Int32 = 0x0C,

    /// <summary>32 bits, floating.</summary>
    Single = 0x0D,

    /// <summary>64 bits, floating.</summary>
    Double = 0x0E,
}
