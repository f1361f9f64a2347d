using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Inkling.Numerics;

/// <summary>
/// The rows of a product of <see cref="QuantizedMatrix"/> with quantised vectors: four rows at a time with one vector or two, whose registers
/// four rows share, in four or eight sums. For a batch the four rows stay in the first-level cache.
/// </summary>
/// <remarks>
/// <para>
/// Bound, one vector: each 32 bytes of weights take a load and four instructions of the vector units (xor, two multiplications, addition),
/// of which Zen 3 starts four a cycle and two multiplications, so 32 bytes a cycle, 94 GB/s at 2.95 GHz; its third-level cache gives one
/// core 65 to 75 GB/s, and that is what is felt. Measured (bench/results): 58 to 62 GB/s from the third-level cache, 73 from the second.
/// Widening the weights to 16 bits instead takes six instructions, of which two are shuffles: 45 to 48 GB/s.
/// </para>
/// <para>Bound, batches: the same four instructions for each further vector; the weights are read once.</para>
/// </remarks>
internal unsafe struct QuantizedRows : IChunkBody
{
    /// <summary>How far ahead weights are fetched: 30 to 40 ns of work. Less leaves the third-level cache waiting, more gains nothing.</summary>
    private const int PrefetchBytes = 2048;

    /// <summary>Weights that a batch reads again and again: half of the first-level cache.</summary>
    private const int BlockBytes = 16384;

    private const int CacheLine = 64;

    /// <summary>[Rows, Columns] in [−127, 127], and at least <see cref="QuantizedVector.Widest"/> readable bytes after them.</summary>
    public byte* Values;

    /// <summary>[Rows].</summary>
    public float* Scales;

    /// <summary>[Batch], each <see cref="QuantizedVector.Bytes"/>.</summary>
    public byte* Vectors;

    /// <summary>[Batch, Rows].</summary>
    public float* Result;

    /// <summary>Added to the products: [Rows] if <see cref="BiasStride"/> is 0, [Batch, Rows] if it is <see cref="Rows"/>; null for nothing.</summary>
    public float* Bias;
    public int BiasStride;
    public int Rows;
    public int Columns;
    public int Batch;
    public int Chunks;

    /// <summary>Bytes of the registers in use, in which vectors are laid out.</summary>
    public static int Lane => Avx512BW.IsSupported && Lanes.Bits == 512 ? 64 : Avx2.IsSupported && Lanes.Bits >= 256 ? 32 : Lanes.Bits >= 128 ? 16 : 1;

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
    public readonly void Run<S>(int start, int end)
        where S : struct, IByteLane<S>
    {
        int block = Batch <= 2 ? int.Max(1, end - start) : int.Max(4, BlockBytes / Columns & -4);
        for (; start < end; start += block)
        {
            int stop = int.Min(start + block, end), fours = start + ((stop - start) & -4), v = 0;
            for (; v <= Batch - 2; v += 2)
                TwoVectors<S>(start, fours, v);
            if (v < Batch)
                OneVector<S>(start, fours, v);
            for (int row = fours; row < stop; row++)
            {
                for (v = 0; v < Batch; v++)
                    OneRow<S>(row, v);
            }
        }
    }

    /// <summary>Rows with one vector, four at a time. All is in one method and few variables: the inner loop has none to spare.</summary>
    [MethodImpl(Jit.Kernel)]
    private readonly void OneVector<S>(int start, int end, int vector)
        where S : struct, IByteLane<S>
    {
        byte* first = Vector(vector);
        S ones = S.Load(first + QuantizedVector.Ones);
        ref QuantizedVector.Header header = ref *(QuantizedVector.Header*)first;
        Vector128<float> step = Vector128.Create(header.Step);
        Vector128<int> negative = Vector128.Create(header.Negative);
        nint stride = Columns, third = 3 * stride, bias = BiasFromScales(vector), result = ResultFromScales(vector);
        byte* row = Values + (start * stride);
        float* stop = Scales + end;
        first += QuantizedVector.Start;
        for (float* scales = Scales + start; scales < stop; scales += 4)
        {
            byte* w = row, x = first, last = row + stride, ahead = row + PrefetchBytes;
            S s0 = default, s1 = default, s2 = default, s3 = default;
            for (; w < last; w += S.Count)
            {
                Prefetch<S>(ahead);
                S magnitude = S.Load(x), sign = S.Load(x + S.Count);
                s0 = S.AddProducts(s0, w, magnitude, sign, ones);
                s1 = S.AddProducts(s1, w + stride, magnitude, sign, ones);
                s2 = S.AddProducts(s2, w + (2 * stride), magnitude, sign, ones);
                s3 = S.AddProducts(s3, w + third, magnitude, sign, ones);
                ahead += 4 * S.Count;
                x += 2 * S.Count;
            }

            row += 4 * stride;
            Put(S.Fold(s0, s1, s2, s3) + negative, step, scales, bias, result);
        }
    }

