using System.Runtime.Intrinsics;

namespace Inkling.Numerics;

/// <summary>
/// A vector that <see cref="QuantizedMatrix"/> multiplies with, in 8 bits with one step: <c>x[j] ≈ step · value[j]</c>, values in
/// [−127, 127]. The product instruction of the processor takes one factor without a sign, so the magnitudes are stored, and beside them a
/// mask, −1 where the value is negative. As <c>w xor −1 = −w − 1</c>, the kernel's sum of <c>(w xor mask) · magnitude</c> lacks the sum of
/// the negative magnitudes, which is the same for every row: <see cref="Header.Negative"/>.
/// </summary>
/// <remarks>
/// In memory: the header, a register of 16-bit ones, then in turn a register of magnitudes and a register of their masks. Zeros fill up the
/// last registers, so that kernels need no code for tails.
/// </remarks>
internal static unsafe class QuantizedVector
{
    /// <summary>Bytes of the widest register: what is before the magnitudes, and the number of elements, are multiples of it.</summary>
    public const int Widest = 64;

    /// <summary>Where the ones are.</summary>
    public const int Ones = Widest;

    /// <summary>Where magnitudes and masks begin.</summary>
    public const int Start = 2 * Widest;

    /// <summary>Bytes of one vector in memory.</summary>
    public static int Bytes(int columns) => Start + (2 * Padded(columns));

    /// <summary>
    /// Quantises x to steps of <c>max|x| / limit</c>, ties to even. The step is 0, and all elements with it, where x is too small for its
    /// inverse to be finite; it is NaN if an element is ∞ or NaN.
    /// </summary>
    /// <param name="x">The vector.</param>
    /// <param name="limit">The largest magnitude, 1 to 127.</param>
    /// <param name="lane">Bytes of a register, a power of two.</param>
    /// <param name="into">As many as <see cref="Bytes"/> says.</param>
    public static void Quantize(ReadOnlySpan<float> x, int limit, int lane, byte* into)
    {
        byte* pairs = into + Start;
        float largest = Reduce.MaxMagnitude(x), inverse = limit / largest;
        ref Header header = ref *(Header*)into;
        header = default;
        new Span<short>(into + Ones, Widest / sizeof(short)).Fill(1);
        if (!float.IsFinite(inverse) || !float.IsFinite(largest))
        {
            header.Step = float.IsFinite(largest) ? 0 : float.NaN;
            new Span<byte>(pairs, 2 * Padded(x.Length)).Clear();
            return;
        }

        header.Step = largest / limit;
        int j = 0;
        fixed (float* px = x)
        {
            if (lane >= Vector128<byte>.Count)
            {
                Vector128<int> negative = default;
                for (; j <= x.Length - Vector128<byte>.Count; j += Vector128<byte>.Count)
                    negative += Sixteen(px + j, Vector128.Create(inverse), pairs + Place(j, lane), lane);
                header.Negative = Vector128.Sum(negative);
            }

            for (; j < x.Length; j++)
            {
                int value = (int)MathF.Round(px[j] * inverse);
                Put(pairs + Place(j, lane), lane, value);
                header.Negative += int.Max(-value, 0);
            }
        }

        for (; j < Padded(x.Length); j++)
            Put(pairs + Place(j, lane), lane, 0);
    }

    private static int Padded(int columns) => (columns + Widest - 1) & -Widest;

    /// <summary>Where the magnitude of an element is; its mask is a register behind it.</summary>
    private static int Place(int element, int lane) => element + (element & -lane);

    private static void Put(byte* at, int lane, int value)
    {
        at[0] = (byte)int.Abs(value);
        at[lane] = (byte)(value >> 31);
    }

    private static Vector128<int> Sixteen(float* x, Vector128<float> inverse, byte* at, int lane)
    {
        Vector128<short> low = Vector128.Narrow(Round(x, inverse), Round(x + 4, inverse));
        Vector128<short> high = Vector128.Narrow(Round(x + 8, inverse), Round(x + 12, inverse));
        Vector128<sbyte> value = Vector128.Narrow(low, high);
        Vector128.Abs(value).AsByte().Store(at);
        Vector128.LessThan(value, Vector128<sbyte>.Zero).AsByte().Store(at + lane);
        Vector128<short> negative = Vector128.Max(-low, Vector128<short>.Zero) + Vector128.Max(-high, Vector128<short>.Zero);
        return Vector128.WidenLower(negative) + Vector128.WidenUpper(negative);
    }

    private static Vector128<int> Round(float* x, Vector128<float> inverse) =>
        Vector128.ConvertToInt32(Vector128.Round(Vector128.Load(x) * inverse));

    /// <summary>What stands before the bytes.</summary>
    internal struct Header
    {
        /// <summary>The value of a magnitude of 1.</summary>
        public float Step;

        /// <summary>The sum of the magnitudes of negative elements.</summary>
        public int Negative;
    }
}
