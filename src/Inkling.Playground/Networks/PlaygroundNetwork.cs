using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Playground;

/// <summary>The network of a setup, layer by layer so that every neuron can be looked at: inputs → hidden layers → one output, or one for each of more than two classes.</summary>
public sealed class PlaygroundNetwork : Module
{
    private readonly Linear[] _layers;
    private readonly BatchNorm1D?[] _norms;
    private readonly ILayer?[] _activations;
    private readonly Dropout?[] _dropouts;
    private readonly ILayer? _output;
    private readonly bool _fires;

    /// <summary>Declares and builds the network.</summary>
    public PlaygroundNetwork(PlaygroundSetup setup)
        : this(setup, learns: true)
    {
    }

    /// <summary>As the other; one that does not learn is made of formulas alone, which a file can hold.</summary>
    internal PlaygroundNetwork(PlaygroundSetup setup, bool learns)
    {
        ArgumentNullException.ThrowIfNull(setup);
        int[] widths = [setup.InputCount, .. setup.Hidden, setup.OutputCount];
        int hidden = setup.Hidden.Count;
        Widths = widths;
        Classes = setup.ClassCount;
        ReturnsLogit = Classes == 2 && setup.Loss == LossKind.CrossEntropy;
        bool squashes = Classes == 2 && setup.Loss == LossKind.Squared;
        OutputActivation = !squashes ? "linear" : setup.OutputActivation == "auto" ? "tanh" : setup.OutputActivation;
        _fires = OutputActivation is "sigmoid" or "step";
        _output = PlaygroundChoices.CreateActivation(OutputActivation, learns);
        _layers = new Linear[hidden + 1];
        _norms = new BatchNorm1D?[hidden];
        _activations = new ILayer?[hidden];
        _dropouts = new Dropout?[hidden];
        Action<Parameter, ulong> initialize = PlaygroundChoices.CreateInitializer(setup);
        for (int i = 0; i < _layers.Length; i++) _layers[i] = AddChild(FormattableString.Invariant($"{i}"), new Linear(widths[i], widths[i + 1], initialize: initialize));
        for (int i = 0; i < hidden; i++)
        {
            if (setup.BatchNorm) _norms[i] = AddChild(FormattableString.Invariant($"norm{i}"), new BatchNorm1D(widths[i + 1]));
            _activations[i] = PlaygroundChoices.CreateActivation(setup.ActivationOf(i), learns);
            if (setup.DropoutOf(i) > 0) _dropouts[i] = new Dropout(setup.DropoutOf(i) / 100.0);
        }

        this.Build(PointCloud.SeedOf(setup, "weights"));
        foreach (Linear layer in _layers) layer.Bias!.Values.Clear();
        if (setup.StartingWeights.Count == setup.WeightCount) Start(setup.StartingWeights);
    }

    /// <summary>Widths: inputs, hidden layers, output.</summary>
    public IReadOnlyList<int> Widths { get; }

    /// <summary>The layers of weights, one more than hidden layers.</summary>
    public IReadOnlyList<Linear> Layers => _layers;

    /// <summary>The normalisations of hidden layers, null without.</summary>
    public IReadOnlyList<BatchNorm1D?> Norms => _norms;

    /// <summary>Whether normalisation goes by what was seen so far even while a tape records. Default: no.</summary>
    internal bool UsesRunningStatistics { get; init; }

    /// <summary>What the output does with its sum: <c>linear</c>, <c>tanh</c>, <c>sigmoid</c> or <c>step</c>.</summary>
    public string OutputActivation { get; }

    /// <summary>Whether the output is the logit of one of two classes: its sign is the class, and tanh of half of it how sure the network is.</summary>
    public bool ReturnsLogit { get; }

    /// <summary>Classes; 0 where a number is asked for. Of more than two each has an output, which is a logit of a softmax.</summary>
    public int Classes { get; }

