namespace Inkling.Nn.Checkpoints;

/// <summary>How element types are named in files, how many bits they take, and which .NET type holds them.</summary>
public static class SafetensorsTypes
{
    private static readonly (SafetensorsType Type, string Name, int Bits, Type? Holds)[] s_all =
    [
        (SafetensorsType.F64, "F64", 64, typeof(double)),
        (SafetensorsType.F32, "F32", 32, typeof(float)),
        (SafetensorsType.F16, "F16", 16, typeof(Half)),
        (SafetensorsType.BF16, "BF16", 16, typeof(ushort)),
        (SafetensorsType.I64, "I64", 64, typeof(long)),
        (SafetensorsType.I32, "I32", 32, typeof(int)),
        (SafetensorsType.I16, "I16", 16, typeof(short)),
        (SafetensorsType.I8, "I8", 8, typeof(sbyte)),
        (SafetensorsType.U8, "U8", 8, typeof(byte)),
        (SafetensorsType.Bool, "BOOL", 8, typeof(bool)),
        (SafetensorsType.U64, "U64", 64, typeof(ulong)),
        (SafetensorsType.U32, "U32", 32, typeof(uint)),
        (SafetensorsType.U16, "U16", 16, typeof(ushort)),
        (SafetensorsType.F8E4M3, "F8_E4M3", 8, typeof(byte)),
        (SafetensorsType.F8E5M2, "F8_E5M2", 8, typeof(byte)),
        (SafetensorsType.F8E4M3Fnuz, "F8_E4M3FNUZ", 8, typeof(byte)),
        (SafetensorsType.F8E5M2Fnuz, "F8_E5M2FNUZ", 8, typeof(byte)),
        (SafetensorsType.F8E8M0, "F8_E8M0", 8, typeof(byte)),
        (SafetensorsType.F6E2M3, "F6_E2M3", 6, null),
        (SafetensorsType.F6E3M2, "F6_E3M2", 6, null),
        (SafetensorsType.F4, "F4", 4, null),
        (SafetensorsType.C64, "C64", 64, null),
    ];

    /// <summary>The name of a type in files, such as <c>F8_E4M3</c>.</summary>
    public static string Spell(SafetensorsType type) => Of(type).Name;

    /// <summary>The bits that an element takes: 4 to 64.</summary>
    public static int BitsOf(SafetensorsType type) => Of(type).Bits;

    /// <summary>The .NET type that holds an element bit for bit; null for elements of fewer than 8 bits and complex ones, which are read as bytes.</summary>
    internal static Type? HolderOf(SafetensorsType type) => Of(type).Holds;

    /// <summary>The type that tensors of a .NET type are written as; null where there is none.</summary>
    internal static SafetensorsType? Of(Type holder)
    {
        foreach ((SafetensorsType type, _, _, Type? holds) in s_all)
        {
            // Of 16 and 8 bits there are several; the plain numbers are meant.
            if (holds == holder && type is not (SafetensorsType.BF16 or SafetensorsType.F8E4M3)) return type;
        }

        return null;
    }

    /// <summary>The type of a name in files.</summary>
    internal static SafetensorsType? Parse(string name)
    {
        foreach ((SafetensorsType type, string known, _, _) in s_all)
        {
            if (known == name) return type;
        }

        return null;
    }

    private static (SafetensorsType Type, string Name, int Bits, Type? Holds) Of(SafetensorsType type)
    {
        foreach ((SafetensorsType Type, string, int, Type?) one in s_all)
        {
            if (one.Type == type) return one;
        }

        throw new ArgumentOutOfRangeException(nameof(type), type, "safetensors: there is no such element type.");
    }
}
