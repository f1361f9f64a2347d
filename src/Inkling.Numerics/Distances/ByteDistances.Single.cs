using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Inkling.Numerics;

/// <summary>
/// Products and distances of one <see cref="ByteRow"/> with many, in whole numbers: exact, and the same at every width. Four rows at a time share the
/// registers of the first. The last register of a row overlaps the one before it, with zeros in the other factor where it does, so that rows need
/// no padding.
/// </summary>
internal static unsafe class ByteDistances
{
    /// <summary><c>result[i] = offset + factor · Σⱼ a[j] · row(places[i])[j]</c> of what the rows stand for.</summary>
    public static void Dot(ReadOnlySpan<byte> a, Rows rows, ReadOnlySpan<int> places, Affine map, Span<float> result) => Listed(a, rows, places, false, map, result);

    /// <summary>The same of rows <paramref name="first"/> and following, as many as there are results.</summary>
    public static void Dot(ReadOnlySpan<byte> a, Rows rows, int first, Affine map, Span<float> result) => Choose(a, rows, new FollowingPlaces(first), false, map, result);

    /// <summary><c>result[i] = offset + factor · Σⱼ (a[j] − row(places[i])[j])²</c> of what the rows stand for.</summary>
    public static void SquaredL2(ReadOnlySpan<byte> a, Rows rows, ReadOnlySpan<int> places, Affine map, Span<float> result) => Listed(a, rows, places, true, map, result);

    /// <summary>The same of rows <paramref name="first"/> and following, as many as there are results.</summary>
    public static void SquaredL2(ReadOnlySpan<byte> a, Rows rows, int first, Affine map, Span<float> result) => Choose(a, rows, new FollowingPlaces(first), true, map, result);

    private static void Listed(ReadOnlySpan<byte> a, Rows rows, ReadOnlySpan<int> places, bool squares, Affine map, Span<float> result)
    {
        Check.AtLeast(result.Length, places.Length, "ByteDistances", "the result");
        fixed (int* list = places)
            Choose(a, rows, new ListedPlaces(list), squares, map, result[..places.Length]);
    }

    private static void Choose<TPlaces>(ReadOnlySpan<byte> a, Rows rows, TPlaces places, bool squares, Affine map, Span<float> result)
        where TPlaces : struct, IPlaces
    {
        Check.AtLeast(a.Length, ByteRow.Header, "ByteDistances", "the vector");
        int length = a.Length - ByteRow.Header;
        if (Avx512BW.IsSupported && Lanes.Bits == 512 && length >= 64)
            Run<ByteLane512, TPlaces>(a, rows, places, squares, map, result);
        else if (Avx2.IsSupported && Lanes.Bits >= 256 && length >= 32)
            Run<ByteLane256, TPlaces>(a, rows, places, squares, map, result);
        else if (Lanes.Bits >= 128 && length >= 16)
            Run<ByteLane128, TPlaces>(a, rows, places, squares, map, result);
        else
            Run<ByteLane1, TPlaces>(a, rows, places, squares, map, result);
    }

    [MethodImpl(Jit.Kernel)]
    internal static void Run<S, TPlaces>(ReadOnlySpan<byte> a, Rows rows, TPlaces places, bool squares, Affine map, Span<float> result)
        where S : struct, IByteLane<S>
        where TPlaces : struct, IPlaces
    {
        byte* memory = stackalloc byte[128];
        int* sums = stackalloc int[4];
        new Span<byte>(memory, 64).Clear();
        new Span<short>(memory + 64, 32).Fill(1);
        int length = a.Length - ByteRow.Header, whole = length / S.Count * S.Count, rest = length - whole;
        a[^rest..].CopyTo(new Span<byte>(memory + (S.Count - rest), rest));
        S last = S.Load(memory), ones = S.Load(memory + 64);
        fixed (byte* pa = a)
        fixed (float* y = result)
        {
            ByteRow header = Unsafe.ReadUnaligned<ByteRow>(pa);
            byte* x = pa + ByteRow.Header;
            for (int i = 0; i < result.Length; i += 4)
            {
                // Where fewer than four are left, the last stands for the missing ones.
                int end = result.Length - 1;
                byte* r0 = Row(rows, places, i, end), r1 = Row(rows, places, i + 1, end), r2 = Row(rows, places, i + 2, end), r3 = Row(rows, places, i + 3, end);
                if (TPlaces.Scattered && Sse.IsSupported)
                    Fetch(Row(rows, places, i + 4, end), Row(rows, places, i + 5, end), Row(rows, places, i + 6, end), Row(rows, places, i + 7, end), length);
                S s0 = default, s1 = default, s2 = default, s3 = default;
                for (int j = 0; j < whole; j += S.Count)
                {
                    S some = S.Load(x + j);
                    s0 = S.AddSignedProducts(s0, S.Load(r0 + j), some, ones);
                    s1 = S.AddSignedProducts(s1, S.Load(r1 + j), some, ones);
                    s2 = S.AddSignedProducts(s2, S.Load(r2 + j), some, ones);
                    s3 = S.AddSignedProducts(s3, S.Load(r3 + j), some, ones);
                }

                if (rest > 0)
                {
                    int j = length - S.Count;
                    s0 = S.AddSignedProducts(s0, S.Load(r0 + j), last, ones);
                    s1 = S.AddSignedProducts(s1, S.Load(r1 + j), last, ones);
                    s2 = S.AddSignedProducts(s2, S.Load(r2 + j), last, ones);
                    s3 = S.AddSignedProducts(s3, S.Load(r3 + j), last, ones);
                }

                S.Fold(s0, s1, s2, s3).Store(sums);
                for (int k = 0; k < 4 && i + k < result.Length; k++)
                {
                    ByteRow other = Unsafe.ReadUnaligned<ByteRow>(rows.First + (places.At(i + k) * rows.Stride));
                    float product = sums[k] * (header.Step * other.Step);
                    float value = squares ? float.Max(0, header.Squares + other.Squares - (2 * product)) : product;
                    y[i + k] = map.Offset + (map.Factor * value);
                }
            }
        }
    }

    /// <summary>The values of a row; of the last one behind the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Row<TPlaces>(Rows rows, TPlaces places, int index, int end)
        where TPlaces : struct, IPlaces => rows.First + (places.At(int.Min(index, end)) * rows.Stride) + ByteRow.Header;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(byte* a, byte* b, byte* c, byte* d, int length)
    {
        for (int j = -ByteRow.Header; j < length; j += 64)
        {
            Sse.Prefetch0(a + j);
            Sse.Prefetch0(b + j);
            Sse.Prefetch0(c + j);
            Sse.Prefetch0(d + j);
        }
    }
}
