namespace Inkling.Playground;

/// <summary>
/// Everything that decides what the playground shows: data, inputs, network, training, view. It is the page's address, see <see cref="SetupText"/>; the same
/// setup gives the same run, bit for bit.
/// </summary>
/// <remarks>Names and defaults are those of the TensorFlow Playground where it has them, so that its links open with the same set-up.</remarks>
public sealed record PlaygroundSetup
{
    /// <summary>The most hidden layers.</summary>
    public const int MostLayers = 6;

    /// <summary>The most neurons in a layer.</summary>
    public const int MostNeurons = 8;

    /// <summary>The most classes.</summary>
    public const int MostClasses = 8;

    /// <summary>What is asked. Default: classification.</summary>
    public ProblemKind Problem { get; init; }

    /// <summary>The points of a classification, a name of <see cref="PointSets"/>. Default: <c>circle</c>.</summary>
    public string Dataset { get; init; } = "circle";

    /// <summary>The points of a regression, a name of <see cref="PointSets"/>. Default: <c>reg-plane</c>.</summary>
    public string RegressionDataset { get; init; } = "reg-plane";

    /// <summary>Classes of a set that has as many as are wanted, 2 to 8. Default: 3.</summary>
    public int Classes { get; init; } = 3;

    /// <summary>Points of one's own, which are used where the points are called <c>own</c> or <c>reg-own</c>; null for two to begin with. Default: null.</summary>
    public PointTable? Own { get; init; }

    /// <summary>Of own points of more than two columns the one that the map shows across, from 0. Default: 0.</summary>
    public int MapX { get; init; }

    /// <summary>Of own points of more than two columns the one that the map shows upwards, from 0. Default: 1.</summary>
    public int MapY { get; init; } = 1;

    /// <summary>Noise in percent, 0 to 50. Default: 0.</summary>
    public int Noise { get; init; }

    /// <summary>Percent of the points that are learnt from, 10 to 90; the others test. Default: 50.</summary>
    public int TrainShare { get; init; } = 50;

    /// <summary>Points in a mini-batch, 1 to 30. Default: 10.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>Names of <see cref="InputFeatures"/> that are on, in their order. Default: <c>x</c> and <c>y</c>.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = ["x", "y"];

    /// <summary>Neurons of each hidden layer, 0 to 6 layers of 1 to 8. Default: 4, 2.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [4, 2];

    /// <summary>What hidden neurons do with their sum, a name of <see cref="PlaygroundChoices.Activations"/>. Default: <c>tanh</c>.</summary>
    public string Activation { get; init; } = "tanh";

    /// <summary>What each hidden layer does instead, names or nothing; layers that are not named do what <see cref="Activation"/> says. Default: none.</summary>
    public IReadOnlyList<string> LayerActivations { get; init; } = [];

    /// <summary>What the output of two classes does with its sum: <c>auto</c> (tanh for the squared error), <c>sigmoid</c> or <c>step</c>, which are compared with 0 and 1. Default: <c>auto</c>.</summary>
    public string OutputActivation { get; init; } = "auto";

    /// <summary>Whether sums of hidden neurons are normalised over the batch before their activation (Ioffe &amp; Szegedy 2015). Default: no.</summary>
    public bool BatchNorm { get; init; }

    /// <summary>How weights begin, a name of <see cref="PlaygroundChoices.Initializers"/>. Default: <c>glorot</c>.</summary>
    public string Initializer { get; init; } = "glorot";

    /// <summary>Weights to begin with: of each layer, of each neuron, its weights and then its bias; none, or as many as the network has. Default: none.</summary>
    public IReadOnlyList<float> StartingWeights { get; init; } = [];

    /// <summary>How weights are updated, a name of <see cref="PlaygroundChoices.Optimizers"/>. Default: <c>sgd</c>.</summary>
    public string Optimizer { get; init; } = "sgd";

    /// <summary>The learning rate, 0.000001 to 100. Default: 0.03.</summary>
    public double LearningRate { get; init; } = 0.03;

    /// <summary>μ of SGD with momentum, and β₁ of the optimizers of Adam's kind and of Lion, 0 to 0.999. Default: 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Decay of the weights by AdamW and Lion, beside the gradient, 0 to 10. Default: 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>How the rate goes with time, a name of <see cref="PlaygroundSchedules"/>. Default: <c>constant</c>.</summary>
    public string Schedule { get; init; } = "constant";

    /// <summary>Epochs of the schedule: up to its end, between two falls, of a period, or of patience; 1 to 100,000. Default: 100.</summary>
    public int ScheduleEpochs { get; init; } = 100;