    /// <summary>Rows with two vectors, four at a time.</summary>
    [MethodImpl(Jit.Kernel)]
    private readonly void TwoVectors<S>(int start, int end, int vector)
        where S : struct, IByteLane<S>
    {
        byte* first = Vector(vector);
        S ones = S.Load(first + QuantizedVector.Ones);
        nint second = QuantizedVector.Bytes(Columns), stride = Columns, third = 3 * stride;
        nint bias = BiasFromScales(vector), result = ResultFromScales(vector);
        nint nextBias = bias == 0 ? 0 : (nint)BiasStride * sizeof(float), nextResult = (nint)Rows * sizeof(float);
        byte* row = Values + (start * stride);
        float* stop = Scales + end;
        for (float* scales = Scales + start; scales < stop; scales += 4)
        {
            byte* w = row, x = first + QuantizedVector.Start, last = row + stride, ahead = row + PrefetchBytes;
            S a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
            for (; w < last; w += S.Count)
            {
                Prefetch<S>(ahead);
                S magnitudeA = S.Load(x), signA = S.Load(x + S.Count);
                S magnitudeB = S.Load(x + second), signB = S.Load(x + second + S.Count);
                S bytes = S.Load(w);
                a0 = S.AddProducts(a0, bytes, magnitudeA, signA, ones);
                b0 = S.AddProducts(b0, bytes, magnitudeB, signB, ones);
                bytes = S.Load(w + stride);
                a1 = S.AddProducts(a1, bytes, magnitudeA, signA, ones);
                b1 = S.AddProducts(b1, bytes, magnitudeB, signB, ones);
                bytes = S.Load(w + (2 * stride));
                a2 = S.AddProducts(a2, bytes, magnitudeA, signA, ones);
                b2 = S.AddProducts(b2, bytes, magnitudeB, signB, ones);
                bytes = S.Load(w + third);
                a3 = S.AddProducts(a3, bytes, magnitudeA, signA, ones);
                b3 = S.AddProducts(b3, bytes, magnitudeB, signB, ones);
                ahead += 4 * S.Count;
                x += 2 * S.Count;
            }

            row += 4 * stride;
            Put(S.Fold(a0, a1, a2, a3), (QuantizedVector.Header*)first, scales, bias, result);
            Put(S.Fold(b0, b1, b2, b3), (QuantizedVector.Header*)(first + second), scales, bias + nextBias, result + nextResult);
        }
    }

    /// <summary>One row with one vector: the last one to three rows.</summary>
    [MethodImpl(Jit.Kernel)]
    private readonly void OneRow<S>(int row, int vector)
        where S : struct, IByteLane<S>
    {
        byte* w = Values + ((nint)row * Columns), x = Vector(vector), last = w + Columns;
        ref QuantizedVector.Header header = ref *(QuantizedVector.Header*)x;
        S ones = S.Load(x + QuantizedVector.Ones), sum = default;
        x += QuantizedVector.Start;
        for (; w < last; w += S.Count, x += 2 * S.Count)
            sum = S.AddProducts(sum, w, S.Load(x), S.Load(x + S.Count), ones);
        float value = (S.Fold(sum, default, default, default)[0] + header.Negative) * (header.Step * Scales[row]);
        nint result = ((nint)vector * Rows) + row, bias = ((nint)vector * BiasStride) + row;
        Result[result] = Bias is null ? value : Bias[bias] + value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte* Vector(int vector) => Vectors + ((nint)vector * QuantizedVector.Bytes(Columns));

    /// <summary>Bytes from the scale of a row to the bias of its result, so that one address does for all; 0 without a bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly nint BiasFromScales(int vector) => Bias is null ? 0 : (nint)(Bias + ((nint)vector * BiasStride)) - (nint)Scales;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly nint ResultFromScales(int vector) => (nint)(Result + ((nint)vector * Rows)) - (nint)Scales;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector128<int> sums, QuantizedVector.Header* header, float* scales, nint bias, nint result) =>
        Put(sums + Vector128.Create(header->Negative), Vector128.Create(header->Step), scales, bias, result);

    /// <summary>Scales four sums and stores them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector128<int> sums, Vector128<float> step, float* scales, nint bias, nint result)
    {
        Vector128<float> value = Vector128.ConvertToSingle(sums) * (step * Vector128.Load(scales));
        if (bias != 0)
            value += Vector128.Load((float*)((byte*)scales + bias));
        value.Store((float*)((byte*)scales + result));
    }

    /// <summary>Fetches as much as four rows read in one turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch<S>(byte* ahead)
        where S : struct, IByteLane<S>
    {
        if (!Sse.IsSupported || S.Count < CacheLine / 4)
            return;
        Sse.Prefetch0(ahead);
        if (S.Count >= CacheLine / 2)
            Sse.Prefetch0(ahead + CacheLine);
        if (S.Count < CacheLine)
            return;
        Sse.Prefetch0(ahead + (2 * CacheLine));
        Sse.Prefetch0(ahead + (3 * CacheLine));
    }
}
