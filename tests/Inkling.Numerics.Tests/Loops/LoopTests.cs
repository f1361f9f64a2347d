namespace Inkling.Numerics.Tests;

/// <summary>Loops against plain double references, for every tail and for lengths that threads share.</summary>
public sealed class LoopTests
{
    public static TheoryData<int> Lengths
    {
        get
        {
            var lengths = new TheoryData<int>();
            for (int i = 0; i <= 67; i++)
                lengths.Add(i);
            lengths.Add(5000);
            lengths.Add(200_003);
            return lengths;
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Map_and_its_gradient(int n)
    {
        float[] x = Given.Values(n, 1), y = new float[n], gy = Given.Values(n, 2), gx = Given.Values(n, 3), before = (float[])gx.Clone();
        Map.Apply<TanhOp>(x, y, Team.Shared);
        Map.Backward<TanhOp>([], y, gy, gx, true, Team.Shared);
        for (int i = 0; i < n; i++)
        {
            double t = Math.Tanh(x[i]);
            Near(t, y[i]);
            Near(before[i] + (gy[i] * (1 - (t * t))), gx[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Zip_and_its_gradients_with_and_without_a_single_value(int n)
    {
        foreach ((int left, int right) in new[] { (n, n), (1, n), (n, 1) })
        {
            float[] a = Given.Values(left, 1), b = Given.Values(right, 2), y = new float[n], gy = Given.Values(n, 3);
            for (int i = 0; i < b.Length; i++)
                b[i] = MathF.Abs(b[i]) + 0.5f;
            float[] ga = new float[left], gb = new float[right];
            double[] wantedA = new double[left], wantedB = new double[right];
            Zip.Apply<QuotientOp>(a, b, y, Team.Shared);
            Zip.BackwardLeft<QuotientOp>(a, b, y, gy, ga, true, Team.Shared);
            Zip.BackwardRight<QuotientOp>(a, b, y, gy, gb, true, Team.Shared);
            for (int i = 0; i < n; i++)
            {
                double va = a[left == 1 ? 0 : i], vb = b[right == 1 ? 0 : i];
                Near(va / vb, y[i]);
                wantedA[left == 1 ? 0 : i] += gy[i] / vb;
                wantedB[right == 1 ? 0 : i] -= gy[i] * va / (vb * vb);
            }

            for (int i = 0; i < left; i++)
                Near(wantedA[i], ga[i], Math.Sqrt(n));
            for (int i = 0; i < right; i++)
                Near(wantedB[i], gb[i], Math.Sqrt(n));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Reductions(int n)
    {
        float[] a = Given.Values(n, 1), b = Given.Values(n, 2);
        double sum = 0, squares = 0, dot = 0, largest = double.NegativeInfinity;
        for (int i = 0; i < n; i++)
        {
            sum += a[i];
            squares += (double)a[i] * a[i];
            dot += (double)a[i] * b[i];
            largest = Math.Max(largest, a[i]);
        }

        Near(sum, Reduce.Sum(a), Math.Sqrt(n));
        Near(squares, Reduce.SumOfSquares(a), Math.Sqrt(n));
        Near(dot, Reduce.Dot(a, b), Math.Sqrt(n));
        Assert.Equal((float)largest, Reduce.Max(a));
        Assert.True(Reduce.AllFinite(a));
        if (n == 0)
            return;
        Assert.Equal((float)largest, a[Reduce.ArgMax(a)]);
        foreach (float odd in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            a[n / 2] = odd;
            Assert.False(Reduce.AllFinite(a));
        }

        a[n / 2] = float.NaN;
        Assert.True(float.IsNaN(Reduce.Max(a)));
        Assert.True(float.IsNaN(Reduce.MaxMagnitude(a)));
    }

    [Fact]
    public void ArgMax_is_the_first_of_equals_and_skips_what_is_no_number()
    {
        Assert.Equal(1, Reduce.ArgMax([float.NaN, 2f, 2f]));
        Assert.Equal(0, Reduce.ArgMax([float.NaN]));
        Assert.Throws<ArgumentException>(() => Reduce.ArgMax([]));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 67)]
    [InlineData(0, 5)]
    [InlineData(300, 1030)]
    public void Sums_of_columns(int rows, int columns)
    {
        float[] x = Given.Values(rows * columns, 1), y = Given.Values(columns, 2), one = (float[])y.Clone();
        double[] wanted = Array.ConvertAll(y, v => (double)v);
        for (int i = 0; i < rows * columns; i++)
            wanted[i % columns] += x[i];
        using var team = new Team(2);
        Reduce.ColumnSums(x, rows, columns, y, team);
        Reduce.ColumnSums(x, rows, columns, one, Team.Single);
        Assert.Equal(one, y);
        for (int j = 0; j < columns; j++)
            Near(wanted[j], y[j], rows + 1);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Elementwise_operations(int n)
    {
        float[] x = Given.Values(n, 1), y = Given.Values(n, 2), z = (float[])y.Clone();
        Elementwise.AddScaled(x, 0.5f, z);
        Elementwise.Scale(z, 2);
        Elementwise.MultiplyAdd(x, x, z);
        for (int i = 0; i < n; i++)
            Near(((y[i] + (0.5 * x[i])) * 2) + ((double)x[i] * x[i]), z[i]);
        Elementwise.Multiply(x, y, z);
        for (int i = 0; i < n; i++)
            Assert.Equal(x[i] * y[i], z[i]);
        Elementwise.Add(x, z);
        for (int i = 0; i < n; i++)
            Assert.Equal((x[i] * y[i]) + x[i], z[i]);
    }

    [Fact]
    public void Rows_are_set_and_added()
    {
        var y = new float[6];
        Elementwise.SetRows(y, 2, 3, [1f, 2f, 3f]);
        Elementwise.AddRows(y, 2, 3, [10f, 20f, 30f]);
        Assert.Equal([11f, 22f, 33f, 11f, 22f, 33f], y);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_told()
    {
        var error = Assert.Throws<ArgumentException>(() => Map.Apply<ExpOp>(new float[3], new float[4], Team.Single));
        Assert.Contains("4 elements where 3", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Zip.Apply<ProductOp>(new float[3], new float[2], new float[3], Team.Single));
        Assert.Throws<ArgumentException>(() => Reduce.Dot(new float[3], new float[2]));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 9)]
    [InlineData(16, 16)]
    [InlineData(33, 70)]
    [InlineData(130, 31)]
    public void Transposition_moves_every_element(int rows, int columns)
    {
        float[] x = Given.Values(rows * columns, 1), y = new float[rows * columns];
        Transposition.Transpose(rows, columns, x, y);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
                Assert.Equal(x[(r * columns) + c], y[(c * rows) + r]);
        }
    }

    private static void Near(double expected, float actual, double factor = 1)
    {
        if (!(Math.Abs(expected - actual) <= 2e-6 * factor * (1 + Math.Abs(expected))))
            Assert.Fail($"{actual:R} for {expected:R}");
    }
}
