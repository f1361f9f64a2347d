namespace Inkling.Language.Tests.Classification;

public sealed class TemperatureScalingTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(3)]
    public void Scores_that_were_multiplied_are_divided_again(double factor)
    {
        // Half of the scores are ±1 and right with the probability that a softmax of them says: 1 / (1 + e^-2).
        Random random = new(1);
        float[] scores = new float[40_000];
        int[] classes = new int[20_000];
        double right = 1 / (1 + Math.Exp(-2));
        for (int i = 0; i < classes.Length; i++)
        {
            int said = random.Next(2);
            scores[(2 * i) + said] = (float)factor;
            scores[(2 * i) + 1 - said] = -(float)factor;
            classes[i] = random.NextDouble() < right ? said : 1 - said;
        }

        Assert.Equal(factor, TemperatureScaling.Fit(scores, classes), 0.05 * factor);
    }

    [Fact]
    public void It_is_the_minimum_and_stays_in_its_range()
    {
        Assert.Equal(0.05, TemperatureScaling.Fit([1, 0, 0, 1], [0, 1]), 1e-3);   // always right: as cold as may be
        Assert.Equal(20, TemperatureScaling.Fit([1, 0, 0, 1], [1, 0]), 1e-2);     // always wrong: as hot as may be
        Assert.Throws<ArgumentException>(() => TemperatureScaling.Fit([], []));
        Assert.Throws<ArgumentException>(() => TemperatureScaling.Fit([1, 0, 0], [0, 1]));
        Assert.Throws<ArgumentException>(() => TemperatureScaling.Fit([1, 0], [2]));
    }
}
