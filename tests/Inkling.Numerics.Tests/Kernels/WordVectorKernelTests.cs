namespace Inkling.Numerics.Tests;

/// <summary>The steps of word vectors against their formulas in double, and every width against the others.</summary>
public sealed unsafe class WordVectorKernelTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 6)]
    [InlineData(100, 5)]
    [InlineData(37, 12)]
    public void A_step_of_negative_sampling(int width, int count)
    {
        int stride = NegativeSampling.Stride(width);
        float[] x = Table(9, width, stride, 1), y = Table(9, width, stride, 2), before = (float[])y.Clone();
        int[] inputs = [.. Enumerable.Range(0, count).Select(i => (i * 5) % 9)], outputs = [3, 1, 4, 8, 5, 0, 2, 6, 7, 0, 0, 0], targets = [1, 0, 0, 0, 0, -1, 1, 0, 0, -1, -1, -1];
        float[] changes = new float[count * stride], errors = new float[count * outputs.Length];
        Array.Fill(changes, 9);
        NegativeSampling.Step(x, inputs, y, outputs, targets, stride, 0.1f, changes, errors);

        double[,] e = new double[count, outputs.Length];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < outputs.Length; j++)
            {
                double score = 0;
                for (int k = 0; k < width; k++) score += (double)x[(inputs[i] * stride) + k] * before[(outputs[j] * stride) + k];
                e[i, j] = targets[j] < 0 ? 0 : 0.1 * (targets[j] - (1 / (1 + Math.Exp(-score))));
            }

            for (int k = 0; k < stride; k++)
                Assert.Equal(Enumerable.Range(0, outputs.Length).Sum(j => e[i, j] * before[(outputs[j] * stride) + k]), changes[(i * stride) + k], 2e-6);
        }

        for (int row = 0; row < 9; row++)
        {
            int j = Array.IndexOf(outputs, row);
            for (int k = 0; k < stride; k++)
                Assert.Equal(before[(row * stride) + k] + Enumerable.Range(0, count).Sum(i => e[i, j] * x[(inputs[i] * stride) + k]), y[(row * stride) + k], 2e-6);
        }
    }

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        float[] first = Sampled<Lane512>();
        Assert.Equal(first, Sampled<Lane256>());
        if (!Lanes.HasFusedMultiplyAdd)
            return;
        Assert.Equal(first, Sampled<Lane128>());
        Assert.Equal(first, Sampled<ScalarLane>());
        float[] steps = Counted<Lane512>();
        Assert.Equal(steps, Counted<Lane256>());
        Assert.Equal(steps, Counted<Lane128>());
        Assert.Equal(steps, Counted<ScalarLane>());
    }

    [Fact]
    public void Rows_are_summed_and_added_also_twice_the_same()
    {
        float[] table = Table(4, 5, 16, 3), sum = new float[16], before = (float[])table.Clone();
        RowTables.Sum(table, [2, 0, 2], 16, 0.5f, sum);
        for (int k = 0; k < 16; k++) Assert.Equal(0.5 * ((2.0 * table[32 + k]) + table[k]), sum[k], 1e-6);
        float[] changes = [.. Enumerable.Range(0, 48).Select(i => (float)i)];
        RowTables.Add(changes, table, [1, 3, 1], 16);
        for (int k = 0; k < 16; k++)
        {
            Assert.Equal(before[16 + k] + k + (32 + k), table[16 + k], 1e-4);
            Assert.Equal(before[48 + k] + 16 + k, table[48 + k], 1e-4);
            Assert.Equal(before[k], table[k]);
        }

        table = (float[])before.Clone();
        RowTables.Add(changes.AsSpan(0, 16), table, [0, 2], 16);
        for (int k = 0; k < 16; k++) Assert.Equal(before[32 + k] + k, table[32 + k], 1e-5);
    }

    [Fact]
    public void Steps_of_GloVe_follow_the_formula_and_keep_the_ones()
    {
        const int Width = 5, Stride = 16;
        float[] w = Ones(Table(3, Width + 2, Stride, 4), Width + 1), c = Ones(Table(3, Width + 2, Stride, 5), Width), s = new float[48], t = new float[48];
        Array.Fill(s, 1);
        Array.Fill(t, 1);
        float[] w0 = (float[])w.Clone(), c0 = (float[])c.Clone();
        double cost = CooccurrenceStep.Run(w, s, c, t, [2], [1], [0.7f], [0.4f], Width, Stride, 0.05f);
        double d = w0[(2 * Stride) + Width] + c0[Stride + Width + 1] - 0.7;
        for (int k = 0; k < Width; k++) d += (double)w0[(2 * Stride) + k] * c0[Stride + k];
        Assert.Equal(0.5 * 0.4 * d * d, cost, 1e-6);
        for (int k = 0; k <= Width; k++)
        {
            double g = 0.05 * 0.4 * d * (k < Width ? c0[Stride + k] : 1);
            Assert.Equal(w0[(2 * Stride) + k] - g, w[(2 * Stride) + k], 1e-6);
            Assert.Equal(1 + (g * g), s[(2 * Stride) + k], 1e-6);
        }

        Assert.Equal(c0[Stride + Width + 1] - (0.05 * 0.4 * d), c[Stride + Width + 1], 1e-6);
        Assert.Equal((1f, 1f), (w[(2 * Stride) + Width + 1], c[Stride + Width]));
        Assert.Equal(w0.AsSpan(0, 32).ToArray(), w.AsSpan(0, 32).ToArray());
    }

    [Fact]
    public void Rows_outside_a_table_are_refused()
    {
        float[] table = new float[32], scratch = new float[96];
        Assert.Throws<ArgumentException>(() => NegativeSampling.Step(table, [2], table, [0, 0, 0, 0, 0, 0], new int[6], 16, 1, scratch, scratch));
        Assert.Throws<ArgumentException>(() => NegativeSampling.Step(table, [0], table, [0, 0, 0, 0, 0, -1], new int[6], 16, 1, scratch, scratch));
        Assert.Throws<ArgumentException>(() => NegativeSampling.Step(table, [0], table, [0, 0, 0], new int[3], 16, 1, scratch, scratch));
        Assert.Throws<ArgumentException>(() => RowTables.Add(scratch, table, [5], 16));
    }

    private static float[] Sampled<V>()
        where V : struct, ILane<V>
    {
        float[] x = Table(9, 50, 64, 1), y = Table(9, 50, 64, 2), changes = new float[3 * 64], errors = new float[18];
        int[] inputs = [1, 2, 1], outputs = [3, 1, 4, 8, 5, 0], targets = [1, 0, 0, 0, 0, -1];
        fixed (float* px = x, py = y, pc = changes, pe = errors)
        fixed (int* pi = inputs, po = outputs, pt = targets)
            new NegativeSampling.Kernel(px, pi, 3, py, po, 6, pt, 64, 0.1f, pc, pe).Run<V>();
        return [.. y, .. changes, .. errors];
    }

    private static float[] Counted<V>()
        where V : struct, ILane<V>
    {
        float[] w = Table(3, 12, 16, 4), c = Table(3, 12, 16, 5), s = new float[48], t = new float[48], logs = [0.3f, -2, 1], weights = [1, 0.2f, 0.7f];
        Array.Fill(s, 1);
        Array.Fill(t, 1);
        int[] rows = [0, 2, 0], columns = [1, 1, 2];
        fixed (float* pw = w, pc = c, ps = s, pt = t, pl = logs, pf = weights)
        fixed (int* pr = rows, pn = columns)
            new CooccurrenceStep.Kernel(pw, ps, pc, pt, pr, pn, pl, pf, 3, 10, 16, 0.05f).Run<V>();
        return [.. w, .. c, .. s, .. t];
    }

    private static float[] Table(int rows, int width, int stride, int seed)
    {
        float[] values = Given.Values(rows * width, seed), table = new float[rows * stride];
        for (int row = 0; row < rows; row++) values.AsSpan(row * width, width).CopyTo(table.AsSpan(row * stride));
        return table;
    }

    private static float[] Ones(float[] table, int at)
    {
        for (int row = 0; row < 3; row++) table[(row * 16) + at] = 1;
        return table;
    }
}
