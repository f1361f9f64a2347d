namespace Inkling.Numerics.Tests;

/// <summary>Own Exp, Log and Tanh against double over every 977th bit pattern of float32, and the special values.</summary>
public sealed class LaneMathTests
{
    private const uint Stride = 977;

    [Fact]
    public void Exp_is_within_two_units() => Sweep(Function.Exp, Math.Exp, 2);

    [Fact]
    public void Log_is_within_two_units() => Sweep(Function.Log, Math.Log, 2);

    [Fact]
    public void Tanh_is_within_four_units() => Sweep(Function.Tanh, Math.Tanh, 4);

    private enum Function
    {
        Exp,
        Log,
        Tanh,
    }

    private static void Sweep(Function function, Func<double, double> reference, double units)
    {
        var x = new float[4096];
        var y = new float[x.Length];
        float[] special =
        [
            0f, -0f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue,
            1f, -1f, 88.72283f, 88.722839f, 88.8f, -87.3f, -87.4f, -103.9f, -103.97f, -104f, -105f, 1.17549435e-38f, 1.1e-38f, 20f, 9f, 10f,
        ];
        special.CopyTo(x, 0);
        Run(function, x.AsSpan(0, special.Length), y);
        Verify(function, x.AsSpan(0, special.Length), y, reference, units);
        ulong bits = 0;
        while (bits <= uint.MaxValue)
        {
            int filled = 0;
            for (; filled < x.Length && bits <= uint.MaxValue; bits += Stride)
                x[filled++] = BitConverter.UInt32BitsToSingle((uint)bits);
            Run(function, x.AsSpan(0, filled), y);
            Verify(function, x.AsSpan(0, filled), y, reference, units);
        }
    }

    private static void Run(Function function, ReadOnlySpan<float> x, Span<float> y)
    {
        switch (function)
        {
            case Function.Exp: Map.Apply<ExpOp>(x, y[..x.Length], Team.Single); break;
            case Function.Log: Map.Apply<LogOp>(x, y[..x.Length], Team.Single); break;
            default: Map.Apply<TanhOp>(x, y[..x.Length], Team.Single); break;
        }
    }

    private static void Verify(Function function, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Func<double, double> reference, double units)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double exact = reference(x[i]);
            float nearest = (float)exact;
            if (float.IsNaN(nearest) || float.IsInfinity(nearest) || nearest == 0)
            {
                // tanh(−0) is −0; what sign a NaN has is not promised.
                bool sameSign = function != Function.Tanh || float.IsNaN(nearest) || float.IsNegative(nearest) == float.IsNegative(y[i]);
                if (!nearest.Equals(y[i]) || !sameSign)
                    Assert.Fail($"{function}({x[i]:R}) = {y[i]:R}, expected {nearest:R}");
                continue;
            }

            double unit = Math.Abs((double)float.BitIncrement(Math.Abs(nearest)) - Math.Abs(nearest));
            if (double.IsInfinity(unit))
                unit = 2e31;
            double error = Math.Abs(y[i] - exact) / unit;
            if (!(error <= units))
                Assert.Fail($"{function}({x[i]:R}) = {y[i]:R}, expected {nearest:R}: {error} units");
        }
    }
}
