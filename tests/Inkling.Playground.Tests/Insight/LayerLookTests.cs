using Inkling.Nn;

namespace Inkling.Playground.Tests.Insight;

/// <summary>What is going on in the layers.</summary>
public sealed class LayerLookTests
{
    [Fact]
    public void Gradient_norms_are_those_of_the_whole_set_and_looking_leaves_no_trace()
    {
        PlaygroundSetup setup = Setups.Spiral with { Dropout = 30 };
        using PlaygroundRun run = new(setup), untouched = new(setup);
        using LayerLook look = new(run);
        for (int i = 0; i < 50; i++)
        {
            run.Train();
            untouched.Train();
            look.Look();
        }

        IReadOnlyList<LayerReport> reports = look.Look();
        Assert.Equal(untouched.Network.Parameters.Values.ToArray(), run.Network.Parameters.Values.ToArray());

        PlaygroundNetwork copy = new(setup with { Dropout = 0 });
        run.Network.Parameters.Values.CopyTo(copy.Parameters.Values);
        using Tape tape = new();
        float[] inputs = InputFeatures.Read(setup.Inputs, PointCloud.Places(run.Points.Training)), labels = PointCloud.Labels(run.Points.Training);
        tape.Backward(Nn.Losses.MeanSquaredError(copy.Forward(tape.Input([labels.Length, 4], inputs)), tape.Input([labels.Length, 1], labels)) * 0.5f);
        for (int layer = 0; layer < 3; layer++)
        {
            Linear linear = copy.Layers[layer];
            double norm = Math.Sqrt(linear.Weight.Gradients.ToArray().Concat(linear.Bias!.Gradients.ToArray()).Sum(g => (double)g * g));
            Assert.Equal(norm, reports[layer].GradientNorm, 1e-5);
        }

        Assert.Equal(["Hidden layer 1", "Hidden layer 2", "Output"], reports.Select(report => report.Title));
        Assert.Equal(8 * labels.Length, reports[0].Activations.Counts.Sum());
        Assert.Equal((4 * 8) + 8, reports[0].Gradients.Counts.Sum());
    }

    [Fact]
    public void Units_that_never_fire_are_counted()
    {
        using PlaygroundRun run = new(new PlaygroundSetup { Activation = "relu", Hidden = [4, 3] });
        foreach (int unit in new[] { 1, 2 }) run.Network.Layers[1].Bias!.Values[unit] = -1000;
        using LayerLook look = new(run);
        LayerReport report = look.Look()[1];
        Assert.Equal([1, 2], report.Dead);
        Assert.StartsWith("2 of 3 units never fire: 0 on every point", report.Words, StringComparison.Ordinal);
        Assert.True(report.Off >= 2f / 3);
        Assert.Equal(0, report.Saturated);
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("hardtanh")]
    public void Units_that_are_saturated_are_counted(string activation)
    {
        using PlaygroundRun run = new(new PlaygroundSetup { Activation = activation, Hidden = [4] });
        run.Network.Layers[0].Bias!.Values[3] = 1000;
        using LayerLook look = new(run);
        LayerReport report = look.Look()[0];
        Assert.Equal([3], report.Stuck);
        Assert.Empty(report.Dead);
        Assert.InRange(report.Saturated, 0.25f, 1);
        Assert.Contains("1 of 4 units is saturated on every point and hardly learns", report.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Units_that_began_alike_are_told()
    {
        using PlaygroundRun run = new(new PlaygroundSetup { StartsAtZero = true, Hidden = [3], Dataset = "gauss" });
        for (int i = 0; i < 20; i++) run.Train();
        using LayerLook look = new(run);
        Assert.Equal(2, look.Look()[0].Alike);
    }

    [Fact]
    public void Gradients_that_vanish_are_told()
    {
        using PlaygroundRun run = new(new PlaygroundSetup { Activation = "sigmoid", Hidden = [4, 4, 4, 4, 4, 4] });
        using LayerLook look = new(run);
        IReadOnlyList<LayerReport> reports = look.Look();
        Assert.True(reports[0].GradientNorm < reports[^1].GradientNorm / 100);
        Assert.StartsWith("Gradients vanish on their way back", LayerLook.GradientWords(reports), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setup_can_be_looked_into()
    {
        foreach (string activation in PlaygroundChoices.Activations)
        {
            foreach (LossKind loss in Enum.GetValues<LossKind>())
            {
                using PlaygroundRun run = new(new PlaygroundSetup { Activation = activation, Loss = loss, Hidden = [3, 2], Dropout = 40 });
                using LayerLook look = new(run);
                Assert.All(look.Look(), report => Assert.True(float.IsFinite(report.GradientNorm) && report.Words.Length > 0, activation));
            }
        }

        using PlaygroundRun alone = new(new PlaygroundSetup { Hidden = [] });
        using LayerLook lookAlone = new(alone);
        Assert.Single(lookAlone.Look());
    }

    [Fact]
    public void A_histogram_counts_every_number_once()
    {
        Histogram one = Histogram.Of([1, 1, 2, 3, float.NaN, float.PositiveInfinity]);
        Assert.Equal((1, 3, 4), (one.Low, one.High, one.Counts.Sum()));
        Assert.Equal((2, 1), (one.Counts[0], one.Counts[^1]));
        Assert.Equal(3, Histogram.Of([0, 0, 0]).Counts.Sum());
        Assert.Equal(0, Histogram.Of([]).Counts.Sum());
    }
}
