namespace Inkling.Numerics.Tests;

public sealed class QuantizedMatrixTests
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
    public void Sums_of_extremes_do_not_overflow()
    {
        foreach (int columns in new[] { 512, 2048, 4096 })
        {
            var w = new float[columns];
            var x = new float[columns];
            Array.Fill(w, 1);
            Array.Fill(x, -1);
            var y = new float[1];
            QuantizedMatrix.Quantize(w, 1, columns).Multiply(x, y, accumulate: false, Team.Single);
            Assert.Equal(-columns, y[0], columns * 1e-6f);
        }
    }

    [Fact]
    public void A_product_errs_only_by_the_rounding_of_the_weights()
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
            double sum = 0;
            for (int j = 0; j < Columns; j++)
            {
                sum += (double)row[j] * x[j];
                Assert.True(Math.Abs(row[j] - w[(i * Columns) + j]) <= matrix.Scales[i] * 0.5001f);
            }

            Assert.Equal(sum, y[i], 2e-3);
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
