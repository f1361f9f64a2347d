namespace Inkling.Tuning.Tests;

public sealed class InteriorBeliefTests
{
    private static readonly bool[] Ordered = [true, false, true];

    [Fact]
    public void It_is_highest_in_the_middle_possible_at_the_ends_and_says_nothing_of_choices()
    {
        var belief = new InteriorBelief(Ordered, 10);
        Assert.Equal(2 * Math.Log(0.01 + 0.99 * 1.5), belief.Log([0.5, 3, 0.5]), 12);
        Assert.Equal(2 * Math.Log(0.01), belief.Log([0, 3, 1]), 12);
        Assert.Equal(belief.Log([0.2, 0, 0.7]), belief.Log([0.8, 5, 0.3]), 12);
    }

    [Fact]
    public void It_fades_while_trials_are_gathered()
    {
        double few = new InteriorBelief(Ordered, 10).Log([0.01, 0, 0.5]), many = new InteriorBelief(Ordered, 100).Log([0.01, 0, 0.5]);
        Assert.Equal(few / 10, many, 12);
        Assert.True(double.IsFinite(new InteriorBelief(Ordered, 0).Log([0, 0, 1])));
    }

    [Fact]
    public void Gradient_and_columns_agree_with_the_value()
    {
        var belief = new InteriorBelief(Ordered, 25);
        double[] x = [0.1, 2, 0.8], gradient = [1, 1, 1], values = [5, 6];
        double value = belief.Log(x, gradient);
        Assert.Equal(belief.Log(x), value);
        Assert.Equal(1 + (belief.Log([0.1 + 1e-6, 2, 0.8]) - belief.Log([0.1 - 1e-6, 2, 0.8])) / 2e-6, gradient[0], 6);
        Assert.Equal(1, gradient[1]);
        Assert.Equal(1 + (belief.Log([0.1, 2, 0.8 + 1e-6]) - belief.Log([0.1, 2, 0.8 - 1e-6])) / 2e-6, gradient[2], 6);
        belief.AddLog([[0.1, 0.4], [2, 1], [0.8, 0.3]], values);
        Assert.Equal(5 + value, values[0], 12);
        Assert.Equal(6 + belief.Log([0.4, 1, 0.3]), values[1], 12);
    }
}
