using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Inkling.Numerics.Tests;

public sealed unsafe class QuantizedMatrixTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 32)]
    [InlineData(7, 33)]
    [InlineData(31, 512)]
    [InlineData(130, 515)]
    [InlineData(9, 2048)]
    [InlineData(3, 5000)]
    public void Products_are_those_of_the_integers_exactly_for_every_batch(int rows, int columns)
    {
        QuantizedMatrix matrix = QuantizedMatrix.Quantize(Given.Values(rows * columns, 1), rows, columns);
        for (int batch = 1; batch <= 9; batch++)
        {
            float[] x = Given.Values(batch * columns, 2), y = Given.Values(batch * rows, 3);
            float[] expected = Reference(matrix, x, batch, y);
            matrix.MultiplyBatch(x, batch, y, accumulate: true, Team.Single);
            Assert.Equal(expected, y);
        }
    }

    [Fact]
    public void A_bias_is_added_as_if_it_had_been_there_before()
    {
        const int Rows = 23, Columns = 70, Batch = 5;
        QuantizedMatrix matrix = QuantizedMatrix.Quantize(Given.Values(Rows * Columns, 1), Rows, Columns);
        float[] x = Given.Values(Batch * Columns, 2), bias = Given.Values(Rows, 3), expected = new float[Batch * Rows], y = new float[Batch * Rows];
        for (int v = 0; v < Batch; v++)
            bias.CopyTo(expected, v * Rows);
        matrix.MultiplyBatch(x, Batch, expected, accumulate: true, Team.Single);
        matrix.MultiplyBatch(x, Batch, y, bias, Team.Single);
        Assert.Equal(expected, y);
    }

    [Fact]
    public void Every_register_width_gives_the_same_bits()
    {
        foreach ((int rows, int columns) in new[] { (1, 1), (4, 64), (6, 63), (9, 65), (21, 130), (7, 512) })
        {
            for (int batch = 1; batch <= 5; batch++)
            {
                float[] one = Run<ByteLane1>(rows, columns, batch);
                Assert.Equal(one, Run<ByteLane128>(rows, columns, batch));
                if (Avx2.IsSupported)
                    Assert.Equal(one, Run<ByteLane256>(rows, columns, batch));
                if (Avx512BW.IsSupported)
                    Assert.Equal(one, Run<ByteLane512>(rows, columns, batch));
            }
        }
    }

    private static float[] Run<S>(int rows, int columns, int batch)
        where S : struct, IByteLane<S>
    {
        QuantizedMatrix matrix = QuantizedMatrix.Quantize(Given.Values(rows * columns, 1), rows, columns);
        float[] x = Given.Values(batch * columns, 2), y = new float[batch * rows];
        byte[] values = new byte[(rows * columns) + QuantizedVector.Widest], vectors = new byte[batch * QuantizedVector.Bytes(columns)];
        MemoryMarshal.AsBytes(matrix.Values).CopyTo(values);
        Array.Fill(values, (byte)0x55, rows * columns, QuantizedVector.Widest);   // what is behind the last row counts for nothing
        fixed (byte* pv = values, px = vectors)
        fixed (float* scales = matrix.Scales, py = y)
        {
            for (int v = 0; v < batch; v++)
                QuantizedVector.Quantize(x.AsSpan(v * columns, columns), 127, S.Count, px + (v * QuantizedVector.Bytes(columns)));
            new QuantizedRows { Values = pv, Scales = scales, Vectors = px, Result = py, Rows = rows, Columns = columns, Batch = batch, Chunks = 1 }
                .Run<S>(0, rows);
        }

        return y;
    }

    [Fact]
    public void Sums_of_extremes_do_not_overflow()
    {
        // In 16 bits (neighbouring products are added there) and in 32 (the longest row that has all of 127 steps, and one twice as long).
        foreach (int columns in new[] { 2, 512, 4096, 132_104, 264_208 })
        {
            foreach ((float a, float b) in new[] { (1f, 1f), (1f, -1f), (-1f, 1f), (-1f, -1f) })
            {
                var w = new float[columns];
                var x = new float[columns];
                Array.Fill(w, a);
                Array.Fill(x, b);
                var y = new float[1];
                QuantizedMatrix.Quantize(w, 1, columns).Multiply(x, y, accumulate: false, Team.Single);
                Assert.Equal(a * b * columns, y[0], columns * 1e-6f);
            }
        }
    }

    [Fact]
    public void A_product_errs_only_by_the_rounding_of_weights_and_vector()
    {
        const int Rows = 64, Columns = 512;
        float[] w = Given.Values(Rows * Columns, 1), x = Given.Values(Columns, 2);
        QuantizedMatrix matrix = QuantizedMatrix.Quantize(w, Rows, Columns);
        var y = new float[Rows];
        var row = new float[Columns];
        matrix.Multiply(x, y, accumulate: false, Team.Single);
        for (int i = 0; i < Rows; i++)
        {
            matrix.Dequantize(i, row);
            double sum = 0, most = 0;
            for (int j = 0; j < Columns; j++)
            {
                sum += (double)row[j] * x[j];
                most += Math.Abs(row[j]) * 0.5001 / 127;    // |x| < 1: half a step
                Assert.True(Math.Abs(row[j] - w[(i * Columns) + j]) <= matrix.Scales[i] * 0.5001f);
            }

            Assert.Equal(sum, y[i], most);
        }
    }

    [Fact]
    public void Threads_change_nothing()
    {
        const int Rows = 2049, Columns = 1030;
        QuantizedMatrix matrix = QuantizedMatrix.Quantize(Given.Values(Rows * Columns, 1), Rows, Columns);
        float[] x = Given.Values(3 * Columns, 2), one = new float[3 * Rows], two = new float[3 * Rows];
        using var team = new Team(2);
        matrix.MultiplyBatch(x, 3, one, accumulate: false, Team.Single);
        matrix.MultiplyBatch(x, 3, two, accumulate: false, team);
        Assert.Equal(one, two);
    }

    [Fact]
    public void Values_and_scales_make_the_same_matrix_again()
    {
        QuantizedMatrix matrix = QuantizedMatrix.Quantize(Given.Values(12 * 40, 1), 12, 40);
        var copy = new QuantizedMatrix(matrix.Values, matrix.Scales, 12, 40);
        float[] x = Given.Values(40, 2), y = new float[12], z = new float[12];
        matrix.Multiply(x, y, accumulate: false, Team.Single);
        copy.Multiply(x, z, accumulate: false, Team.Single);
        Assert.Equal(y, z);
    }

    [Fact]
    public void Zeros_give_zeros_and_what_is_not_finite_gives_nan()
    {
        var x = new float[40];
        var y = new float[12];
        QuantizedMatrix matrix = QuantizedMatrix.Quantize(Given.Values(12 * 40, 1), 12, 40);
        matrix.Multiply(x, y, accumulate: false, Team.Single);
        Assert.All(y, value => Assert.Equal(0f, value));
        x[3] = float.PositiveInfinity;
        matrix.Multiply(x, y, accumulate: false, Team.Single);
        Assert.All(y, value => Assert.True(float.IsNaN(value)));
        Assert.Throws<ArgumentException>(() => QuantizedMatrix.Quantize([1f, float.NaN], 1, 2));
        Assert.Throws<ArgumentException>(() => new QuantizedMatrix([sbyte.MinValue], [1f], 1, 1));
    }

    private static float[] Reference(QuantizedMatrix matrix, float[] x, int batch, float[] before)
    {
        float[] y = (float[])before.Clone();
        for (int v = 0; v < batch; v++)
        {
            float largest = 0;
            for (int j = 0; j < matrix.Columns; j++)
                largest = Math.Max(largest, Math.Abs(x[(v * matrix.Columns) + j]));
            float inverse = matrix.VectorLimit / largest, step = largest / matrix.VectorLimit;
            for (int i = 0; i < matrix.Rows; i++)
            {
                long sum = 0;
                for (int j = 0; j < matrix.Columns; j++)
                    sum += matrix.Values[(i * matrix.Columns) + j] * (long)MathF.Round(x[(v * matrix.Columns) + j] * inverse);
                y[(v * matrix.Rows) + i] += (int)sum * (step * matrix.Scales[i]);
            }
        }

        return y;
    }
}