    /// <summary>By how much the schedule lowers the rate, 0 to 1. Default: 0.1.</summary>
    public double ScheduleFactor { get; init; } = 0.1;

    /// <summary>Epochs over which the rate grows to its base first, 0 to 10,000. Default: 0.</summary>
    public int WarmupEpochs { get; init; }

    /// <summary>Whether gradients are cut: <c>none</c>, <c>norm</c> (their common length) or <c>value</c> (each). Default: <c>none</c>.</summary>
    public string Clip { get; init; } = "none";

    /// <summary>At what they are cut, 0.0001 to 1,000. Default: 1.</summary>
    public double ClipAt { get; init; } = 1;

    /// <summary>Epochs without a lower test loss after which training stops and the best weights are put back; 0 for never. Default: 0.</summary>
    public int Patience { get; init; }

    /// <summary>The penalty on weights. Default: none.</summary>
    public PenaltyKind Penalty { get; init; }

    /// <summary>λ of the penalty, 0 to 100. Default: 0.</summary>
    public double PenaltyRate { get; init; }

    /// <summary>Dropout of hidden neurons in percent, 0 to 90. Default: 0.</summary>
    public int Dropout { get; init; }

    /// <summary>Dropout of each hidden layer in percent instead, −1 for what <see cref="Dropout"/> says. Default: none.</summary>
    public IReadOnlyList<int> LayerDropout { get; init; } = [];

    /// <summary>What is made small. Default: half the squared error; of more than two classes it is always the cross-entropy.</summary>
    public LossKind Loss { get; init; }

    /// <summary>Whether all weights begin at 0: then all neurons of a layer stay the same. Default: no.</summary>
    public bool StartsAtZero { get; init; }

    /// <summary>Decides points, first weights and batches; up to 20 letters, digits, dots and hyphens. Default: <c>1</c>.</summary>
    public string Seed { get; init; } = "1";

    /// <summary>Whether test points are shown. Default: no.</summary>
    public bool ShowsTest { get; init; }

    /// <summary>Whether maps show the class only, not how sure the network is. Default: no.</summary>
    public bool Discretizes { get; init; }

    /// <summary>The name of the points that are used.</summary>
    public string Points => Problem == ProblemKind.Classification ? Dataset : RegressionDataset;

    /// <summary>Whether the points are one's own.</summary>
    public bool UsesOwn => PointSets.Find(Points).IsOwn;

    /// <summary>The own points that are used, or null: those of a made set are.</summary>
    public PointTable? Table => UsesOwn ? Own ?? PointTable.Start : null;

    /// <summary>Whether the inputs of the network are the columns of the own points, more than two, and not <see cref="Inputs"/>.</summary>
    public bool ReadsColumns => Table is { Columns.Count: > 2 };

    /// <summary>How many inputs the network has.</summary>
    public int InputCount => ReadsColumns ? Table!.Columns.Count : Inputs.Count;

    /// <summary>How many classes the points have; 0 where a number is asked for.</summary>
    public int ClassCount => Problem == ProblemKind.Regression ? 0 : Table is { } table ? Math.Max(2, table.ClassNames.Count) : PointSets.Find(Dataset).MakeOfClasses is null ? 2 : Classes;

    /// <summary>Neurons of the output: one for each class where there are more than two, otherwise one.</summary>
    public int OutputCount => ClassCount > 2 ? ClassCount : 1;

    /// <summary>How many weights and biases the layers have: so many <see cref="StartingWeights"/> there can be.</summary>
    public int WeightCount
    {
        get
        {
            int count = 0, before = InputCount;
            foreach (int width in (int[])[.. Hidden, OutputCount])
            {
                count += width * (before + 1);
                before = width;
            }

            return count;
        }
    }

    /// <summary>The activation of a hidden layer, from 0.</summary>
    public string ActivationOf(int layer) => layer < LayerActivations.Count && LayerActivations[layer].Length > 0 ? LayerActivations[layer] : Activation;

    /// <summary>The dropout of a hidden layer, from 0, in percent.</summary>
    public int DropoutOf(int layer) => layer < LayerDropout.Count && LayerDropout[layer] >= 0 ? LayerDropout[layer] : Dropout;

    /// <summary>The setup without starting weights that do not fit its network.</summary>
    public PlaygroundSetup Fitted() => StartingWeights.Count == 0 || StartingWeights.Count == WeightCount ? this : this with { StartingWeights = [] };

    /// <inheritdoc/>
    public bool Equals(PlaygroundSetup? other) => other is not null && SetupText.Format(this) == SetupText.Format(other);

    /// <inheritdoc/>
    public override int GetHashCode() => SetupText.Format(this).GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => SetupText.Format(this);
}
