using CsCheck;

namespace Inkling.Playground.Tests;

/// <summary>The setup in the address.</summary>
public sealed class SetupTextTests
{
    // As the TensorFlow Playground writes them, fields that ours has not included.
    private const string Original = "#activation=relu&regularization=L2&batchSize=21&dataset=spiral&regDataset=reg-gauss&learningRate=0.1&regularizationRate=0.003"
        + "&noise=15&networkShape=8,8,3&seed=0.61735&showTestData=true&discretize=true&percTrainData=70&x=true&y=true&xTimesY=false&xSquared=false&ySquared=true"
        + "&cosX=false&sinX=true&cosY=false&sinY=true&collectStats=false&problem=classification&initZero=false&hideText=false";

    [Fact]
    public void A_link_of_the_original_opens_with_the_same_setup()
    {
        (PlaygroundSetup setup, IReadOnlyList<string> problems) = SetupText.Parse(Original);

        Assert.Empty(problems);
        Assert.Equal(("relu", PenaltyKind.L2, 21, "spiral", "reg-gauss", 0.1, 0.003), (setup.Activation, setup.Penalty, setup.BatchSize, setup.Dataset, setup.RegressionDataset, setup.LearningRate, setup.PenaltyRate));
        Assert.Equal((15, "0.61735", true, true, 70, ProblemKind.Classification, false), (setup.Noise, setup.Seed, setup.ShowsTest, setup.Discretizes, setup.TrainShare, setup.Problem, setup.StartsAtZero));
        Assert.Equal([8, 8, 3], setup.Hidden);
        Assert.Equal(["x", "y", "ySquared", "sinX", "sinY"], setup.Inputs);
        Assert.Equal(setup, SetupText.Parse("?" + Original[1..]).Setup);
    }

    [Fact]
    public void Nothing_is_the_default() => Assert.Equal(new PlaygroundSetup(), SetupText.Parse(null).Setup);

    [Fact]
    public void No_hidden_layer_is_a_setup_too() => Assert.Empty(SetupText.Parse("networkShape=").Setup.Hidden);

    [Fact]
    public void Every_setup_comes_back() => Setups.Any.Sample(setup => SetupText.Parse(SetupText.Format(setup)) is { Problems.Count: 0 } back && back.Setup == setup);

    [Fact]
    public void Every_setup_runs_and_is_a_picture() => Setups.Any.Sample(
        setup =>
        {
            using PlaygroundRun run = new(setup with { LearningRate = Math.Min(setup.LearningRate, 0.01) });
            for (int i = 0; i < 5; i++) Assert.True(run.Train() || run.DivergedAt is not null || run.Stopped);
            NetworkMaps maps = new(run);
            maps.Update();
            Assert.Equal(run.Network.Layers.Count, PlaygroundFrame.Of(run).Weights.Length);
            Assert.StartsWith("//", CSharpExport.Write(run), StringComparison.Ordinal);
            Assert.Equal(setup.WeightCount, run.Network.WeightsInOrder().Length);
        },
        iter: 100);

    [Fact]
    public void Any_text_gives_a_setup_that_works() => Gen.OneOf(Gen.String, Garbage()).Sample(
        text =>
        {
            (PlaygroundSetup setup, _) = SetupText.Parse(text);
            Assert.Equal(setup, SetupText.Parse(SetupText.Format(setup)).Setup);
            using PlaygroundRun run = new(setup);
            Assert.True(run.Train() || run.DivergedAt is not null);
        },
        iter: 150);

    [Theory]
    [InlineData("layerActivations=tanh,nothing", "layerActivations cannot be 'tanh,nothing'; allowed: up to 6 activations")]
    [InlineData("layerDropout=1,2,3,4,5,6,7", "allowed: up to 6 numbers of 0 to 90")]
    [InlineData("layerDropout=91", "layerDropout cannot be '91'")]
    [InlineData("weights=1,2,3", "There are 3 weights to begin with, and this network has 25; they were left out.")]
    [InlineData("weights=1,NaN", "weights cannot be '1,NaN'")]
    [InlineData("patience=-1", "patience cannot be '-1'; allowed: 0 to 10000")]
    [InlineData("scheduleEpochs=0", "allowed: 1 to 100000")]
    [InlineData("momentum=1", "momentum cannot be '1'")]
    [InlineData("classes=9", "classes cannot be '9'; allowed: 2 to 8")]
    [InlineData("networkShape=9", "networkShape cannot be '9'; allowed: up to 6 numbers of 1 to 8")]
    [InlineData("networkShape=1,1,1,1,1,1,1", "allowed: up to 6")]
    [InlineData("networkShape=99999999999999", "allowed: up to 6")]
    [InlineData("learningRate=NaN", "learningRate cannot be 'NaN'; allowed: 0.000001 to 100")]
    [InlineData("learningRate=-1", "learningRate cannot be '-1'")]
    [InlineData("batchSize=0", "batchSize cannot be '0'; allowed: 1 to 30")]
    [InlineData("x=false&y=false", "No input was on; x and y are.")]
    [InlineData("seed=%3Cscript%3E", "seed cannot be '<script>'")]
    [InlineData("dataset=%00%01", "dataset cannot be '\uFFFD\uFFFD'")]
    public void What_cannot_be_is_told_and_stays_as_it_was(string text, string problem)
    {
        SetupReading reading = SetupText.Parse(text);
        Assert.Contains(problem, Assert.Single(reading.Problems), StringComparison.Ordinal);
        Assert.Equal(new PlaygroundSetup(), reading.Setup);
    }

    [Fact]
    public void A_long_address_is_cut() => Assert.Contains("left out", Assert.Single(SetupText.Parse(new string('a', 100_000)).Problems), StringComparison.Ordinal);

    private static Gen<string> Garbage() => Gen.Select(Setups.Of([.. SetupFields.All.Select(field => field.Name)]), Gen.OneOf(Gen.String, Setups.Of<string>(["", "-1", "1e999", "NaN", "true", "8,8,8,8,8,8", "0", "30", "%", "%zz", "own", "reg-own", "gate-xor", "arms", "lbfgs", "one-cycle", "plateau", "step", "norm", "zeros", "regression", "cross-entropy", "8", ",,,,,", "1,,2", "kept-0123456789abcdef", "22~AAAA0"]))).Array[0, 6]
        .Select(parts => string.Join('&', parts.Select(part => $"{part.Item1}={part.Item2}")));
}
