using System.Globalization;
using System.Text.RegularExpressions;

namespace Inkling.Playground.Tests.Insight;

/// <summary>The arithmetic of one sample.</summary>
public sealed class SampleArithmeticTests
{
    [Theory]
    [InlineData("tanh", LossKind.Squared)]
    [InlineData("relu", LossKind.Squared)]
    [InlineData("sigmoid", LossKind.CrossEntropy)]
    [InlineData("gelu", LossKind.CrossEntropy)]
    [InlineData("linear", LossKind.Squared)]
    public void Its_numbers_are_those_of_the_tape(string activation, LossKind loss)
    {
        PlaygroundSetup setup = Setups.Spiral with { Activation = activation, Loss = loss, Hidden = [3, 4], LearningRate = 0.5 };
        using PlaygroundRun run = new(setup);
        for (int i = 0; i < 30; i++) run.Train();
        LabelledPoint point = run.Points.Training[7];
        using SampleArithmetic arithmetic = new(run);
        SampleSheet sheet = arithmetic.Compute(point);

        // The same point alone, on a tape of the test.
        PlaygroundNetwork copy = new(setup);
        run.Network.Parameters.Values.CopyTo(copy.Parameters.Values);
        using Tape tape = new();
        Tensor output = copy.Forward(tape.Input([1, 4], InputFeatures.Read(setup.Inputs, [point.X, point.Y])));
        Tensor measured = loss == LossKind.Squared ? Nn.Losses.MeanSquaredError(output, tape.Input([1, 1], [point.Label])) * 0.5f
            : Nn.Losses.BinaryCrossEntropyWithLogits(output, tape.Input([1, 1], [(point.Label + 1) / 2]));
        tape.Backward(measured);
        Assert.Equal(measured.Item(), sheet.Loss);
        for (int layer = 0; layer < 3; layer++)
        {
            int units = copy.Layers[layer].Weight.Shape[0], inputs = copy.Layers[layer].Weight.Shape[1];
            float[] lines = [.. sheet.Steps.Single(step => step.Title.StartsWith("Gradients", StringComparison.Ordinal) && step.Layer == layer).Lines.Select(line => line.Value)];
            float[] updated = [.. sheet.Steps.Single(step => step.Phase == SamplePhase.Update && step.Layer == layer).Lines.Select(line => line.Value)];
            int at = 0;
            for (int unit = 0; unit < units; unit++)
            {
                for (int from = 0; from < inputs; from++, at++)
                {
                    float gradient = copy.Layers[layer].Weight.Gradients[(unit * inputs) + from];
                    Assert.Equal(gradient, lines[at]);
                    Assert.Equal(copy.Layers[layer].Weight.Values[(unit * inputs) + from] - (0.5f * gradient), updated[at]);
                }

                Assert.Equal(copy.Layers[layer].Bias!.Gradients[unit], lines[at]);
                at++;
            }
        }
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    [InlineData("sigmoid")]
    [InlineData("mish")]
    public void What_is_written_gives_what_comes_out(string activation)
    {
        using PlaygroundRun run = new(new PlaygroundSetup { Activation = activation, Hidden = [3, 2], Inputs = ["x", "y", "xTimesY"] });
        for (int i = 0; i < 200; i++) run.Train();
        using SampleArithmetic arithmetic = new(run);
        int computed = 0;
        foreach (SampleStep step in arithmetic.Compute(run.Points.Training[0]).Steps)
        {
            foreach (SampleLine line in step.Lines)
            {
                if (Evaluate(line.Numbers) is not { } value) continue;
                Assert.True(Math.Abs(value - line.Value) < 2e-3 * (1 + Math.Abs(line.Value)), $"{step.Title}: {line.Name} = {line.Numbers} is {value}, not {line.Value}");
                computed++;
            }
        }

        Assert.InRange(computed, 50, 1000);
    }

    [Fact]
    public void Every_step_is_there_in_order()
    {
        using PlaygroundRun run = new(new PlaygroundSetup { Hidden = [2] });
        using SampleArithmetic arithmetic = new(run);
        Assert.Equal(
            [
                "What the network sees", "Weighted sums of hidden layer 1", "Activations of hidden layer 1", "Weighted sums of the output", "What the network says", "The loss",
                "How the loss changes with the output", "δ of the output", "Gradients of the weights of the output", "Handed back to hidden layer 1", "δ of hidden layer 1", "Gradients of the weights of hidden layer 1",
                "New weights of hidden layer 1", "New weights of the output",
            ],
            arithmetic.Compute(new LabelledPoint(1, -2, 1)).Steps.Select(step => step.Title));
        SampleLine sum = arithmetic.Compute(new LabelledPoint(1, -2, 1)).Steps[1].Lines[1];
        Assert.Equal(("z₂", "w₂₁·X₁ + w₂₂·X₂ + b₂"), (sum.Name, sum.Formula));
        Assert.EndsWith("·(−2) + 0", sum.Numbers, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_agree_in_what_the_map_shows_are_told_apart()
    {
        float[] values = [.. Enumerable.Range(0, 40).SelectMany(i => new[] { 1f, -1f, 0.1f * i })];
        PointTable table = new(["a", "b", "c"], ["no", "yes"], values, [.. Enumerable.Range(0, 40).Select(i => (float)(i % 2))]);
        using PlaygroundRun run = new(new PlaygroundSetup { Dataset = "own", Own = table, Hidden = [2] });
        using SampleArithmetic arithmetic = new(run);
        for (int at = 0; at < run.Points.Training.Count; at++)
            Assert.Equal(run.Points.TrainingInputs.AsSpan(at * 3, 3).ToArray(), arithmetic.Compute(at).Steps[0].Lines.Select(line => line.Value));
    }

    [Fact]
    public void Every_setup_can_be_written_out_and_it_leaves_no_trace()
    {
        foreach (string activation in PlaygroundChoices.Activations)
        {
            using PlaygroundRun run = new(new PlaygroundSetup { Activation = activation, Dropout = 20, Problem = ProblemKind.Regression }), untouched = new(run.Setup);
            using SampleArithmetic arithmetic = new(run);
            for (int i = 0; i < 3; i++)
            {
                run.Train();
                untouched.Train();
                Assert.NotEmpty(arithmetic.Compute(run.Points.Test[i]).Steps);
            }

            Assert.Equal(untouched.Network.Parameters.Values.ToArray(), run.Network.Parameters.Values.ToArray());
        }
    }

    /// <summary>Sums, differences and products, with brackets around negative numbers; null for what is none.</summary>
    private static double? Evaluate(string text)
    {
        double Number(string one) => double.Parse(one.Trim('(', ')').Replace('−', '-'), CultureInfo.InvariantCulture);
        const string One = @"\(?−?[\d.]+(e−?\d+)?\)?";
        if (Regex.Match(text, $"^½·\\((?<a>{One}) − (?<b>{One})\\)²$") is { Success: true } half) return Math.Pow(Number(half.Groups["a"].Value) - Number(half.Groups["b"].Value), 2) / 2;
        if (Regex.Match(text, $"^(?<a>{One}) − (?<b>{One}(·{One})?)$") is { Success: true } less) return Number(less.Groups["a"].Value) - Product(less.Groups["b"].Value);
        return Regex.IsMatch(text, $"^{One}(·{One})?( \\+ {One}(·{One})?)*$") ? text.Split(" + ").Sum(Product) : null;

        double Product(string factors) => factors.Split('·').Select(Number).Aggregate((a, b) => a * b);
    }
}
