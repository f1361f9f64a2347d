using Inkling.Nn;

namespace Inkling.Tests;

/// <summary>Optimizers against the textbook loop in double.</summary>
public sealed class OptimizerTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    public void AdamW_follows_its_algorithm(double decay)
    {
        (ParameterSet set, Parameter matrix, Parameter bias) = Set();
        AdamW adam = new(set) { LearningRate = 0.01f, WeightDecay = (float)decay };
        double[] w = [.. matrix.Values.ToArray().Concat(bias.Values.ToArray()).Select(v => (double)v)], m = new double[w.Length], v = new double[w.Length];
        for (int t = 1; t <= 20; t++)
        {
            for (int i = 0; i < w.Length; i++)
            {
                double g = Math.Sin((i * 3) + t);
                (i < 15 ? matrix.Gradients : bias.Gradients)[i < 15 ? i : i - 15] = (float)g;
                m[i] = (0.9 * m[i]) + (0.1 * g);
                v[i] = (0.999 * v[i]) + (0.001 * g * g);
                double mHat = m[i] / (1 - Math.Pow(0.9, t)), vHat = v[i] / (1 - Math.Pow(0.999, t));
                w[i] -= 0.01 * ((mHat / (Math.Sqrt(vHat) + 1e-8)) + (i < 15 ? decay * w[i] : 0));
            }

            adam.Step();
        }

        float[] actual = [.. matrix.Values, .. bias.Values];
        for (int i = 0; i < w.Length; i++) Assert.Equal(w[i], actual[i], 2e-5);
        Assert.True(set.GradientsConsumed);
    }

    [Fact]
    public void Sgd_with_momentum_follows_its_algorithm()
    {
        (ParameterSet set, Parameter matrix, _) = Set();
        Sgd sgd = new(set, 0.1, momentum: 0.9);
        double w = matrix.Values[3], velocity = 0;
        for (int t = 0; t < 10; t++)
        {
            matrix.Gradients[3] = t - 4;
            velocity = (0.9 * velocity) + (t - 4);
            w -= 0.1 * velocity;
            sgd.Step();
        }

        Assert.Equal(w, matrix.Values[3], 1e-4);
    }

    [Fact]
    public void Frozen_parameters_stay()
    {
        (ParameterSet set, Parameter matrix, Parameter bias) = Set();
        matrix.Trainable = false;
        float[] before = matrix.Values.ToArray();
        set.Gradients.Fill(1);
        new Adam(set).Step();
        Assert.Equal(before, matrix.Values.ToArray());
        Assert.All(bias.Values.ToArray(), v => Assert.NotEqual(0, v));
    }

    [Fact]
    public void Clipping_scales_to_the_norm_and_reports_what_it_was()
    {
        (ParameterSet set, Parameter matrix, Parameter bias) = Set();
        matrix.Gradients.Clear();
        bias.Gradients.Clear();
        matrix.Gradients[0] = 3;
        bias.Gradients[1] = 4;
        Assert.Equal(5f, GradientClipping.ClipByGlobalNorm(set, 10));
        Assert.Equal(3f, matrix.Gradients[0]);
        Assert.Equal(5f, GradientClipping.ClipByGlobalNorm(set, 1));
        Assert.Equal(0.6f, matrix.Gradients[0], 1e-6f);
        Assert.Equal(0.8f, bias.Gradients[1], 1e-6f);
        matrix.Gradients[0] = float.NaN;
        Assert.True(float.IsNaN(GradientClipping.ClipByGlobalNorm(set, 1)));
    }

    [Fact]
    public void Cosine_warms_up_and_falls_to_its_floor()
    {
        CosineSchedule schedule = new(100, Warmup: 10, Floor: 0.1);
        Assert.Equal(0.1, schedule.FactorAt(0), 1e-12);
        Assert.Equal(1.0, schedule.FactorAt(9), 1e-12);
        Assert.Equal(0.55, schedule.FactorAt(55), 1e-12);
        Assert.Equal(0.1, schedule.FactorAt(100), 1e-12);
        Assert.Equal(0.1, schedule.FactorAt(1000), 1e-12);
    }

    [Fact]
    public void Plateau_lowers_the_rate_when_nothing_improves()
    {
        PlateauSchedule schedule = new() { Patience = 2 };
        Assert.False(schedule.Report(1));
        Assert.False(schedule.Report(1));
        Assert.True(schedule.Report(1.1));
        Assert.Equal(0.5, schedule.FactorAt(0));
        Assert.False(schedule.Report(0.5));
        Assert.Equal(0.5, schedule.FactorAt(5));
    }

    private static (ParameterSet Set, Parameter Matrix, Parameter Bias) Set()
    {
        Parameter matrix = new("matrix", [3, 5], (p, _) =>
        {
            for (int i = 0; i < p.Values.Length; i++) p.Values[i] = 0.1f * i;
        });
        Parameter bias = new("bias", [4]) { Decays = false };
        ParameterSet set = new([matrix, bias]);
        set.InitializeAll(1);
        return (set, matrix, bias);
    }
}
