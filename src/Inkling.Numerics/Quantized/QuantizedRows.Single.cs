using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Inkling.Numerics;

/// <summary>
/// The rows of a product of <see cref="QuantizedMatrix"/> with quantised vectors. Four sums are made at a time, so that folding the
/// registers to numbers is shared: 4 rows × 1 vector, 2 × 2 or 1 × 4. More vectors share the widening of a row (4 vectors cost 2.9
/// times as much as one); rows are walked one after the other, as the prefetcher likes it, and four of them stay in the first-level
/// cache for the whole batch.
/// </summary>
internal unsafe struct QuantizedRows : IChunkBody
{
    /// <summary>How far ahead rows are fetched: some 30 ns of work.</summary>
    private const int PrefetchBytes = 2048;

    public sbyte* Values;
    public float* Scales;
    public short* Vectors;
    public float* Steps;
    public float* Result;
    public int Rows;
    public int Columns;
    public int Batch;
    public bool Accumulate;
    public int Chunks;

    public readonly void Run(int chunk)
    {
        int blocks = (Rows + 3) / 4;
        int start = (int)((long)blocks * chunk / Chunks) * 4, end = int.Min(Rows, (int)((long)blocks * (chunk + 1) / Chunks) * 4);
        if (Avx512BW.IsSupported && Lanes.Bits == 512)
            Run<ByteLane512>(start, end);
        else if (Avx2.IsSupported && Lanes.Bits >= 256)
            Run<ByteLane256>(start, end);
        else if (Lanes.Bits >= 128)
            Run<ByteLane128>(start, end);
        else
            Run<ByteLane1>(start, end);
    }

