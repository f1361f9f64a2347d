using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Inkling.Numerics;

/// <summary>
/// Transposes square blocks of float32 inside the registers: rows are interleaved in pairs, pairs in fours, and the quarters of the
/// registers then change places. About a third of a cycle an element; element by element it is more than one.
/// </summary>
internal static unsafe class TransposeBlocks
{
    /// <summary>Edge of the block that the processor can do; 0 if none.</summary>
    public static int Edge
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512F.IsSupported && Lanes.Bits == 512 ? 16 : Avx.IsSupported && Lanes.Bits >= 256 ? 8 : 0;
    }

    /// <summary>
    /// <c>to[c · toStride + r] = from[r · fromStride + c]</c> for r and c below <see cref="Edge"/>. Where <paramref name="rows"/> is
    /// less than that, the last row stands for the missing ones.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(int rows, float* from, nint fromStride, float* to, nint toStride)
    {
        if (Edge == 16)
            Transpose16(rows - 1, from, fromStride, to, toStride);
        else
            Transpose8(rows - 1, from, fromStride, to, toStride);
    }

    [MethodImpl(Jit.Kernel)]
    private static void Transpose16(int last, float* from, nint stride, float* to, nint toStride)
    {
        // After FoursOf16, register c of group q holds, in its quarter l, column 4l + c of rows 4q to 4q + 3.
        FoursOf16(0, last, from, stride, out var a0, out var a1, out var a2, out var a3);
        FoursOf16(4, last, from, stride, out var b0, out var b1, out var b2, out var b3);
        FoursOf16(8, last, from, stride, out var c0, out var c1, out var c2, out var c3);
        FoursOf16(12, last, from, stride, out var d0, out var d1, out var d2, out var d3);
        Quarters(a0, b0, c0, d0, to, toStride);
        Quarters(a1, b1, c1, d1, to + toStride, toStride);
        Quarters(a2, b2, c2, d2, to + (2 * toStride), toStride);
        Quarters(a3, b3, c3, d3, to + (3 * toStride), toStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FoursOf16(
        int row, int last, float* from, nint stride,
        out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3)
    {
        Vector512<float> r0 = Vector512.Load(from + (int.Min(row, last) * stride)), r1 = Vector512.Load(from + (int.Min(row + 1, last) * stride));
        Vector512<float> r2 = Vector512.Load(from + (int.Min(row + 2, last) * stride)), r3 = Vector512.Load(from + (int.Min(row + 3, last) * stride));
        Vector512<double> low01 = Avx512F.UnpackLow(r0, r1).AsDouble(), high01 = Avx512F.UnpackHigh(r0, r1).AsDouble();
        Vector512<double> low23 = Avx512F.UnpackLow(r2, r3).AsDouble(), high23 = Avx512F.UnpackHigh(r2, r3).AsDouble();
        c0 = Avx512F.UnpackLow(low01, low23).AsSingle();
        c1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
        c2 = Avx512F.UnpackLow(high01, high23).AsSingle();
        c3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
    }

    /// <summary>Transposes the 4 × 4 quarters of four registers and stores them as columns 0, 4, 8 and 12 from <paramref name="to"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* to, nint stride)
    {
        Vector512<float> ab01 = Avx512F.Shuffle4x128(a, b, 0x44), ab23 = Avx512F.Shuffle4x128(a, b, 0xEE);
        Vector512<float> cd01 = Avx512F.Shuffle4x128(c, d, 0x44), cd23 = Avx512F.Shuffle4x128(c, d, 0xEE);
        Avx512F.Shuffle4x128(ab01, cd01, 0x88).Store(to);
        Avx512F.Shuffle4x128(ab01, cd01, 0xDD).Store(to + (4 * stride));
        Avx512F.Shuffle4x128(ab23, cd23, 0x88).Store(to + (8 * stride));
        Avx512F.Shuffle4x128(ab23, cd23, 0xDD).Store(to + (12 * stride));
    }

    [MethodImpl(Jit.Kernel)]
    private static void Transpose8(int last, float* from, nint stride, float* to, nint toStride)
    {
        FoursOf8(0, last, from, stride, out var a0, out var a1, out var a2, out var a3);
        FoursOf8(4, last, from, stride, out var b0, out var b1, out var b2, out var b3);
        Halves(a0, b0, to, toStride);
        Halves(a1, b1, to + toStride, toStride);
        Halves(a2, b2, to + (2 * toStride), toStride);
        Halves(a3, b3, to + (3 * toStride), toStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FoursOf8(
        int row, int last, float* from, nint stride,
        out Vector256<float> c0, out Vector256<float> c1, out Vector256<float> c2, out Vector256<float> c3)
    {
        Vector256<float> r0 = Vector256.Load(from + (int.Min(row, last) * stride)), r1 = Vector256.Load(from + (int.Min(row + 1, last) * stride));
        Vector256<float> r2 = Vector256.Load(from + (int.Min(row + 2, last) * stride)), r3 = Vector256.Load(from + (int.Min(row + 3, last) * stride));
        Vector256<double> low01 = Avx.UnpackLow(r0, r1).AsDouble(), high01 = Avx.UnpackHigh(r0, r1).AsDouble();
        Vector256<double> low23 = Avx.UnpackLow(r2, r3).AsDouble(), high23 = Avx.UnpackHigh(r2, r3).AsDouble();
        c0 = Avx.UnpackLow(low01, low23).AsSingle();
        c1 = Avx.UnpackHigh(low01, low23).AsSingle();
        c2 = Avx.UnpackLow(high01, high23).AsSingle();
        c3 = Avx.UnpackHigh(high01, high23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halves(Vector256<float> a, Vector256<float> b, float* to, nint stride)
    {
        Avx.Permute2x128(a, b, 0x20).Store(to);
        Avx.Permute2x128(a, b, 0x31).Store(to + (4 * stride));
    }
}
