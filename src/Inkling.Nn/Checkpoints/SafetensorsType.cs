namespace Inkling.Nn.Checkpoints;

/// <summary>The element type of a tensor in a safetensors file; <see cref="SafetensorsTypes.Spell"/> says how the file names it.</summary>
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

    /// <summary>64-bit unsigned integer.</summary>
    U64,

    /// <summary>32-bit unsigned integer.</summary>
    U32,

    /// <summary>16-bit unsigned integer.</summary>
    U16,

    /// <summary>8-bit floating point of 4 bits exponent and 3 bits fraction, up to 448, no infinity; <c>F8_E4M3</c> in files (Micikevicius et al. 2022, Table 1).</summary>
    F8E4M3,

    /// <summary>8-bit floating point of 5 bits exponent and 2 bits fraction, the upper half of an <see cref="F16"/>; <c>F8_E5M2</c> in files (Micikevicius et al. 2022, Table 1).</summary>
    F8E5M2,

    /// <summary>The same as <see cref="F8E4M3"/> with bias 8, one zero and one NaN, <c>0x80</c>; <c>F8_E4M3FNUZ</c> in files (Noune et al. 2022).</summary>
    F8E4M3Fnuz,

    /// <summary>The same as <see cref="F8E5M2"/> with bias 16, one zero, one NaN, <c>0x80</c>, and no infinity; <c>F8_E5M2FNUZ</c> in files (Noune et al. 2022).</summary>
    F8E5M2Fnuz,

    /// <summary>A power of two, 2^(e − 127), 255 for NaN: a scale of a block; <c>F8_E8M0</c> in files (OCP Microscaling Formats 1.0, §5.4.1).</summary>
    F8E8M0,

    /// <summary>6-bit floating point of 2 bits exponent and 3 bits fraction, <c>F6_E2M3</c> in files. How six bits lie in bytes is left to who wrote them: read as bytes.</summary>
    F6E2M3,

    /// <summary>6-bit floating point of 3 bits exponent and 2 bits fraction, <c>F6_E3M2</c> in files. Read as bytes.</summary>
    F6E3M2,

    /// <summary>4-bit floating point, two to a byte. Read as bytes.</summary>
    F4,

    /// <summary>A complex number of two <see cref="F32"/>, the real part first.</summary>
    C64,
}