    /// <summary>Rows <paramref name="start"/> to <paramref name="end"/> on lanes of type <typeparamref name="S"/>.</summary>
    [MethodImpl(Jit.Kernel)]
    public readonly void Run<S>(int start, int end)
        where S : struct, IByteLane<S>
    {
        for (int i = start; i < end; i += 4)
        {
            int v = 0;
            if (end - i < 4)
            {
                for (; v < Batch; v++)
                {
                    for (int r = i; r < end; r++)
                        Put(r, v, OneByOne<S>(r, v));
                }

                return;
            }

            for (; v <= Batch - 4; v += 4)
            {
                for (int r = i; r < i + 4; r++)
                {
                    Vector128<int> sums = OneByFour<S>(r, v);
                    Put(r, v, sums[0]);
                    Put(r, v + 1, sums[1]);
                    Put(r, v + 2, sums[2]);
                    Put(r, v + 3, sums[3]);
                }
            }

            for (; v <= Batch - 2; v += 2)
            {
                for (int r = i; r < i + 4; r += 2)
                {
                    Vector128<int> sums = TwoByTwo<S>(r, v);
                    Put(r, v, sums[0]);
                    Put(r, v + 1, sums[1]);
                    Put(r + 1, v, sums[2]);
                    Put(r + 1, v + 1, sums[3]);
                }
            }

            if (v < Batch)
                PutFour(i, v, FourByOne<S>(i, v));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly sbyte* Row(int row) => Values + ((nint)row * Columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly short* Vector(int vector) => Vectors + ((nint)vector * Columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Put(int row, int vector, int sum)
    {
        float* result = Result + ((nint)vector * Rows) + row;
        float value = sum * (Steps[vector] * Scales[row]);
        *result = Accumulate ? *result + value : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void PutFour(int row, int vector, Vector128<int> sums)
    {
        float* result = Result + ((nint)vector * Rows) + row;
        Vector128<float> value = Vector128.ConvertToSingle(sums) * (Vector128.Create(Steps[vector]) * Vector128.Load(Scales + row));
        (Accumulate ? Vector128.Load(result) + value : value).Store(result);
    }

    [MethodImpl(Jit.Kernel)]
    private readonly Vector128<int> FourByOne<S>(int row, int vector)
        where S : struct, IByteLane<S>
    {
        sbyte* w = Row(row);
        short* x = Vector(vector);
        int columns = Columns;
        Vector128<int> sums = S.Fold(
            Sum<S>(w, x, columns), Sum<S>(w + columns, x, columns),
            Sum<S>(w + (2 * columns), x, columns), Sum<S>(w + (3 * columns), x, columns));
        return columns % S.Count == 0 ? sums : sums + Vector128.Create(
            Rest<S>(w, x, columns), Rest<S>(w + columns, x, columns),
            Rest<S>(w + (2 * columns), x, columns), Rest<S>(w + (3 * columns), x, columns));
    }

    [MethodImpl(Jit.Kernel)]
    private readonly Vector128<int> TwoByTwo<S>(int row, int vector)
        where S : struct, IByteLane<S>
    {
        sbyte* w = Row(row), w1 = Row(row + 1);
        short* x = Vector(vector), x1 = Vector(vector + 1);
        int columns = Columns;
        Sums<S>(w, x, x1, columns, out S s0, out S s1);
        Sums<S>(w1, x, x1, columns, out S s2, out S s3);
        Vector128<int> sums = S.Fold(s0, s1, s2, s3);
        return columns % S.Count == 0 ? sums : sums + Vector128.Create(
            Rest<S>(w, x, columns), Rest<S>(w, x1, columns), Rest<S>(w1, x, columns), Rest<S>(w1, x1, columns));
    }

    [MethodImpl(Jit.Kernel)]
    private readonly Vector128<int> OneByFour<S>(int row, int vector)
        where S : struct, IByteLane<S>
    {
        sbyte* w = Row(row);
        short* x = Vector(vector), x1 = Vector(vector + 1), x2 = Vector(vector + 2), x3 = Vector(vector + 3);
        int columns = Columns;
        S s0 = default, s1 = default, s2 = default, s3 = default;
        for (int j = 0; j <= columns - S.Count; j += S.Count)
        {
            Prefetch(w + j);
            S bytes = S.Widen(w + j);
            s0 = S.AddProducts(s0, bytes, x + j);
            s1 = S.AddProducts(s1, bytes, x1 + j);
            s2 = S.AddProducts(s2, bytes, x2 + j);
            s3 = S.AddProducts(s3, bytes, x3 + j);
        }

        Vector128<int> sums = S.Fold(s0, s1, s2, s3);
        return columns % S.Count == 0 ? sums : sums + Vector128.Create(
            Rest<S>(w, x, columns), Rest<S>(w, x1, columns), Rest<S>(w, x2, columns), Rest<S>(w, x3, columns));
    }

    private readonly int OneByOne<S>(int row, int vector)
        where S : struct, IByteLane<S>
    {
        sbyte* w = Row(row);
        short* x = Vector(vector);
        return S.Fold(Sum<S>(w, x, Columns), default, default, default)[0] + Rest<S>(w, x, Columns);
    }

    /// <summary>One row with one vector: integer additions take one cycle, so one chain is enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Sum<S>(sbyte* w, short* x, int columns)
        where S : struct, IByteLane<S>
    {
        S sum = default;
        int j = 0;
        for (; j <= columns - (2 * S.Count); j += 2 * S.Count)
        {
            Prefetch(w + j);
            sum = S.AddProducts(sum, S.Widen(w + j), x + j);
            sum = S.AddProducts(sum, S.Widen(w + j + S.Count), x + j + S.Count);
        }

        return j <= columns - S.Count ? S.AddProducts(sum, S.Widen(w + j), x + j) : sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sums<S>(sbyte* w, short* x0, short* x1, int columns, out S s0, out S s1)
        where S : struct, IByteLane<S>
    {
        s0 = default;
        s1 = default;
        for (int j = 0; j <= columns - S.Count; j += S.Count)
        {
            Prefetch(w + j);
            S bytes = S.Widen(w + j);
            s0 = S.AddProducts(s0, bytes, x0 + j);
            s1 = S.AddProducts(s1, bytes, x1 + j);
        }
    }

    /// <summary>The columns that fill no register.</summary>
    private static int Rest<S>(sbyte* w, short* x, int columns)
        where S : struct, IByteLane<S>
    {
        int sum = 0;
        for (int j = columns - (columns % S.Count); j < columns; j++)
            sum += w[j] * x[j];
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(sbyte* w)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(w + PrefetchBytes);
    }
}
