using System.Numerics;
using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>What normalisations end in: <c>y = (x − mean) · inverse · scale + shift</c>, with one factor and one addend for a whole row.</summary>
internal static class ChannelScaling
{
    /// <summary>Writes a row.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y, double mean, double inverse, T scale, T shift)
        where T : unmanaged, INumber<T>
    {
        double factor = inverse * double.CreateTruncating(scale);
        T a = T.CreateTruncating(factor), b = T.CreateTruncating(double.CreateTruncating(shift) - (mean * factor));
        for (int i = 0; i < y.Length; i++)
            y[i] = (x[i] * a) + b;
    }
}
