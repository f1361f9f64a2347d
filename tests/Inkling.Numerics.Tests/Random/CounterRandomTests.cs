namespace Inkling.Numerics.Tests;

public sealed class CounterRandomTests
{
    [Fact]
    public void Uniform_numbers_have_the_moments_of_their_distribution()
    {
        var y = new float[1_000_000];
        CounterRandom.Fill(y, 1, 2);
        Assert.InRange(y.Average(), 0.499, 0.501);
        Assert.InRange(y.Select(v => (v - 0.5) * (v - 0.5)).Average(), 0.0830, 0.0837);
        Assert.DoesNotContain(y, v => v is < 0f or >= 1f);
        Assert.Equal(y[77], CounterRandom.Uniform(1, 2, 77));
    }

    [Fact]
    public void Gaussian_numbers_have_the_moments_of_their_distribution()
    {
        var y = new float[1_000_001];
        CounterRandom.FillGaussian(y, 1, 2, 3, 2);
        Assert.InRange(y.Average(), 2.99, 3.01);
        Assert.InRange(y.Select(v => (v - 3.0) * (v - 3)).Average(), 3.97, 4.03);
        Assert.InRange(y.Count(v => Math.Abs(v - 3) > 4) / 1e6, 0.0445, 0.0465);
    }

    [Fact]
    public void Neighbouring_counters_streams_and_seeds_differ_in_half_of_the_bits()
    {
        double counters = 0, streams = 0, seeds = 0;
        for (ulong i = 0; i < 10_000; i++)
        {
            counters += ulong.PopCount(CounterRandom.Bits(1, 2, i) ^ CounterRandom.Bits(1, 2, i + 1));
            streams += ulong.PopCount(CounterRandom.Bits(1, i, 7) ^ CounterRandom.Bits(1, i + 1, 7));
            seeds += ulong.PopCount(CounterRandom.Bits(i, 2, 7) ^ CounterRandom.Bits(i + 1, 2, 7));
        }

        Assert.All(new[] { counters, streams, seeds }, total => Assert.InRange(total / 10_000, 31.8, 32.2));
    }

    [Fact]
    public void A_dropout_mask_is_the_same_however_much_of_it_is_asked_for()
    {
        var mask = new float[1000];
        CounterRandom.FillDropoutMask(mask, 5, 6, 0.3f);
        for (int n = 0; n < 70; n++)
        {
            var part = new float[n];
            CounterRandom.FillDropoutMask(part, 5, 6, 0.3f);
            Assert.Equal(mask[..n], part);
        }

        Assert.All(mask, v => Assert.True(v == 0 || v == 1 / 0.7f));
        var large = new float[1_000_000];
        CounterRandom.FillDropoutMask(large, 5, 7, 0.3f);
        Assert.InRange(large.Count(v => v == 0) / 1e6, 0.298, 0.302);
        CounterRandom.FillDropoutMask(mask, 5, 6, 0f);
        Assert.All(mask, v => Assert.Equal(1f, v));
    }
}
