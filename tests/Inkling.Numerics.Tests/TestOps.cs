namespace Inkling.Numerics.Tests;

internal readonly struct ExpOp : IUnaryOp
{
    public static Saves Saves => Saves.Output;

    public static V Forward<V>(V x)
        where V : struct, ILane<V> => V.Exp(x);

    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V> => y;
}

internal readonly struct LogOp : IUnaryOp
{
    public static Saves Saves => Saves.Input;

    public static V Forward<V>(V x)
        where V : struct, ILane<V> => V.Log(x);

    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V> => (V)1f / x;
}

internal readonly struct TanhOp : IUnaryOp
{
    public static Saves Saves => Saves.Output;

    public static V Forward<V>(V x)
        where V : struct, ILane<V> => V.Tanh(x);

    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V> => (V)1f - (y * y);
}

internal readonly struct ProductOp : IBinaryOp
{
    public static V Forward<V>(V a, V b)
        where V : struct, ILane<V> => a * b;

    public static V DerivativeLeft<V>(V a, V b, V y)
        where V : struct, ILane<V> => b;

    public static V DerivativeRight<V>(V a, V b, V y)
        where V : struct, ILane<V> => a;
}

internal readonly struct QuotientOp : IBinaryOp
{
    public static V Forward<V>(V a, V b)
        where V : struct, ILane<V> => a / b;

    public static V DerivativeLeft<V>(V a, V b, V y)
        where V : struct, ILane<V> => (V)1f / b;

    public static V DerivativeRight<V>(V a, V b, V y)
        where V : struct, ILane<V> => -y / b;
}

/// <summary>Every operation of a lane that the elementary functions leave out.</summary>
internal readonly struct ComparisonsOp : IUnaryOp
{
    public static Saves Saves => Saves.None;

    public static V Forward<V>(V x)
        where V : struct, ILane<V>
    {
        V least = V.Select(V.LessThan(x, (V)0.5f), V.Min(x, (V)0.25f), V.Max(-x, (V)(-3f)));
        V most = V.Select(V.LessThanOrEqual((V)2f, x), V.Sqrt(V.Abs(x)), V.MulAdd(x, x, least));
        return V.Select(V.EqualTo(x, (V)1f), most - least, V.CopySign(most, x) / (least + (V)1f));
    }

    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V> => default;
}

internal readonly struct WeightedSquareLoss : IPairLoss
{
    public static bool HasTargetSlope => true;

    public V Loss<V>(V x, V t, V w)
        where V : struct, ILane<V> => w * (x - t) * (x - t);

    public V Slope<V>(V x, V t, V w)
        where V : struct, ILane<V> => (V)2f * w * (x - t);

    public V TargetSlope<V>(V x, V t, V w)
        where V : struct, ILane<V> => (V)2f * w * (t - x);
}
