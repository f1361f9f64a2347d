using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// The artificial neuron with a smooth threshold: <c>P(1 | x) = σ(w·x + b)</c> (Cox 1958), learnt by gradient descent on the cross-entropy,
/// <c>w ← w − η/n Σ (σ(w·xᵢ + b) − tᵢ) xᵢ</c>, over all examples at a time.
/// </summary>
/// <remarks>Its loss has one minimum. Where a line divides the examples the weights grow without end, ever more slowly; <c>l2</c> stops them.</remarks>
public sealed class LogisticRegression : Module, ILayer
{
    private readonly Linear _linear;

    /// <summary>Declares the neuron; weights and bias are zero at first.</summary>
    /// <param name="inputs">How many inputs it has, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none.</exception>
    public LogisticRegression(int inputs)
    {
        _linear = AddChild("linear", new Linear(inputs, 1, initialize: Initializer.Zeros()));
        this.Build(seed: 0);
        _linear.Bias!.Values.Clear();
    }

    /// <summary>w.</summary>
    public ReadOnlySpan<real> Weights => _linear.Weight.Values;

    /// <summary>b.</summary>
    public real Bias => _linear.Bias!.Values[0];

    /// <summary>The logit w·x + b: <c>[N, inputs] → [N, 1]</c>.</summary>
    public Tensor Forward(Tensor x) => _linear.Forward(x);

    /// <summary>P(1 | x).</summary>
    /// <exception cref="ArgumentException">The number of inputs is another.</exception>
    public real Probability(ReadOnlySpan<real> x)
    {
        if (x.Length != Weights.Length) throw new ArgumentException($"LogisticRegression: {x.Length} inputs given, {Weights.Length} expected.", nameof(x));
        return (real)(1 / (1 + Math.Exp(-(Reduce.Dot(Weights, x) + (double)Bias))));
    }

    /// <summary>Learns.</summary>
    /// <param name="examples">The inputs of one example after the other.</param>
    /// <param name="labels">The class of each, false or true; at least one.</param>
    /// <param name="steps">Steps, at least 1. Default: 1,000.</param>
    /// <param name="learningRate">η. Default: 1.</param>
    /// <param name="l2">Factor of the penalty <c>½ Σ w²</c>. Default: 0.</param>
    /// <returns>The mean cross-entropy before the last step, in nats.</returns>
    /// <exception cref="ArgumentException">There are no examples, or their number is not that of the labels.</exception>
    public double Fit(ReadOnlySpan<real> examples, ReadOnlySpan<bool> labels, int steps = 1_000, double learningRate = 1, double l2 = 0)
    {
        int width = Weights.Length;
        if (labels.IsEmpty || examples.Length != labels.Length * width) throw new ArgumentException($"LogisticRegression.Fit: {examples.Length} inputs and {labels.Length} labels given; {width} inputs are needed for each label, and one example at least.", nameof(examples));
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        Sgd sgd = new(Parameters, learningRate) { L2 = (real)l2, ChecksGradients = true };
        using Tape tape = new();
        Tensor x = tape.Input([labels.Length, width], examples), t = tape.Input([labels.Length, 1]);
        real[] targets = new real[labels.Length];
        for (int i = 0; i < targets.Length; i++) targets[i] = labels[i] ? 1 : 0;
        t.Write(targets);
        double last = 0;
        for (int step = 0; step < steps; step++)
        {
            tape.Begin();
            Tensor loss = Losses.BinaryCrossEntropyWithLogits(Forward(x), t);
            last = loss.Item();
            tape.Backward(loss);
            sgd.Step();
        }

        return last;
    }
}
