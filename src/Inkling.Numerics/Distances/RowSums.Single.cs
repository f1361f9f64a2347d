using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Inkling.Numerics;

/// <summary>
/// A sum over the elements of one vector and of each of many rows: products, or squared differences. Four rows at a time share the registers of the
/// vector, and while they are read the four after them are fetched, a cache line of each in turn. Element i goes to accumulator i mod 16 whatever
/// the lane width and the company of the row.
/// </summary>
/// <remarks>
/// Bound, 256 bits: 16 elements of four rows take eight sums, each with a load, so at 128 elements a row of the second-level cache takes about 12
/// cycles; one after the other, with the four-cycle addition chained, it would be 35 and more. From memory the fetched lines are what counts.
/// </remarks>
internal readonly unsafe struct RowSums<TTerm, TElement, TPlaces>(
    float* vector, int length, Rows rows, TPlaces places, int count, Affine map, float* result) : ILaneKernel
    where TTerm : struct, Reduce.ITerm
    where TElement : struct, IRowElement
    where TPlaces : struct, IPlaces
{
    [MethodImpl(Jit.Kernel)]
    public void Run<V>()
        where V : struct, ILane<V>
    {
        int i = 0;
        if (V.Count >= 8 && TPlaces.Scattered)
        {
            for (; i <= count - 4; i += 4)
                Four<V>(i);
        }
        else if (V.Count >= 8)
        {
            for (; i < count; i++)
                Whole<V>(i);
        }

        for (; i < count; i++)
            One<V>(i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* Row(int index) => rows.First + (places.At(index) * rows.Stride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Four<V>(int i)
        where V : struct, ILane<V>
    {
        const int Step = Lanes.Accumulators;
        float* x = vector;
        byte* a = Row(i), b = Row(i + 1), c = Row(i + 2), d = Row(i + 3);
        // Distances from a row to the one to fetch: the fourth after it, or one that is there already where no more follow.
        int left = count - i - 4;
        nint fa = left > 0 ? (nint)(Row(i + 4) - a) : 0, fb = left > 1 ? (nint)(Row(i + 5) - b) : 0;
        nint fc = left > 2 ? (nint)(Row(i + 6) - c) : 0, fd = left > 3 ? (nint)(Row(i + 7) - d) : 0;
        nint second = V.Count * TElement.Size;
        V a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        int rest = length;
        for (; rest >= Step; rest -= Step, x += Step, a += Step * TElement.Size, b += Step * TElement.Size, c += Step * TElement.Size, d += Step * TElement.Size)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(a + fa);
                Sse.Prefetch0(b + fb);
                Sse.Prefetch0(c + fc);
                Sse.Prefetch0(d + fd);
            }

            V q = V.Load(x);
            a0 = TTerm.Add(a0, q, TElement.Load<V>(a));
            b0 = TTerm.Add(b0, q, TElement.Load<V>(b));
            c0 = TTerm.Add(c0, q, TElement.Load<V>(c));
            d0 = TTerm.Add(d0, q, TElement.Load<V>(d));
            if (V.Count == 8)
            {
                q = V.Load(x + V.Count);
                a1 = TTerm.Add(a1, q, TElement.Load<V>(a + second));
                b1 = TTerm.Add(b1, q, TElement.Load<V>(b + second));
                c1 = TTerm.Add(c1, q, TElement.Load<V>(c + second));
                d1 = TTerm.Add(d1, q, TElement.Load<V>(d + second));
            }
        }

        if (rest > 0)
        {
            int first = int.Min(rest, V.Count);
            V q = V.LoadPartial(x, first);
            a0 = TTerm.Add(a0, q, TElement.LoadPartial<V>(a, first));
            b0 = TTerm.Add(b0, q, TElement.LoadPartial<V>(b, first));
            c0 = TTerm.Add(c0, q, TElement.LoadPartial<V>(c, first));
            d0 = TTerm.Add(d0, q, TElement.LoadPartial<V>(d, first));
            if (V.Count == 8 && rest > V.Count)
            {
                rest -= V.Count;
                q = V.LoadPartial(x + V.Count, rest);
                a1 = TTerm.Add(a1, q, TElement.LoadPartial<V>(a + second, rest));
                b1 = TTerm.Add(b1, q, TElement.LoadPartial<V>(b + second, rest));
                c1 = TTerm.Add(c1, q, TElement.LoadPartial<V>(c + second, rest));
                d1 = TTerm.Add(d1, q, TElement.LoadPartial<V>(d + second, rest));
            }
        }

        if (V.Count == 8)
        {
            a0 += a1;
            b0 += b1;
            c0 += c1;
            d0 += d1;
        }

        Put(i, V.Sum(a0));
        Put(i + 1, V.Sum(b0));
        Put(i + 2, V.Sum(c0));
        Put(i + 3, V.Sum(d0));
    }

    /// <summary>One row of those that follow each other, its sums in registers. The sums of some rows wait for their additions at the same time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Whole<V>(int i)
        where V : struct, ILane<V>
    {
        const int Step = Lanes.Accumulators, Ahead = 4096;
        float* x = vector;
        byte* a = Row(i);
        nint second = V.Count * TElement.Size;
        V a0 = default, a1 = default;
        int rest = length;
        for (; rest >= Step; rest -= Step, x += Step, a += Step * TElement.Size)
        {
            // Wherever the rows end: fetching what is not there does nothing.
            if (Sse.IsSupported)
                Sse.Prefetch0(a + Ahead);
            a0 = TTerm.Add(a0, V.Load(x), TElement.Load<V>(a));
            if (V.Count == 8)
                a1 = TTerm.Add(a1, V.Load(x + V.Count), TElement.Load<V>(a + second));
        }

        if (rest > 0)
        {
            int first = int.Min(rest, V.Count);
            a0 = TTerm.Add(a0, V.LoadPartial(x, first), TElement.LoadPartial<V>(a, first));
            if (V.Count == 8 && rest > V.Count)
                a1 = TTerm.Add(a1, V.LoadPartial(x + V.Count, rest - V.Count), TElement.LoadPartial<V>(a + second, rest - V.Count));
        }

        Put(i, V.Sum(V.Count == 8 ? a0 + a1 : a0));
    }

    /// <summary>One row: the last three, and all on narrow registers. The accumulators lie in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void One<V>(int i)
        where V : struct, ILane<V>
    {
        float* sums = stackalloc float[Lanes.Accumulators];
        new Span<float>(sums, Lanes.Accumulators).Clear();
        byte* row = Row(i);
        for (int j = 0; j < length; j += V.Count)
        {
            float* sum = sums + (j & (Lanes.Accumulators - 1));
            int some = int.Min(V.Count, length - j);
            V term = some == V.Count
                ? TTerm.Add(V.Load(sum), V.Load(vector + j), TElement.Load<V>(row + ((nint)j * TElement.Size)))
                : TTerm.Add(V.Load(sum), V.LoadPartial(vector + j, some), TElement.LoadPartial<V>(row + ((nint)j * TElement.Size), some));
            V.Store(term, sum);
        }

        Put(i, Reduce.SumOf<V>(sums));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(int i, float sum) => result[i] = map.Offset + (map.Factor * sum);
}
