using Inkling.Nn;

namespace Inkling.Tests;

/// <summary>What one neuron can do and what it cannot.</summary>
public sealed class NeuronTests
{
    private static readonly float[] s_inputs = [0, 0, 0, 1, 1, 0, 1, 1];

    public static TheoryData<string, bool[]> Gates => new()
    {
        { "and", [false, false, false, true] },
        { "or", [false, true, true, true] },
        { "nand", [true, true, true, false] },
        { "nor", [true, false, false, false] },
    };

    [Theory]
    [MemberData(nameof(Gates))]
    public void The_perceptron_rule_learns_what_a_line_divides(string gate, bool[] labels)
    {
        Perceptron neuron = new(2);
        PerceptronFit fit = neuron.Fit(s_inputs, labels);
        Assert.True(fit.Converged, gate);
        Assert.Equal(0, fit.MistakesPerPass[^1]);
        Assert.InRange(fit.Mistakes, 1, 30);
        Assert.Equal(labels, Answers(x => neuron.Fires(x.Span)));
    }

    [Fact]
    public void The_perceptron_rule_never_learns_exclusive_or()
    {
        Perceptron neuron = new(2);
        PerceptronFit fit = neuron.Fit(s_inputs, [false, true, true, false], mostPasses: 500);
        Assert.False(fit.Converged);
        Assert.Equal(500, fit.Passes);
        Assert.All(fit.MistakesPerPass, mistakes => Assert.True(mistakes > 0));
    }

    [Fact]
    public void The_rule_steps_as_written()
    {
        // By hand: the first mistake is (1, 1), which shall fire and does not: w = (1, 1), b = 1. Then (0, 0) fires: b = 0; (0, 1) fires: w = (1, 0), b = −1; …
        Perceptron neuron = new(2);
        PerceptronFit fit = neuron.Fit(s_inputs, [false, false, false, true], mostPasses: 2);
        Assert.Equal([1, 3], fit.MistakesPerPass);
        Assert.Equal([2f, 1f], neuron.Weights.ToArray());
        Assert.Equal(0f, neuron.Bias);
    }

    [Fact]
    public void Two_layers_with_weights_by_hand_are_exclusive_or()
    {
        Assert.Equal([false, true, true, true], Answers(x => Perceptron.Or.Fires(x.Span)));
        Assert.Equal([false, false, false, true], Answers(x => Perceptron.And.Fires(x.Span)));
        Assert.Equal([true, true, true, false], Answers(x => Perceptron.Nand.Fires(x.Span)));
        Assert.Equal([false, true, true, false], Answers(x => ThresholdNetwork.Xor.Fires(x.Span)[0]));
        Assert.Throws<ArgumentException>(() => new ThresholdNetwork([Perceptron.Or], [Perceptron.And]));
    }

    [Fact]
    public void Logistic_regression_learns_a_line_and_says_half_to_exclusive_or()
    {
        LogisticRegression and = new(2), xor = new(2);
        double lossOfAnd = and.Fit(s_inputs, [false, false, false, true], steps: 3_000), lossOfXor = xor.Fit(s_inputs, [false, true, true, false], steps: 3_000);
        Assert.True(lossOfAnd < 0.02, $"{lossOfAnd}");
        Assert.Equal([false, false, false, true], Answers(x => and.Probability(x.Span) > 0.5f));
        Assert.Equal(Math.Log(2), lossOfXor, 1e-5);
        foreach (float p in Answers(x => xor.Probability(x.Span))) Assert.Equal(0.5f, p, 1e-3f);
    }

    [Fact]
    public void Logistic_regression_finds_the_coefficients_of_its_optimum()
    {
        // With a penalty the optimum is unique; there the gradient is zero: 1/n Σ (p − t) x + λ w = 0.
        float[] x = [0.5f, 1.2f, -1, 0.3f, 2, -0.7f, -0.4f, -1.5f, 1.1f, 0.9f];
        bool[] labels = [true, false, true, false, true];
        LogisticRegression model = new(2);
        model.Fit(x, labels, steps: 20_000, learningRate: 0.5, l2: 0.1);
        for (int k = 0; k < 2; k++)
        {
            double gradient = 0.1 * model.Weights[k];
            for (int i = 0; i < 5; i++) gradient += (model.Probability(x.AsSpan(2 * i, 2)) - (labels[i] ? 1 : 0)) * x[(2 * i) + k] / 5;
            Assert.Equal(0, gradient, 1e-5);
        }
    }

    [Fact]
    public void Examples_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Perceptron(2).Fit([1, 2, 3], [true]));
        Assert.Throws<ArgumentException>(() => new Perceptron(2).Fit([], []));
        Assert.Throws<ArgumentException>(() => new Perceptron(2).Fit([1, float.NaN], [true]));
        Assert.Throws<ArgumentException>(() => new Perceptron(2).Fires([1]));
        Assert.Throws<ArgumentException>(() => new LogisticRegression(2).Fit([1, 2, 3], [true]));
    }

    private static T[] Answers<T>(Func<ReadOnlyMemory<float>, T> ask) => [.. Enumerable.Range(0, 4).Select(i => ask(s_inputs.AsMemory(2 * i, 2)))];
}
