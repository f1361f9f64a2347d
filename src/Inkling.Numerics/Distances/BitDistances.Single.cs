using System.Numerics;
using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// Differing bits of one word string and many rows (Hamming 1950). 64 bits at a time with the processor's population count, which keeps up with the
/// caches: rows of 1,024 bits are two cache lines.
/// </summary>
internal static unsafe class BitDistances
{
    /// <summary><c>result[i] = offset + factor ·</c> the bits in which <paramref name="bits"/> and row <c>places[i]</c> differ.</summary>
    public static void Hamming(ReadOnlySpan<ulong> bits, Rows rows, ReadOnlySpan<int> places, Affine map, Span<float> result)
    {
        Check.AtLeast(result.Length, places.Length, "Hamming", "the result");
        fixed (int* list = places)
            Run(bits, rows, new ListedPlaces(list), map, result[..places.Length]);
    }

    /// <summary>The same of rows <paramref name="first"/> and following, as many as there are results.</summary>
    public static void Hamming(ReadOnlySpan<ulong> bits, Rows rows, int first, Affine map, Span<float> result) =>
        Run(bits, rows, new FollowingPlaces(first), map, result);

    [MethodImpl(Jit.Kernel)]
    private static void Run<TPlaces>(ReadOnlySpan<ulong> bits, Rows rows, TPlaces places, Affine map, Span<float> result)
        where TPlaces : struct, IPlaces
    {
        for (int i = 0; i < result.Length; i++)
        {
            var row = (ulong*)(rows.First + (places.At(i) * rows.Stride));
            int differing = 0;
            for (int j = 0; j < bits.Length; j++)
                differing += BitOperations.PopCount(bits[j] ^ row[j]);
            result[i] = map.Offset + (map.Factor * differing);
        }
    }
}