    /// <summary>Whether each class has an output of its own.</summary>
    public bool HasOutputOfEachClass => Classes > 2;

    /// <summary>The output for inputs <c>[n, inputs]</c>, <c>[n, outputs]</c>.</summary>
    public Tensor Forward(Tensor inputs) => Forward(inputs, default);

    /// <summary>As the other, and every hidden layer's output.</summary>
    /// <param name="inputs"><c>[n, inputs]</c>.</param>
    /// <param name="hidden">Receives the output of each hidden layer, <c>[n, width]</c>; empty for none.</param>
    internal Tensor Forward(Tensor inputs, Span<Tensor> hidden)
    {
        Tensor x = inputs;
        for (int i = 0; i < _activations.Length; i++)
        {
            x = _layers[i].Forward(x);
            if (_norms[i] is { } norm)
            {
                // A batch of one has no variance: it is normalised by what was seen so far.
                norm.Frozen = UsesRunningStatistics || x.Shape[0] < 2;
                x = norm.Forward(x);
            }

            if (_activations[i] is { } activation) x = activation.Forward(x);
            if (!hidden.IsEmpty) hidden[i] = x;
            if (_dropouts[i] is { } dropout) x = dropout.Forward(x);
        }

        x = _layers[^1].Forward(x);
        return _output is null ? x : _output.Forward(x);
    }

    /// <summary>The weights and biases as <see cref="PlaygroundSetup.StartingWeights"/> has them.</summary>
    public float[] WeightsInOrder()
    {
        List<float> all = [];
        foreach (Linear layer in _layers)
        {
            (int neurons, int inputs) = (layer.Weight.Shape[0], layer.Weight.Shape[1]);
            for (int neuron = 0; neuron < neurons; neuron++)
            {
                all.AddRange(layer.Weight.Values.Slice(neuron * inputs, inputs));
                all.Add(layer.Bias!.Values[neuron]);
            }
        }

        return [.. all];
    }

    /// <summary>What −1 to 1 says of one output: how sure the network is of the one class or of the other.</summary>
    internal float SignOf(float output) => ReturnsLogit ? MathF.Tanh(output / 2) : _fires ? (2 * output) - 1 : output;

    /// <summary>The class that outputs say, from 0: the largest, or of two whether the one output is above 0.</summary>
    internal int ClassOf(ReadOnlySpan<float> outputs)
    {
        if (!HasOutputOfEachClass) return outputs[0] > (_fires ? 0.5f : 0) ? 1 : 0;
        int best = 0;
        for (int i = 1; i < outputs.Length; i++)
        {
            if (outputs[i] > outputs[best]) best = i;
        }

        return best;
    }

    /// <summary>The class that a label says, from 0.</summary>
    internal int ClassOf(float label) => HasOutputOfEachClass ? (int)label : label > 0 ? 1 : 0;

    /// <summary>What an output is compared with: the label, or 0 or 1 for a logit, a sigmoid and a threshold.</summary>
    internal float TargetOf(float label) => ReturnsLogit || _fires ? (label + 1) / 2 : label;

    /// <summary>The mean loss of outputs that are compared with targets <c>[n, 1]</c>.</summary>
    internal Tensor LossOf(Tensor output, Tensor targets) => ReturnsLogit ? Losses.BinaryCrossEntropyWithLogits(output, targets) : Losses.MeanSquaredError(output, targets) * 0.5f;

    private void Start(IReadOnlyList<float> weights)
    {
        int at = 0;
        foreach (Linear layer in _layers)
        {
            (int neurons, int inputs) = (layer.Weight.Shape[0], layer.Weight.Shape[1]);
            for (int neuron = 0; neuron < neurons; neuron++)
            {
                for (int input = 0; input < inputs; input++) layer.Weight.Values[(neuron * inputs) + input] = weights[at++];
                layer.Bias!.Values[neuron] = weights[at++];
            }
        }
    }
}
