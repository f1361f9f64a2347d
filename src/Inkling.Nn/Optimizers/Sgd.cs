using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>Stochastic gradient descent with momentum (Polyak 1964): <c>v ← μ v + g</c>, <c>w ← w − η v</c>; without momentum <c>w ← w − η g</c>.</summary>
public sealed class Sgd : Optimizer
{
    private readonly Slab? _velocity;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">What it updates.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="momentum">μ in [0, 1). Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The momentum is outside [0, 1).</exception>
    public Sgd(ParameterSet parameters, double learningRate, double momentum = 0)
        : base(parameters)
    {
        if (!(momentum >= 0 && momentum < 1)) throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "Sgd: the momentum must be at least 0 and less than 1.");
        LearningRate = (real)learningRate;
        Momentum = (real)momentum;
        if (momentum > 0) _velocity = AddState("velocity");
    }

    /// <summary>μ.</summary>
    public real Momentum { get; }

    /// <inheritdoc/>
    protected override void Update(int offset, int length, bool decays)
    {
        Span<real> values = Parameters.Values.Slice(offset, length);
        ReadOnlySpan<real> gradients = Parameters.Gradients.Slice(offset, length);
        if (_velocity is null)
        {
            Elementwise.AddScaled(gradients, -LearningRate, values);
            return;
        }

        Span<real> velocity = _velocity.Span.Slice(offset, length);
        Elementwise.Scale(velocity, Momentum);
        Elementwise.Add(gradients, velocity);
        Elementwise.AddScaled(velocity, -LearningRate, values);
    }
}
