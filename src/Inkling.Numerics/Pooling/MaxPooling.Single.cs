using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Inkling.Numerics;

/// <content>Windows of 2 × 2 side by side, by far the most common, eight at a time.</content>
internal static unsafe partial class MaxPooling
{
    private static bool IsHalving(in PoolingSizes sizes)
        => Vector256.IsHardwareAccelerated && sizes.Window == (2, 2) && sizes.Stride == (2, 2) && sizes.Padding == (0, 0) && sizes.Dilation == (1, 1);

    /// <summary>One plane; what a row leaves over is taken one by one.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void Halve(float* x, int stride, float* y, int* places, int rows, int columns)
    {
        Vector256<int> even = Vector256<int>.Indices * 2, one = Vector256.Create(1), down = Vector256.Create(stride);
        for (int i = 0; i < rows; i++, x += 2 * stride, y += columns, places += columns)
        {
            int start = 2 * i * stride, j = 0;
            for (; j <= columns - 8; j += 8)
            {
                float* top = x + (2 * j), bottom = top + stride;
                (Vector256<float> a, Vector256<float> b) = Deal(Vector256.Load(top), Vector256.Load(top + 8));
                (Vector256<float> c, Vector256<float> d) = Deal(Vector256.Load(bottom), Vector256.Load(bottom + 8));
                Vector256<int> place = even + Vector256.Create(start + (2 * j)), here = place;
                Take(ref a, ref here, b, place + one);
                place += down;
                Take(ref a, ref here, c, place);
                Take(ref a, ref here, d, place + one);
                a.Store(y + j);
                here.Store(places + j);
            }

            // What is left over in fours, the last of which may do some again; a row of fewer than four one by one.
            for (; j < columns && columns >= 4; j += 4)
            {
                j = int.Min(j, columns - 4);
                HalveFour(x + (2 * j), stride, y + j, places + j, start + (2 * j));
            }

            for (; j < columns; j++)
                HalveOne(x + (2 * j), stride, y + j, places + j, start + (2 * j));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void HalveFour(float* top, int stride, float* y, int* places, int start)
    {
        Vector128<int> place = Vector128.Create(start) + (Vector128<int>.Indices * 2), one = Vector128.Create(1);
        (Vector128<float> a, Vector128<float> b) = Deal(Vector128.Load(top), Vector128.Load(top + 4));
        (Vector128<float> c, Vector128<float> d) = Deal(Vector128.Load(top + stride), Vector128.Load(top + stride + 4));
        Vector128<int> here = place;
        Take(ref a, ref here, b, place + one);
        place += Vector128.Create(stride);
        Take(ref a, ref here, c, place);
        Take(ref a, ref here, d, place + one);
        a.Store(y);
        here.Store(places);
    }

    private static void HalveOne(float* window, int stride, float* y, int* places, int start)
    {
        int place = 0;
        if (!(window[1] <= window[0] || float.IsNaN(window[0])))
            place = 1;
        if (!(window[stride] <= window[place] || float.IsNaN(window[place])))
            place = stride;
        if (!(window[stride + 1] <= window[place] || float.IsNaN(window[place])))
            place = stride + 1;
        *y = window[place];
        *places = start + place;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(ref Vector128<float> largest, ref Vector128<int> place, Vector128<float> value, Vector128<int> here)
    {
        Vector128<float> keep = Vector128.LessThanOrEqual(value, largest) | ~Vector128.Equals(largest, largest);
        largest = Vector128.ConditionalSelect(keep, largest, value);
        place = Vector128.ConditionalSelect(keep.AsInt32(), place, here);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Even, Vector128<float> Odd) Deal(Vector128<float> first, Vector128<float> second)
    {
        first = Vector128.Shuffle(first, Vector128.Create(0, 2, 1, 3));
        second = Vector128.Shuffle(second, Vector128.Create(0, 2, 1, 3));
        return (Vector128.Create(first.GetLower(), second.GetLower()), Vector128.Create(first.GetUpper(), second.GetUpper()));
    }

    /// <summary>The larger, and where it is; what is no number is larger than all that are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(ref Vector256<float> largest, ref Vector256<int> place, Vector256<float> value, Vector256<int> here)
    {
        Vector256<float> keep = Vector256.LessThanOrEqual(value, largest) | ~Vector256.Equals(largest, largest);
        largest = Vector256.ConditionalSelect(keep, largest, value);
        place = Vector256.ConditionalSelect(keep.AsInt32(), place, here);
    }

    /// <summary>Elements of even and of odd number. The orders are written where they are used: only then the compiler sees constants and emits one instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Even, Vector256<float> Odd) Deal(Vector256<float> first, Vector256<float> second)
    {
        first = Vector256.Shuffle(first, Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7));
        second = Vector256.Shuffle(second, Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7));
        return (Vector256.Create(first.GetLower(), second.GetLower()), Vector256.Create(first.GetUpper(), second.GetUpper()));
    }
}
