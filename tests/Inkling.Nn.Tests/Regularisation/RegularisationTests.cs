using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Tests;

/// <summary>Averages of weights and constraints on them.</summary>
public sealed class RegularisationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_moving_average_follows_its_formula(bool warmup)
    {
        Sequential model = new Sequential(new Linear(3, 4)).Build(1);
        Span<float> w = model.Parameters.Values;
        ExponentialMovingAverage average = new(model.Parameters, 0.9, warmup);
        double expected = w[2];
        for (int t = 1; t <= 20; t++)
        {
            for (int i = 0; i < w.Length; i++) w[i] += MathF.Sin(i + t);
            average.Update();
            double decay = warmup ? Math.Min(0.9, (1.0 + t) / (10 + t)) : 0.9;
            expected = (decay * expected) + ((1 - decay) * w[2]);
        }

        Assert.Equal(expected, average.State[2], 1e-5);
        Assert.Equal(20, average.Updates);
    }

    [Fact]
    public void An_average_stands_in_for_the_weights_and_gives_them_back()
    {
        Sequential model = new Sequential(new Linear(3, 4)).Build(1);
        ExponentialMovingAverage average = new(model.Parameters, 0.5);
        float[] first = model.Parameters.Values.ToArray();
        model.Parameters.Values.Fill(2);
        average.Update();
        using (average.InPlace())
        {
            Assert.Equal((first[0] + 2) / 2, model.Parameters.Values[0], 1e-6f);
            Assert.True(average.IsInPlace);
            Assert.Throws<InvalidOperationException>(average.Update);
            Assert.Throws<InvalidOperationException>(() => average.InPlace());
        }

        Assert.All(model.Parameters.Values.ToArray(), w => Assert.Equal(2, w));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialMovingAverage(model.Parameters, 1));
    }

    [Fact]
    public void Averages_and_swaps_agree_in_every_bit_on_two_threads_and_allocate_nothing()
    {
        using Team two = new(2);
        float[] Run(Team team)
        {
            Sequential model = new Sequential(new Linear(300, 300)).Build(4);
            ExponentialMovingAverage average = new(model.Parameters, 0.97) { Team = team };
            for (int t = 0; t < 4; t++)
            {
                Elementwise.Scale(model.Parameters.Values, 1.3f);
                average.Update();
                average.Swap();
                average.Swap();
            }

            average.Swap();
            float[] after = model.Parameters.Values.ToArray();
            average.Swap();
            Allocation.AssertNone(() =>
            {
                average.Update();
                average.Swap();
                average.Swap();
            });
            return after;
        }

        Assert.Equal(Run(Team.Single), Run(two));
    }

    [Fact]
    public void Max_norm_scales_units_that_are_too_long_and_no_others()
    {
        Sequential model = new Sequential(new Linear(2, 3)).Build(1);
        Parameter weight = model.Parameters["0.weight"], bias = model.Parameters["0.bias"];
        ((float[])[3, 4, 0.3f, 0.4f, 0, 0]).CopyTo(weight.Values);
        bias.Values.Fill(100);
        MaxNorm maxNorm = new(model.Parameters, 2);
        Assert.Equal(1, maxNorm.Apply());
        float[] expected = [1.2f, 1.6f, 0.3f, 0.4f, 0, 0];
        for (int i = 0; i < 6; i++) Assert.Equal(expected[i], weight.Values[i], 1e-6f);
        Assert.Equal(100, bias.Values[0]);
        Allocation.AssertNone(() => maxNorm.Apply());
        Assert.Equal(0, maxNorm.Apply());
        Assert.Throws<ArgumentException>(() => new MaxNorm(1, bias));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaxNorm(model.Parameters, 0));
    }
}
