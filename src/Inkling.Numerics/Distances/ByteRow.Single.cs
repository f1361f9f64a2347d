using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// A vector in 8 bits with a step of its own, <c>x[j] ≈ Step · value[j]</c> with values in [−127, 127]: what stands before the bytes of a row.
/// </summary>
/// <param name="Step">The value of 1.</param>
/// <param name="Squares"><c>Σ (Step · value)²</c>, so that a distance takes one product.</param>
internal readonly record struct ByteRow(float Step, float Squares)
{
    /// <summary>The largest magnitude of a value.</summary>
    public const int Limit = 127;

    /// <summary>Bytes before the values.</summary>
    public const int Header = 2 * sizeof(float);

    /// <summary>Bytes of a row.</summary>
    public static int Bytes(int length) => Header + length;

    /// <summary>Quantises a finite vector to steps of <c>max|x| / 127</c>, ties to even.</summary>
    public static void Quantize(ReadOnlySpan<float> x, Span<byte> row)
    {
        Check.Same(row.Length, Bytes(x.Length), "Quantize", "the row");
        float largest = Reduce.MaxMagnitude(x), inverse = Limit / largest;
        float step = float.IsFinite(inverse) ? largest / Limit : 0;
        long squares = 0;
        for (int j = 0; j < x.Length; j++)
        {
            int value = step == 0 ? 0 : (int)MathF.Round(x[j] * inverse);
            row[Header + j] = (byte)value;
            squares += value * value;
        }

        Unsafe.WriteUnaligned(ref row[0], new ByteRow(step, squares * step * step));
    }

    /// <summary>What a row stands for.</summary>
    public static void Restore(ReadOnlySpan<byte> row, Span<float> x)
    {
        Check.Same(row.Length, Bytes(x.Length), "Restore", "the row");
        float step = Unsafe.ReadUnaligned<ByteRow>(in row[0]).Step;
        for (int j = 0; j < x.Length; j++)
            x[j] = step * (sbyte)row[Header + j];
    }
}
