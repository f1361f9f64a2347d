using System.Numerics;
using System.Runtime.InteropServices;
using Inkling.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary><c>Σ x</c>; 0 of nothing.</summary>
internal readonly struct ReduceSum : IReduction
{
    public static T Of<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        if (typeof(T) == typeof(float))
            return T.CreateTruncating(Reduce.Sum(MemoryMarshal.Cast<T, float>(row)));
        T sum = T.Zero;
        foreach (T x in row)
            sum += x;
        return sum;
    }
}

/// <summary><c>Σ x / n</c>; NaN of nothing, 0 where whole numbers are wanted.</summary>
internal readonly struct ReduceMean : IReduction
{
    public static T Of<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
            return ReduceSum.Of(row) / T.CreateTruncating(row.Length);
        Int128 sum = 0;
        foreach (T x in row)
            sum += Int128.CreateTruncating(x);
        return row.Length == 0 ? T.Zero : T.CreateTruncating(sum / row.Length);
    }
}

/// <summary>The largest; −∞ or the smallest number there is of nothing; NaN where one is NaN.</summary>
internal readonly struct ReduceMax : IReduction
{
    public static T Of<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        T largest = T.CreateSaturating(double.NegativeInfinity);
        foreach (T x in row)
            largest = T.Max(largest, x);
        return largest;
    }
}

/// <summary>The smallest; ∞ or the largest number there is of nothing; NaN where one is NaN.</summary>
internal readonly struct ReduceMin : IReduction
{
    public static T Of<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        T smallest = T.CreateSaturating(double.PositiveInfinity);
        foreach (T x in row)
            smallest = T.Min(smallest, x);
        return smallest;
    }
}

/// <summary><c>Π x</c>; 1 of nothing.</summary>
internal readonly struct ReduceProd : IReduction
{
    public static T Of<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        T product = T.One;
        foreach (T x in row)
            product *= x;
        return product;
    }
}

/// <summary><c>Σ |x|</c>.</summary>
internal readonly struct ReduceL1 : IReduction
{
    public static T Of<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        T sum = T.Zero;
        foreach (T x in row)
            sum += T.IsNegative(x) ? -x : x;
        return sum;
    }
}

/// <summary><c>Σ x²</c>.</summary>
internal readonly struct ReduceSumSquare : IReduction
{
    public static T Of<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        if (typeof(T) == typeof(float))
            return T.CreateTruncating(Reduce.SumOfSquares(MemoryMarshal.Cast<T, float>(row)));
        T sum = T.Zero;
        foreach (T x in row)
            sum += x * x;
        return sum;
    }
}

/// <summary><c>√Σ x²</c>, summed in 64 bits.</summary>
internal readonly struct ReduceL2 : IReduction
{
    public static T Of<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        double sum = 0;
        foreach (T x in row)
            sum += double.CreateTruncating(x) * double.CreateTruncating(x);
        return T.CreateTruncating(double.Sqrt(sum));
    }
}

/// <summary><c>ln Σ x</c>, summed in 64 bits; −∞ of nothing.</summary>
internal readonly struct ReduceLogSum : IReduction
{
    public static T Of<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        double sum = 0;
        foreach (T x in row)
            sum += double.CreateTruncating(x);
        return T.CreateSaturating(double.Log(sum));
    }
}

/// <summary><c>ln Σ eˣ</c>, taken from the largest element on so that nothing overflows; −∞ of nothing.</summary>
internal readonly struct ReduceLogSumExp : IReduction
{
    public static T Of<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        double largest = row.Length == 0 ? double.NegativeInfinity : double.CreateTruncating(ReduceMax.Of(row));
        if (!double.IsFinite(largest))
            return T.CreateSaturating(largest);
        double sum = 0;
        foreach (T x in row)
            sum += double.Exp(double.CreateTruncating(x) - largest);
        return T.CreateSaturating(largest + double.Log(sum));
    }
}
