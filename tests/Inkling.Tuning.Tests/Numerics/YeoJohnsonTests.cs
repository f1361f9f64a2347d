namespace Inkling.Tuning.Tests;

public sealed class YeoJohnsonTests
{
    // By hand from the definition, for the five cases it has.
    [Theory]
    [InlineData(1.5, 1, 1.5)]
    [InlineData(-2.5, 1, -2.5)]
    [InlineData(1, 0.5, 0.8284271247461903)]
    [InlineData(3, 2, 7.5)]
    [InlineData(1, 0, 0.6931471805599453)]
    [InlineData(-1, 0.5, -1.2189514164974602)]
    [InlineData(-3, 0, -7.5)]
    [InlineData(-1, 2, -0.6931471805599453)]
    [InlineData(-1, 3, -0.5)]
    [InlineData(0, 1.7, 0)]
    public void Values_are_those_of_the_definition(double y, double power, double expected) => Assert.Equal(expected, YeoJohnson.Value(y, power), 12);

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1e-6)]
    [InlineData(1)]
    [InlineData(1.999999)]
    [InlineData(3)]
    public void It_rises_everywhere_and_its_slope_by_the_power_is_that_of_differences(double power)
    {
        double before = double.NegativeInfinity;
        for (double y = -6; y <= 6; y += 0.25)
        {
            double value = YeoJohnson.Value(y, power, out double byPower);
            Assert.True(value > before);
            Assert.InRange(byPower - (YeoJohnson.Value(y, power + 1e-5) - YeoJohnson.Value(y, power - 1e-5)) / 2e-5, -1e-5 * (1 + Math.Abs(byPower)), 1e-5 * (1 + Math.Abs(byPower)));
            before = value;
        }
    }

    [Fact]
    public void What_is_standardised_keeps_its_order_and_knows_its_determinant()
    {
        double[] values = [-1.9, -0.4, 0.1, 0.3, 0.7, 1.2], result = new double[6], byPower = new double[6], up = new double[6], down = new double[6];
        (double logDeterminant, double slope) = YeoJohnson.Standardize(values, 1.7, result, byPower);
        Assert.Equal(0, result.Average(), 12);
        Assert.Equal(1, result.Average(value => value * value), 12);
        Assert.Equal(result.Order(), result);
        double above = YeoJohnson.Standardize(values, 1.7 + 1e-6, up, new double[6]).LogDeterminant, below = YeoJohnson.Standardize(values, 1.7 - 1e-6, down, new double[6]).LogDeterminant;
        Assert.Equal((above - below) / 2e-6, slope, 6);
        for (int i = 0; i < 6; i++)
            Assert.Equal((up[i] - down[i]) / 2e-6, byPower[i], 6);

        // Slopes of the transformation at each value, over the deviation.
        double deviation = Math.Sqrt(values.Select(y => YeoJohnson.Value(y, 1.7)).ToArray() is var raw ? raw.Average(v => v * v) - raw.Average() * raw.Average() : 0);
        double expected = values.Sum(y => Math.Log((YeoJohnson.Value(y + 1e-6, 1.7) - YeoJohnson.Value(y - 1e-6, 1.7)) / 2e-6 / deviation));
        Assert.Equal(expected, logDeterminant, 6);
    }

    [Fact]
    public void Values_that_are_all_alike_stay_finite()
    {
        double[] result = new double[3], byPower = new double[3];
        YeoJohnson.Standardize([0, 0, 0], 1.5, result, byPower);
        Assert.All(result.Concat(byPower), value => Assert.Equal(0, value));
    }
}
