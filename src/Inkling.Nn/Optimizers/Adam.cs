using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// Adam (Kingma &amp; Ba 2015, Alg. 1): <c>m ← β₁ m + (1 − β₁) g</c>, <c>v ← β₂ v + (1 − β₂) g²</c>, <c>w ← w − η m̂ / (√v̂ + ε)</c> with
/// <c>m̂ = m / (1 − β₁ᵗ)</c>, <c>v̂ = v / (1 − β₂ᵗ)</c>.
/// </summary>
/// <remarks>
/// Weight decay is a penalty here, <see cref="Optimizer.L2"/>: its gradient goes through m and v as in PyTorch's <c>Adam</c>. <see cref="AdamW"/> keeps
/// it apart, which usually generalises better. State <c>m</c>, <c>v</c>.
/// </remarks>
public sealed class Adam : Optimizer
{
    private readonly Slab _m;
    private readonly Slab _v;
    private real _correction1;
    private real _correction2;

    /// <summary>Makes the optimizer; η = 0.001.</summary>
    public Adam(ParameterSet parameters)
        : base(parameters)
    {
        LearningRate = (real)0.001;
        _m = AddState("m");
        _v = AddState("v");
    }

    /// <summary>β₁, decay of the mean of gradients, in [0, 1). Default: 0.9.</summary>
    public real Beta1 { get; init => field = OptionRange.Share(value, nameof(Beta1)); } = (real)0.9;

    /// <summary>β₂, decay of the mean of squared gradients, in [0, 1). Default: 0.999.</summary>
    public real Beta2 { get; init => field = OptionRange.Share(value, nameof(Beta2)); } = (real)0.999;

    /// <summary>ε, added to the root, more than 0. Default: 1e-8.</summary>
    public real Epsilon { get; init => field = OptionRange.Positive(value, nameof(Epsilon)); } = (real)1e-8;

    /// <inheritdoc/>
    protected override void BeginStep()
    {
        _correction1 = (real)(1 - Math.Pow(Beta1, Steps));
        _correction2 = (real)(1 - Math.Pow(Beta2, Steps));
    }

    /// <inheritdoc/>
    protected override void Update(in ParameterRun run)
        => Apply(run, AdamRule.Of(run.LearningRate, Beta1, Beta2, Epsilon, 0, _correction1, _correction2), _m, _v);
}
