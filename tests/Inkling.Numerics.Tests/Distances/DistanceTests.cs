using System.Numerics;

namespace Inkling.Numerics.Tests;

/// <summary>Distances of one vector with many rows, beside plain loops: every length of tail, every number of rows, every width.</summary>
public sealed unsafe class DistanceTests
{
    private const int Count = 11;

    private static readonly int[] s_places = [7, 0, 10, 3, 3, 9, 1];

    private static readonly Affine s_map = new(1, -2);

    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 68), 128, 300];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Rows_of_float32(int length)
    {
        float[] vector = Given.Values(length, 1), rows = Given.Values(Count * length + 1, 2);
        float[][] each = Split(rows, length);
        fixed (float* p = rows)
        {
            Rows where = new((byte*)p, length * sizeof(float));
            Agree(each, vector, Product, (y, at) => RowDistances.Dot(vector, where, at, s_map, y), (y, first) => RowDistances.Dot(vector, where, first, s_map, y));
            Agree(each, vector, Square, (y, at) => RowDistances.SquaredL2(vector, where, at, s_map, y), (y, first) => RowDistances.SquaredL2(vector, where, first, s_map, y));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Rows_of_float16(int length)
    {
        float[] vector = Given.Values(length, 1);
        Half[] rows = [.. Given.Values(Count * length + 1, 2).Select((x, i) => i % 5 == 0 ? (Half)(x * 1e-5f) : (Half)(x * 100))];
        float[][] each = Split([.. rows.Select(x => (float)x)], length);
        fixed (Half* p = rows)
        {
            Rows where = new((byte*)p, length * 2);
            Agree(each, vector, Product, (y, at) => RowDistances.HalfDot(vector, where, at, s_map, y), (y, first) => RowDistances.HalfDot(vector, where, first, s_map, y), 1e-3);
            Agree(each, vector, Square, (y, at) => RowDistances.HalfSquaredL2(vector, where, at, s_map, y), (y, first) => RowDistances.HalfSquaredL2(vector, where, first, s_map, y), 2e-1);
        }
    }

    [Fact]
    public void Every_finite_float16_is_widened_exactly()
    {
        float one = 1, result = 0;
        Half* row = stackalloc Half[16];
        new Span<Half>(row, 16).Clear();
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            Half half = BitConverter.UInt16BitsToHalf((ushort)bits);
            if (!Half.IsFinite(half)) continue;
            row[0] = half;
            RowSums<Reduce.Product, HalfElement, FollowingPlaces> kernel = new(&one, 1, new Rows((byte*)row, 32), default, 1, new Affine(0, 1), &result);
            Lanes.Run(ref kernel);
            Assert.Equal((float)half, result);
        }
    }

    [Fact]
    public void Sums_are_the_same_at_every_width_and_in_any_company()
    {
        for (int length = 0; length < 68; length++)
        {
            float[] vector = Given.Values(length + 1, 1), rows = Given.Values((Count * length) + 16, 2);
            Half[] halves = [.. rows.Select(x => (Half)x)];
            fixed (float* x = vector, p = rows)
            fixed (Half* h = halves)
            fixed (int* list = s_places)
            {
                Same<RowDistances.SquaredDifference, SingleElement>(x, length, new Rows((byte*)p, length * 4), list);
                Same<Reduce.Product, HalfElement>(x, length, new Rows((byte*)h, length * 2), list);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Rows_of_bytes(int length)
    {
        byte[][] each = [.. Enumerable.Range(0, Count).Select(i => Quantized(Given.Values(length, 20 + i)))];
        byte[] rows = [.. each.SelectMany(row => row)], vector = Quantized(Given.Values(length, 3));
        float[][] values = [.. each.Select(row => Restored(row))];
        fixed (byte* p = rows)
        {
            Rows where = new(p, ByteRow.Bytes(length));
            Agree(values, Restored(vector), Product, (y, at) => ByteDistances.Dot(vector, where, at, s_map, y), (y, first) => ByteDistances.Dot(vector, where, first, s_map, y));
            Agree(values, Restored(vector), Square, (y, at) => ByteDistances.SquaredL2(vector, where, at, s_map, y), (y, first) => ByteDistances.SquaredL2(vector, where, first, s_map, y));
            float[] scalar = new float[Count], wide = new float[Count];
            ByteDistances.Run<ByteLane1, FollowingPlaces>(vector, where, new FollowingPlaces(0), false, s_map, scalar);
            ByteDistances.Dot(vector, where, 0, s_map, wide);
            Assert.Equal(scalar, wide);
            if (length < 16) return;
            ByteDistances.Run<ByteLane128, FollowingPlaces>(vector, where, new FollowingPlaces(0), false, s_map, wide);
            Assert.Equal(scalar, wide);
        }
    }

    [Fact]
    public void Bytes_at_their_limits_do_not_overflow()
    {
        float[] x = [.. Enumerable.Range(0, 4096).Select(i => i % 2 == 0 ? 1f : -1f)];
        byte[] row = Quantized(x);
        float[] result = new float[1];
        fixed (byte* p = row)
        {
            ByteDistances.Dot(row, new Rows(p, row.Length), 0, new Affine(0, 1), result);
            Assert.Equal(4096, result[0], 1e-2);
            ByteDistances.SquaredL2(row, new Rows(p, row.Length), 0, new Affine(0, 1), result);
            Assert.Equal(0, result[0]);
        }
    }

    [Fact]
    public void A_vector_of_zeros_and_a_tiny_one_are_zeros_in_bytes()
    {
        Assert.All(Restored(Quantized(new float[40])), x => Assert.Equal(0, x));
        Assert.All(Restored(Quantized([1e-40f, -1e-40f])), x => Assert.Equal(0, x));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    public void Differing_bits(int words)
    {
        var random = new Random(5);
        ulong[] rows = [.. Enumerable.Range(0, Count * words).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];
        ulong[] bits = [.. Enumerable.Range(0, words).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];
        float[] listed = new float[s_places.Length], following = new float[Count - 2];
        fixed (ulong* p = rows)
        {
            BitDistances.Hamming(bits, new Rows((byte*)p, words * 8), s_places, s_map, listed);
            BitDistances.Hamming(bits, new Rows((byte*)p, words * 8), 2, s_map, following);
        }

        float Expected(int row) => 1 - (2 * Enumerable.Range(0, words).Sum(j => BitOperations.PopCount(bits[j] ^ rows[(row * words) + j])));
        Assert.Equal(s_places.Select(Expected), listed);
        Assert.Equal(Enumerable.Range(2, Count - 2).Select(Expected), following);
    }

    private delegate void OfListed(Span<float> result, ReadOnlySpan<int> places);

    private delegate void OfFollowing(Span<float> result, int first);

    private static void Agree(float[][] rows, float[] vector, Func<float, float, double> term, OfListed listed, OfFollowing following, double tolerance = 1e-4)
    {
        for (int n = 0; n <= s_places.Length; n++)
        {
            float[] y = new float[n];
            listed(y, s_places.AsSpan(0, n));
            for (int i = 0; i < n; i++) Assert.Equal(Expected(s_places[i]), y[i], tolerance);
            y = new float[n];
            following(y, Count - n);
            for (int i = 0; i < n; i++) Assert.Equal(Expected(Count - n + i), y[i], tolerance);
        }

        double Expected(int row) => s_map.Offset + (s_map.Factor * vector.Select((x, j) => term(x, rows[row][j])).Sum());
    }

    private static void Same<TTerm, TElement>(float* x, int length, Rows rows, int* places)
        where TTerm : struct, Reduce.ITerm
        where TElement : struct, IRowElement
    {
        float[] Run(Action<RowSums<TTerm, TElement, ListedPlaces>> run, int count)
        {
            float[] result = new float[s_places.Length];
            fixed (float* y = result)
                run(new RowSums<TTerm, TElement, ListedPlaces>(x, length, rows, new ListedPlaces(places), count, s_map, y));
            return result;
        }

        float[] scalar = Run(kernel => kernel.Run<ScalarLane>(), 7);
        Assert.Equal(scalar, Run(kernel => kernel.Run<Lane128>(), 7));
        Assert.Equal(scalar, Run(kernel => kernel.Run<Lane256>(), 7));
        Assert.Equal(scalar, Run(kernel => kernel.Run<Lane512>(), 7));
        Assert.Equal(scalar[..3], Run(kernel => kernel.Run<Lane256>(), 3)[..3]);
    }

    private static double Product(float a, float b) => (double)a * b;

    private static double Square(float a, float b) => ((double)a - b) * ((double)a - b);

    private static float[][] Split(float[] rows, int length) => [.. Enumerable.Range(0, Count).Select(i => rows[(i * length)..((i + 1) * length)])];

    private static byte[] Quantized(float[] x)
    {
        byte[] row = new byte[ByteRow.Bytes(x.Length)];
        ByteRow.Quantize(x, row);
        return row;
    }

    private static float[] Restored(byte[] row)
    {
        float[] x = new float[row.Length - ByteRow.Header];
        ByteRow.Restore(row, x);
        return x;
    }
}
