using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Playground;

/// <summary>The network of a setup, layer by layer so that every neuron can be looked at: inputs → hidden layers → one output, or one for each of more than two classes.</summary>
public sealed class PlaygroundNetwork : Module
{
    private readonly Linear[] _layers;
    private readonly ILayer?[] _activations;
    private readonly Dropout _dropout;
    private readonly bool _squashes;

    /// <summary>Declares and builds the network.</summary>
    public PlaygroundNetwork(PlaygroundSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        int[] widths = [setup.InputCount, .. setup.Hidden, setup.OutputCount];
        Widths = widths;
        _layers = new Linear[widths.Length - 1];
        _activations = new ILayer?[_layers.Length - 1];
        Action<Parameter, ulong> initialize = setup.StartsAtZero ? Initializer.Zeros() : Initializer.Glorot();
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i] = AddChild(FormattableString.Invariant($"{i}"), new Linear(widths[i], widths[i + 1], initialize: initialize));
            if (i < _activations.Length) _activations[i] = PlaygroundChoices.CreateActivation(setup.Activation);
        }

        _dropout = new Dropout(setup.Dropout / 100.0);
        Classes = setup.ClassCount;
        _squashes = Classes == 2 && setup.Loss == LossKind.Squared;
        ReturnsLogit = Classes == 2 && setup.Loss == LossKind.CrossEntropy;
        this.Build(PointCloud.SeedOf(setup, "weights"));
        foreach (Linear layer in _layers) layer.Bias!.Values.Clear();
    }

    /// <summary>Widths: inputs, hidden layers, output.</summary>
    public IReadOnlyList<int> Widths { get; }

    /// <summary>The layers of weights, one more than hidden layers.</summary>
    public IReadOnlyList<Linear> Layers => _layers;

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
            if (_activations[i] is { } activation) x = activation.Forward(x);
            if (!hidden.IsEmpty) hidden[i] = x;
            if (_dropout.Rate > 0) x = _dropout.Forward(x);
        }

        x = _layers[^1].Forward(x);
        return _squashes ? x.Tanh() : x;
    }

    /// <summary>The class that outputs say, from 0: the largest, or of two whether the one output is above 0.</summary>
    internal int ClassOf(ReadOnlySpan<float> outputs)
    {
        if (!HasOutputOfEachClass) return outputs[0] > 0 ? 1 : 0;
        int best = 0;
        for (int i = 1; i < outputs.Length; i++)
        {
            if (outputs[i] > outputs[best]) best = i;
        }

        return best;
    }

    /// <summary>The class that a label says, from 0.</summary>
    internal int ClassOf(float label) => HasOutputOfEachClass ? (int)label : label > 0 ? 1 : 0;

    /// <summary>What an output is compared with: the label, or for a logit 0 or 1.</summary>
    internal float TargetOf(float label) => ReturnsLogit ? (label + 1) / 2 : label;

    /// <summary>The mean loss of outputs that are compared with targets <c>[n, 1]</c>.</summary>
    internal Tensor LossOf(Tensor output, Tensor targets) => ReturnsLogit ? Losses.BinaryCrossEntropyWithLogits(output, targets) : Losses.MeanSquaredError(output, targets) * 0.5f;
}
