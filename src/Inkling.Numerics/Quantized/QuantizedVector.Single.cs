using System.Runtime.Intrinsics;

namespace Inkling.Numerics;

/// <summary>Quantises the vectors that <see cref="QuantizedMatrix"/> multiplies with.</summary>
internal static unsafe class QuantizedVector
{
    /// <summary>
    /// Quantises x to steps of <c>max|x| / limit</c>, ties to even, and returns the step. The step is 0, and all elements with it,
    /// where x is too small for its inverse to be finite; it is NaN if an element is ∞ or NaN.
    /// </summary>
    public static float Quantize(ReadOnlySpan<float> x, int limit, short* quantized)
    {
        float largest = Reduce.MaxMagnitude(x);
        float inverse = limit / largest;
        if (!float.IsFinite(inverse) || !float.IsFinite(largest))
        {
            new Span<short>(quantized, x.Length).Clear();
            return float.IsFinite(largest) ? 0 : float.NaN;
        }

        int j = 0;
        fixed (float* px = x)
        {
            if (Vector128.IsHardwareAccelerated)
            {
                Vector128<float> factor = Vector128.Create(inverse);
                for (; j <= x.Length - 8; j += 8)
                {
                    Vector128<int> low = Vector128.ConvertToInt32(Vector128.Round(Vector128.Load(px + j) * factor));
                    Vector128<int> high = Vector128.ConvertToInt32(Vector128.Round(Vector128.Load(px + j + 4) * factor));
                    Vector128.Narrow(low, high).Store(quantized + j);
                }
            }

            for (; j < x.Length; j++)
                quantized[j] = (short)MathF.Round(px[j] * inverse);
        }

        return largest / limit;
    }
}
