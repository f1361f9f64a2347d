using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Inkling.Onnx;

/// <summary>Work on elements of any type.</summary>
internal interface IElementAction<TResult>
{
    /// <summary>Does it for elements of type <typeparamref name="T"/>.</summary>
    TResult Run<T>();
}

/// <summary>Work on numbers of any of the ten types that are computed with.</summary>
internal interface INumberAction<TResult>
{
    /// <summary>Does it for numbers of type <typeparamref name="T"/>.</summary>
    TResult Run<T>()
        where T : unmanaged, INumber<T>, IMinMaxValue<T>;
}

/// <summary>Work on floating-point numbers of 32 or 64 bits.</summary>
internal interface IFloatAction<TResult>
{
    /// <summary>Does it for numbers of type <typeparamref name="T"/>.</summary>
    TResult Run<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>;
}

/// <summary>Work on whole numbers.</summary>
internal interface IIntegerAction<TResult>
{
    /// <summary>Does it for numbers of type <typeparamref name="T"/>.</summary>
    TResult Run<T>()
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>;
}

/// <summary>Which .NET type is behind an element type, and the way from one to the other.</summary>
internal static class ElementTypes
{
    /// <summary>The element type of <typeparamref name="T"/>.</summary>
    /// <exception cref="ArgumentException">ONNX has none, or it is not supported.</exception>
    public static OnnxElementType Of<T>() => ElementType<T>.Value != OnnxElementType.Undefined
        ? ElementType<T>.Value
        : throw new ArgumentException($"OnnxValue: elements of type {typeof(T).Name} are not supported; give float, double, a whole number, bool or string.");

    /// <summary>Whether values of the type can be held.</summary>
    public static bool IsSupported(OnnxElementType type) => type != OnnxElementType.Undefined && Enum.IsDefined(type);

    /// <summary>The type as ONNX spells it: <c>float</c>, <c>int64</c>; the number when it is unknown.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "ONNX spells its types in lower case.")]
    public static string Text(OnnxElementType type) => IsSupported(type) ? type.ToString().ToLowerInvariant() : $"element type {(int)type}";

    /// <summary>Whether it is a floating-point type of 16 bits, which is computed with in 32.</summary>
    public static bool IsHalf(OnnxElementType type) => type is OnnxElementType.Float16 or OnnxElementType.BFloat16;

    /// <summary>Runs an action for any type.</summary>
    public static TResult RunAny<TResult>(OnnxElementType type, IElementAction<TResult> action) => type switch
    {
        OnnxElementType.Float => action.Run<float>(),
        OnnxElementType.Double => action.Run<double>(),
        OnnxElementType.Float16 => action.Run<Half>(),
        OnnxElementType.BFloat16 => action.Run<BFloat16>(),
        OnnxElementType.Int8 => action.Run<sbyte>(),
        OnnxElementType.Int16 => action.Run<short>(),
        OnnxElementType.Int32 => action.Run<int>(),
        OnnxElementType.Int64 => action.Run<long>(),
        OnnxElementType.UInt8 => action.Run<byte>(),
        OnnxElementType.UInt16 => action.Run<ushort>(),
        OnnxElementType.UInt32 => action.Run<uint>(),
        OnnxElementType.UInt64 => action.Run<ulong>(),
        OnnxElementType.Bool => action.Run<bool>(),
        OnnxElementType.String => action.Run<string>(),
        _ => throw new OnnxUnsupportedException($"{Text(type)} is not supported"),
    };

    /// <summary>Runs an action for the types that are computed with.</summary>
    /// <exception cref="OnnxException">The type is none of them.</exception>
    public static TResult RunNumber<TResult>(OnnxElementType type, INumberAction<TResult> action) => type switch
    {
        OnnxElementType.Float => action.Run<float>(),
        OnnxElementType.Double => action.Run<double>(),
        OnnxElementType.Int8 => action.Run<sbyte>(),
        OnnxElementType.Int16 => action.Run<short>(),
        OnnxElementType.Int32 => action.Run<int>(),
        OnnxElementType.Int64 => action.Run<long>(),
        OnnxElementType.UInt8 => action.Run<byte>(),
        OnnxElementType.UInt16 => action.Run<ushort>(),
        OnnxElementType.UInt32 => action.Run<uint>(),
        OnnxElementType.UInt64 => action.Run<ulong>(),
        _ => throw new OnnxException($"numbers are wanted, {Text(type)} was given"),
    };

    /// <summary>Runs an action for floating-point numbers.</summary>
    /// <exception cref="OnnxException">The type is none of them.</exception>
    public static TResult RunFloat<TResult>(OnnxElementType type, IFloatAction<TResult> action) => type switch
    {
        OnnxElementType.Float => action.Run<float>(),
        OnnxElementType.Double => action.Run<double>(),
        _ => throw new OnnxException($"floating-point numbers are wanted, {Text(type)} was given"),
    };

    /// <summary>Runs an action for whole numbers.</summary>
    /// <exception cref="OnnxException">The type is none of them.</exception>
    public static TResult RunInteger<TResult>(OnnxElementType type, IIntegerAction<TResult> action) => type switch
    {
        OnnxElementType.Int8 => action.Run<sbyte>(),
        OnnxElementType.Int16 => action.Run<short>(),
        OnnxElementType.Int32 => action.Run<int>(),
        OnnxElementType.Int64 => action.Run<long>(),
        OnnxElementType.UInt8 => action.Run<byte>(),
        OnnxElementType.UInt16 => action.Run<ushort>(),
        OnnxElementType.UInt32 => action.Run<uint>(),
        OnnxElementType.UInt64 => action.Run<ulong>(),
        _ => throw new OnnxException($"whole numbers are wanted, {Text(type)} was given"),
    };

    private static class ElementType<T>
    {
        public static readonly OnnxElementType Value = Find();

        private static OnnxElementType Find()
        {
            foreach (OnnxElementType type in Enum.GetValues<OnnxElementType>())
            {
                if (IsSupported(type) && RunAny(type, new Is<T>()))
                    return type;
            }

            return OnnxElementType.Undefined;
        }
    }

    private sealed class Is<TWanted> : IElementAction<bool>
    {
        public bool Run<T>() => typeof(T) == typeof(TWanted);
    }
}
