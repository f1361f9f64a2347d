using System.Globalization;
using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>Conversion of elements from one type to another: to whole numbers towards zero, to truth values by "is not 0".</summary>
internal static class Conversion
{
    /// <summary>The same numbers in another type.</summary>
    public static OnnxValue Convert(OnnxValue value, OnnxElementType to)
    {
        if (value.Type == to)
            return value;
        if (value is OnnxValue<string> texts)
            return Convert(Parse(texts), to);
        OnnxValue numbers = Numbers(value);
        return to == OnnxElementType.String
            ? ElementTypes.RunAny(value.Type, new ToText(value))
            : ElementTypes.RunNumber(numbers.Type, new From(numbers, to));
    }

    /// <summary>Floating-point numbers of 16 bits in 32; anything else as it is.</summary>
    public static OnnxValue? Widen(OnnxValue? value) => value is not null && ElementTypes.IsHalf(value.Type) ? Numbers(value) : value;

    /// <summary>The value in a type that is computed with.</summary>
    private static OnnxValue Numbers(OnnxValue value)
    {
        switch (value)
        {
            case OnnxValue<Half> halves:
                return new OnnxValue<float>(value.Sizes, Loops.Map<Half, float, HalfToSingle>(halves.Data, default));
            case OnnxValue<BFloat16> halves:
                return new OnnxValue<float>(value.Sizes, Loops.Map<BFloat16, float, HalfToSingle>(halves.Data, default));
            case OnnxValue<bool> truths:
                return new OnnxValue<byte>(value.Sizes, Loops.Map<bool, byte, TruthToByte>(truths.Data, default));
            default:
                return value;
        }
    }

    private static OnnxValue<double> Parse(OnnxValue<string> texts)
    {
        double[] numbers = new double[texts.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            string text = texts.Data[i].Trim();
            numbers[i] = text.TrimStart('+', '-').ToUpperInvariant() is "INF" or "INFINITY"
                ? text.StartsWith('-') ? double.NegativeInfinity : double.PositiveInfinity
                : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                    ? number
                    : throw new OnnxException($"'{text}' is not a number");
        }

        return new OnnxValue<double>(texts.Sizes, numbers);
    }

    private sealed class From(OnnxValue numbers, OnnxElementType to) : INumberAction<OnnxValue>
    {
        public OnnxValue Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            T[] from = numbers.As<T>().Data;
            return to switch
            {
                OnnxElementType.Bool => new OnnxValue<bool>(numbers.Sizes, Loops.Map<T, bool, IsNotZero<T>>(from, default)),
                OnnxElementType.Float16 => new OnnxValue<Half>(numbers.Sizes, Loops.Map<T, Half, NumberToHalf<T>>(from, default)),
                OnnxElementType.BFloat16 => new OnnxValue<BFloat16>(numbers.Sizes, Loops.Map<T, BFloat16, NumberToHalf<T>>(from, default)),
                _ => ElementTypes.RunNumber(to, new To<T>(numbers.Sizes, from)),
            };
        }
    }

    private sealed class To<TFrom>(int[] shape, TFrom[] from) : INumberAction<OnnxValue>
        where TFrom : unmanaged, INumber<TFrom>
    {
        public OnnxValue Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new OnnxValue<T>(shape, Loops.Map<TFrom, T, Truncate<TFrom, T>>(from, default));
    }

    private sealed class ToText(OnnxValue value) : IElementAction<OnnxValue>
    {
        public OnnxValue Run<T>() => new OnnxValue<string>(
            value.Sizes, Array.ConvertAll(value.As<T>().Data, element => System.Convert.ToString(element, CultureInfo.InvariantCulture) ?? ""));
    }

    private readonly struct HalfToSingle : IMap<Half, float>, IMap<BFloat16, float>
    {
        public float Apply(Half x) => (float)x;

        public float Apply(BFloat16 x) => (float)x;
    }

    private readonly struct NumberToHalf<T> : IMap<T, Half>, IMap<T, BFloat16>
        where T : INumber<T>
    {
        Half IMap<T, Half>.Apply(T x) => Half.CreateTruncating(x);

        BFloat16 IMap<T, BFloat16>.Apply(T x) => (BFloat16)float.CreateTruncating(x);
    }

    private readonly struct TruthToByte : IMap<bool, byte>
    {
        public byte Apply(bool x) => x ? (byte)1 : (byte)0;
    }

    private readonly struct IsNotZero<T> : IMap<T, bool>
        where T : INumber<T>
    {
        public bool Apply(T x) => x != T.Zero;
    }

    private readonly struct Truncate<TFrom, TTo> : IMap<TFrom, TTo>
        where TFrom : INumber<TFrom>
        where TTo : INumber<TTo>
    {
        public TTo Apply(TFrom x) => TTo.CreateTruncating(x);
    }
}
