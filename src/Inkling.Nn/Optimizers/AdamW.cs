using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// Adam with decoupled weight decay (Kingma &amp; Ba 2015, Alg. 1; Loshchilov &amp; Hutter 2019, Alg. 2):
/// <c>m ← β₁ m + (1 − β₁) g</c>, <c>v ← β₂ v + (1 − β₂) g²</c>, <c>w ← w − η (m̂ / (√v̂ + ε) + λ w)</c> with <c>m̂ = m / (1 − β₁ᵗ)</c>, <c>v̂ = v / (1 − β₂ᵗ)</c>.
/// </summary>
/// <remarks>With a decay λ of 0 this is <see cref="Adam"/>. Biases, gains and embeddings do not decay (<see cref="Parameter.Decays"/>).</remarks>
public class AdamW : Optimizer
{
    private readonly Slab _m;
    private readonly Slab _v;
    private long _correctedStep = -1;
    private real _correction1;
    private real _correction2;

    /// <summary>Makes the optimizer; η = 0.001.</summary>
    public AdamW(ParameterSet parameters)
        : base(parameters)
    {
        LearningRate = (real)0.001;
        _m = AddState("m");
        _v = AddState("v");
    }

    /// <summary>β₁, decay of the mean of gradients, in [0, 1). Default: 0.9.</summary>
    public real Beta1 { get; init; } = (real)0.9;

    /// <summary>β₂, decay of the mean of squared gradients, in [0, 1). Default: 0.999.</summary>
    public real Beta2 { get; init; } = (real)0.999;

    /// <summary>ε, added to the root. Default: 1e-8.</summary>
    public real Epsilon { get; init; } = (real)1e-8;

    /// <summary>λ, the share of a weight that a step of rate 1 takes away. Default: 0.01.</summary>
    public real WeightDecay { get; init; } = (real)0.01;

    /// <inheritdoc/>
    protected override bool HasDecay => WeightDecay != 0;

    /// <inheritdoc/>
    protected override void Update(int offset, int length, bool decays)
    {
        if (_correctedStep != Steps)
        {
            _correction1 = (real)(1 - Math.Pow(Beta1, Steps));
            _correction2 = (real)(1 - Math.Pow(Beta2, Steps));
            _correctedStep = Steps;
        }

        AdamKernel.Step(Parameters.Values.Slice(offset, length), Parameters.Gradients.Slice(offset, length), _m.Span.Slice(offset, length), _v.Span.Slice(offset, length),
            LearningRate, Beta1, Beta2, Epsilon, decays ? WeightDecay : 0, _correction1, _correction2, 1, Team);
    }
}

/// <summary>Adam (Kingma &amp; Ba 2015, Alg. 1): <see cref="AdamW"/> without weight decay.</summary>
public sealed class Adam : AdamW
{
    /// <summary>Makes the optimizer; η = 0.001.</summary>
    public Adam(ParameterSet parameters)
        : base(parameters)
        => WeightDecay = 0;
}
