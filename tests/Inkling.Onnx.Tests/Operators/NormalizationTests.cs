namespace Inkling.Onnx.Tests.Operators;

/// <summary>Normalisations against their formulas in double precision.</summary>
public sealed class NormalizationTests
{
    private static readonly OnnxValue<float> s_x = Op.Random(new Random(5), 2, 4, 3, 2);   // [N, C, H, W]

    [Fact]
    public void Batches_are_normalised_by_given_statistics_or_by_their_own()
    {
        OnnxValue<float> scale = Op.Floats([4], 1, 2, -1, 0.5f), bias = Op.Floats([4], 0, 1, 2, 3), mean = Op.Floats([4], 0.1f, 0.2f, 0.3f, 0.4f), variance = Op.Floats([4], 1, 2, 3, 4);
        OnnxValue y = Op.Run("BatchNormalization", 15, [s_x, scale, bias, mean, variance], ("epsilon", 0.5f));
        Close((x, c, _) => ((x - mean.Data[c]) / Math.Sqrt(variance.Data[c] + 0.5) * scale.Data[c]) + bias.Data[c], y);

        OnnxValue[] trained = Op.All("BatchNormalization", [s_x, scale, bias, mean, variance], 3, 15, ("training_mode", 1), ("momentum", 0.75f));
        (double Mean, double Variance)[] own = [.. Enumerable.Range(0, 4).Select(c => Moments(i => i / 6 % 4 == c))];
        Close((x, c, _) => ((x - own[c].Mean) / Math.Sqrt(own[c].Variance + 1e-5) * scale.Data[c]) + bias.Data[c], trained[0]);
        Assert.Equal((0.75 * 0.2) + (0.25 * own[1].Mean), trained[1].Values<float>()[1], 1e-6);
        Assert.Equal((0.75 * 2) + (0.25 * own[1].Variance), trained[2].Values<float>()[1], 1e-6);
    }

    [Fact]
    public void Instances_groups_and_layers_are_normalised_by_their_own_statistics()
    {
        OnnxValue<float> scale = Op.Floats([4], 1, 2, -1, 0.5f), bias = Op.Floats([4], 0, 1, 2, 3);
        Close((x, c, i) => Normal(x, Moments(j => j / 6 == i / 6), scale.Data[c], bias.Data[c]), Op.Run("InstanceNormalization", [s_x, scale, bias]));
        Close((x, c, i) => Normal(x, Moments(j => j / 12 == i / 12), scale.Data[c], bias.Data[c]), Op.Run("GroupNormalization", 21, [s_x, scale, bias], ("num_groups", 2)));
        Close((x, c, i) => Normal(x, Moments(j => j / 12 == i / 12), scale.Data[c / 2], bias.Data[c / 2]), Op.Run("GroupNormalization", 18, [s_x, Op.Floats([2], 1, 2), Op.Floats([2], 0, 1)], ("num_groups", 2)));

        OnnxValue<float> weights = Op.Floats([3, 2], 1, 2, 3, 4, 5, 6);
        OnnxValue[] layer = Op.All("LayerNormalization", [s_x, weights, Op.Floats([2], 1, -1)], 3, 17, ("axis", -2));
        Close((x, _, i) => Normal(x, Moments(j => j / 6 == i / 6), weights.Data[i % 6], i % 2 == 0 ? 1 : -1), layer[0]);
        Assert.Equal([2, 4, 1, 1], layer[1].Shape);
        Assert.Equal(Moments(j => j / 6 == 3).Mean, layer[1].Values<float>()[3], 1e-6);
        Assert.Equal(1 / Math.Sqrt(Moments(j => j / 6 == 3).Variance + 1e-5), layer[2].Values<float>()[3], 1e-4);

        Close((x, _, i) => x / Math.Sqrt(s_x.Data.Where((_, j) => j / 2 == i / 2).Average(v => v * v) + 1e-5) * (i % 2 == 0 ? 2 : 3), Op.Run("RMSNormalization", [s_x, Op.Floats([2], 2, 3)]));
        Close((x, c, _) => Moments(j => j / 6 % 4 == c) is var (mean, variance) ? (x - mean) / Math.Sqrt(variance) : 0, Op.Run("MeanVarianceNormalization", [s_x]));
    }

    [Fact]
    public void Neighbouring_channels_damp_each_other()
    {
        double Squares(int i, int first, int last) => Enumerable.Range(0, s_x.Length).Where(j => j / 24 == i / 24 && j % 6 == i % 6 && j / 6 % 4 >= first && j / 6 % 4 <= last).Sum(j => s_x.Data[j] * (double)s_x.Data[j]);

        Close((x, c, i) => x / Math.Pow(2 + (0.3 / 3 * Squares(i, c - 1, c + 1)), 0.6), Op.Run("LRN", [s_x], ("size", 3), ("alpha", 0.3f), ("beta", 0.6f), ("bias", 2f)));
        Close((x, c, i) => x / Math.Pow(1 + (1e-4 / 2 * Squares(i, c, c + 1)), 0.75), Op.Run("LRN", [s_x], ("size", 2)));
    }

    [Fact]
    public void Norms_become_one_and_zeros_stay()
    {
        OnnxValue x = Op.Floats([3, 2], 3, 4, 0, 0, -1, 1);

        Assert.Equal([0.6f, 0.8f, 0, 0], Op.Run("LpNormalization", [x]).Values<float>()[..4].ToArray(), (a, b) => MathF.Abs(a - b) < 1e-6f);
        Assert.Equal([-0.5f, 0.5f], Op.Run("LpNormalization", [x], ("p", 1)).Values<float>()[4..].ToArray());
    }

    [Fact]
    public void Statistics_of_the_wrong_length_are_told() =>
        Assert.Contains("input 1 has 3 elements where there are 4 channels", Assert.Throws<OnnxException>(() => Op.Run("BatchNormalization", [s_x, .. Enumerable.Repeat(Op.Floats([3], 1, 1, 1), 4)])).Message, StringComparison.Ordinal);

    private static double Normal(double x, (double Mean, double Variance) moments, double scale, double bias) => ((x - moments.Mean) / Math.Sqrt(moments.Variance + 1e-5) * scale) + bias;

    private static (double Mean, double Variance) Moments(Func<int, bool> belongs)
    {
        double[] row = [.. s_x.Data.Where((_, i) => belongs(i)).Select(value => (double)value)];
        return (row.Average(), row.Average(value => (value - row.Average()) * (value - row.Average())));
    }

    /// <summary>Compares with a formula of an element, its channel and its position.</summary>
    private static void Close(Func<double, int, int, double> formula, OnnxValue actual)
    {
        float[] values = actual.Values<float>().ToArray();
        for (int i = 0; i < values.Length; i++)
            Assert.Equal(formula(s_x.Data[i], i / 6 % 4, i), values[i], 1e-4);
    }
}
