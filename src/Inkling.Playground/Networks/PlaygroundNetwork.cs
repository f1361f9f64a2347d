using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Playground;

/// <summary>The network of a setup, layer by layer so that every neuron can be looked at: inputs → hidden layers → one output.</summary>
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
        int[] widths = [setup.Inputs.Count, .. setup.Hidden, 1];
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
        _squashes = setup.Problem == ProblemKind.Classification && setup.Loss == LossKind.Squared;
        ReturnsLogit = setup.Problem == ProblemKind.Classification && setup.Loss == LossKind.CrossEntropy;
        this.Build(PointCloud.SeedOf(setup, "weights"));
        foreach (Linear layer in _layers) layer.Bias!.Values.Clear();
    }

    /// <summary>Widths: inputs, hidden layers, output.</summary>
    public IReadOnlyList<int> Widths { get; }

    /// <summary>The layers of weights, one more than hidden layers.</summary>
    public IReadOnlyList<Linear> Layers => _layers;

    /// <summary>Whether the output is a logit: its sign is the class, and tanh of half of it how sure the network is.</summary>
    internal bool ReturnsLogit { get; }

    /// <summary>The output for inputs <c>[n, inputs]</c>, <c>[n, 1]</c>.</summary>
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
}
