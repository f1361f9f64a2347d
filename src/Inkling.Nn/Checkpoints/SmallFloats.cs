namespace Inkling.Nn.Checkpoints;

/// <summary>Floating-point numbers of 16 bits and fewer, from and to 32 bits.</summary>
internal static class SmallFloats
{
    /// <summary>The number that a byte stands for.</summary>
    public static float FromByte(SafetensorsType type, byte bits) => type switch
    {
        SafetensorsType.F8E4M3 => (bits & 0x7F) == 0x7F ? float.NaN : Widen(bits, fraction: 3, bias: 7),
        SafetensorsType.F8E5M2 => (float)BitConverter.UInt16BitsToHalf((ushort)(bits << 8)),
        SafetensorsType.F8E4M3Fnuz => bits == 0x80 ? float.NaN : Widen(bits, fraction: 3, bias: 8),
        SafetensorsType.F8E5M2Fnuz => bits == 0x80 ? float.NaN : Widen(bits, fraction: 2, bias: 16),
        SafetensorsType.F8E8M0 => bits == 0xFF ? float.NaN : (float)Math.ScaleB(1.0, bits - 127),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "safetensors: this type has no numbers of 8 bits."),
    };

    /// <summary>The number whose upper 16 bits are given.</summary>
    public static float FromBFloat16(ushort bits) => BitConverter.Int32BitsToSingle(bits << 16);

    /// <summary>The upper 16 bits of the nearest such number, of two the even one; NaN stays NaN.</summary>
    public static ushort ToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value)) return (ushort)((bits >> 16) | 0x40);
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>Sign, exponent and fraction; an exponent of 0 is below the normal numbers.</summary>
    private static float Widen(byte bits, int fraction, int bias)
    {
        int exponent = (bits & 0x7F) >> fraction, mantissa = bits & ((1 << fraction) - 1);
        double value = exponent == 0 ? Math.ScaleB(mantissa, 1 - bias - fraction) : Math.ScaleB(mantissa + (1 << fraction), exponent - bias - fraction);
        return (float)(bits >= 0x80 ? -value : value);
    }
}
