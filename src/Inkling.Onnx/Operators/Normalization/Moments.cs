using System.Numerics;
using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>Mean and variance of a row, summed in 64 bits: the mean first, then the squares of the distances from it.</summary>
/// <param name="Mean"><c>Σ x / n</c>.</param>
/// <param name="Variance"><c>Σ (x − mean)² / n</c>.</param>
internal readonly record struct Moments(double Mean, double Variance)
{
    /// <summary>Of a row.</summary>
    [MethodImpl(Jit.Kernel)]
    public static Moments Of<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>
    {
        double sum = 0, squares = 0;
        foreach (T x in row)
            sum += double.CreateTruncating(x);
        double mean = sum / row.Length;
        foreach (T x in row)
            squares += (double.CreateTruncating(x) - mean) * (double.CreateTruncating(x) - mean);
        return new Moments(mean, squares / row.Length);
    }

    /// <summary><c>1 / √(variance + ε)</c>.</summary>
    public double InverseDeviation(double epsilon) => 1 / double.Sqrt(Variance + epsilon);
}
