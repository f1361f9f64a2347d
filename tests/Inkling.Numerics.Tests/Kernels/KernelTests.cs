namespace Inkling.Numerics.Tests;

/// <summary>The fused kernels against their formulas in double.</summary>
public sealed class KernelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(67)]
    [InlineData(8192)]
    public void Softmax_and_cross_entropy(int n)
    {
        float[] logits = Given.Values(n, 1);
        for (int i = 0; i < n; i++)
            logits[i] = (logits[i] * 20) + 300;
        if (n > 4)
            logits[3] = float.NegativeInfinity;
        double total = 0;
        foreach (float x in logits)
            total += Math.Exp(x - 300.0);
        float[] softmax = (float[])logits.Clone(), logs = (float[])logits.Clone(), gradient = (float[])logits.Clone();
        RowSoftmax.Softmax(softmax);
        RowSoftmax.LogSoftmax(logs);
        double loss = RowSoftmax.CrossEntropyInPlace(gradient, n / 2, 0.25f);
        Assert.Equal(300 + Math.Log(total), RowSoftmax.LogSumExp(logits), 1e-4);
        Assert.Equal(300 + Math.Log(total) - logits[n / 2], loss, 1e-4);
        for (int i = 0; i < n; i++)
        {
            double p = Math.Exp(logits[i] - 300.0) / total;
            Assert.Equal(p, softmax[i], 4e-6 * p);
            Assert.Equal((p - (i == n / 2 ? 1 : 0)) * 0.25, gradient[i], 1e-6);
            if (p > 0)
                Assert.Equal(Math.Log(p), logs[i], 1e-4);
            else
                Assert.Equal(float.NegativeInfinity, logs[i]);
        }

        if (n > 4)
            Assert.Equal(0f, softmax[3]);
    }

    [Fact]
    public void Cross_entropy_of_a_target_outside_the_row_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RowSoftmax.CrossEntropyInPlace(new float[3], 3, 1));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(515)]
    public void Lstm_gates_forward_and_backward(int units)
    {
        float[] raw = Given.Values(4 * units, 1), cPrevious = Given.Values(units, 2), gradH = Given.Values(units, 3), gradC = Given.Values(units, 4);
        float[] gates = (float[])raw.Clone(), c = new float[units], tanhC = new float[units], h = new float[units];
        LstmGates.Forward(gates, cPrevious, c, tanhC, h);
        float[] before = (float[])gradC.Clone(), gradGates = new float[4 * units];
        LstmGates.Backward(gates, cPrevious, tanhC, gradH, gradC, gradGates);
        for (int u = 0; u < units; u++)
        {
            double i = Sigmoid(raw[u]), f = Sigmoid(raw[units + u]), g = Math.Tanh(raw[(2 * units) + u]), o = Sigmoid(raw[(3 * units) + u]);
            double cell = (f * cPrevious[u]) + (i * g), t = Math.Tanh(cell);
            Assert.Equal(cell, c[u], 1e-6);
            Assert.Equal(t, tanhC[u], 1e-6);
            Assert.Equal(o * t, h[u], 1e-6);
            double dc = before[u] + (gradH[u] * o * (1 - (t * t)));
            Assert.Equal(dc * g * i * (1 - i), gradGates[u], 1e-6);
            Assert.Equal(dc * cPrevious[u] * f * (1 - f), gradGates[units + u], 1e-6);
            Assert.Equal(dc * i * (1 - (g * g)), gradGates[(2 * units) + u], 1e-6);
            Assert.Equal(gradH[u] * t * o * (1 - o), gradGates[(3 * units) + u], 1e-6);
            Assert.Equal(dc * f, gradC[u], 1e-6);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(67)]
    [InlineData(512)]
    public void Layer_norm_forward_and_backward(int n)
    {
        float[] x = Given.Values(n, 1), gain = Given.Values(n, 2), bias = Given.Values(n, 3), gradY = Given.Values(n, 4), y = new float[n];
        (float mean, float inverse) = LayerNormKernel.Forward(x, gain, bias, 1e-3f, y);
        float[] gradX = new float[n], gradGain = new float[n], gradBias = new float[n];
        LayerNormKernel.Backward(x, gain, mean, inverse, gradY, gradX, gradGain, gradBias);
        double[] centered = Normalise(x);
        for (int i = 0; i < n; i++)
        {
            Assert.Equal((centered[i] * gain[i]) + bias[i], y[i], 1e-4);
            Assert.Equal(gradY[i] * centered[i], gradGain[i], 1e-4);
            Assert.Equal(gradY[i], gradBias[i]);
            // Central difference of Σ gy · y.
            double derivative = (Loss(x, gain, gradY, i, 1e-4) - Loss(x, gain, gradY, i, -1e-4)) / 2e-4;
            Assert.Equal(derivative, gradX[i], 2e-3 * (1 + Math.Abs(derivative)));
        }
    }

    [Fact]
    public void Adam_follows_its_formula()
    {
        const int N = 100_003;
        float[] w = Given.Values(N, 1), g = Given.Values(N, 2), m = Given.Values(N, 3), v = Given.Values(N, 4);
        for (int i = 0; i < N; i++)
            v[i] = MathF.Abs(v[i]);
        double[] expected = new double[N];
        for (int i = 0; i < N; i++)
        {
            double gradient = g[i], first = (0.9 * m[i]) + (0.1 * gradient), second = (0.999 * v[i]) + (0.001 * gradient * gradient);
            expected[i] = w[i] - (0.01 * 0.1 * w[i]) - (0.01 * (first / 0.19) / (Math.Sqrt(second / 0.002) + 1e-8));
        }

        ParameterUpdate.Run(AdamRule.Of(0.01f, 0.9f, 0.999f, 1e-8f, 0.1f, 0.19f, 0.002f), w, g, m, v, default, 0, 0, Team.Shared);
        for (int i = 0; i < N; i++)
            Assert.Equal(expected[i], w[i], 1e-5 * (1 + Math.Abs(expected[i])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(67)]
    [InlineData(10_000)]
    public void Losses_of_pairs_are_summed_and_derived(int length)
    {
        float[] x = Given.Values(length, 1), t = Given.Values(length, 2), w = Given.Values(length, 3), g = Given.Values(length, 4), gt = new float[length], before = (float[])g.Clone();
        double sum = 0;
        for (int i = 0; i < length; i++) sum += (double)w[i] * (x[i] - t[i]) * (x[i] - t[i]);
        Assert.Equal(sum, PairLosses.Sum(default(WeightedSquareLoss), x, t, w), 1e-5 * (1 + Math.Abs(sum)));
        PairLosses.Slopes(default(WeightedSquareLoss), x, t, w, 0.5f, g, accumulate: true, Team.Shared);
        PairLosses.TargetSlopes(default(WeightedSquareLoss), x, t, [3f], 0.5f, gt, accumulate: false, Team.Shared);
        for (int i = 0; i < length; i++)
        {
            Assert.Equal(before[i] + (w[i] * (x[i] - t[i])), g[i], 1e-5);
            Assert.Equal(3 * (t[i] - x[i]), gt[i], 1e-5);
        }
    }

    [Fact]
    public void Sums_of_probabilities_stay_logarithms()
    {
        const float None = float.NegativeInfinity;
        float[] x = [None, None, -1, -700, None, None, None, -800, -801], y = new float[7];
        LogSums.OfThree(x, 2, -1, [0, 0, None, 0, 0, 0, None], new float[7], y);
        double[] expected = [-1, -1, -700, -700, None, -800, -800 + Math.Log(1 + Math.Exp(-1))];
        for (int i = 0; i < 7; i++) Assert.Equal(expected[i], y[i], 1e-4);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(9, 7)]
    [InlineData(33, 515)]
    public void Gemv_agrees_with_the_reference(int rows, int columns)
    {
        float[] w = Given.Values(rows * columns, 1), x = Given.Values(columns, 2), y = Given.Values(rows, 3), before = (float[])y.Clone();
        Gemv.Multiply(rows, columns, w, x, y, accumulate: true);
        for (int i = 0; i < rows; i++)
        {
            double sum = before[i];
            for (int j = 0; j < columns; j++)
                sum += (double)w[(i * columns) + j] * x[j];
            Assert.Equal(sum, y[i], 1e-4);
        }
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double[] Normalise(float[] x, int moved = 0, double by = 0)
    {
        double[] values = Array.ConvertAll(x, v => (double)v);
        values[moved] += by;
        double mean = values.Average(), variance = values.Select(v => (v - mean) * (v - mean)).Average();
        return Array.ConvertAll(values, v => (v - mean) / Math.Sqrt(variance + 1e-3));
    }

    private static double Loss(float[] x, float[] gain, float[] gradY, int moved, double by)
    {
        double[] normal = Normalise(x, moved, by);
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += gradY[i] * gain[i] * normal[i];
        return sum;
    }
}
