using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// Lion (Chen et al. 2023, Alg. 2): <c>w ← w − η (sign(β₁ m + (1 − β₁) g) + λ w)</c>, then <c>m ← β₂ m + (1 − β₂) g</c>. Every weight moves by η, and half the
/// state of Adam is kept; rates are 3 to 10 times smaller than Adam's, decay that much larger.
/// </summary>
/// <remarks>State <c>m</c>.</remarks>
public sealed class Lion : Optimizer
{
    private readonly Slab _m;

    /// <summary>Makes the optimizer; η = 0.0001.</summary>
    public Lion(ParameterSet parameters)
        : base(parameters)
    {
        LearningRate = (real)0.0001;
        _m = AddState("m");
    }

    /// <summary>β₁, share of the momentum in the direction, in [0, 1). Default: 0.9.</summary>
    public real Beta1 { get; init => field = OptionRange.Share(value, nameof(Beta1)); } = (real)0.9;

    /// <summary>β₂, decay of the momentum, in [0, 1). Default: 0.99.</summary>
    public real Beta2 { get; init => field = OptionRange.Share(value, nameof(Beta2)); } = (real)0.99;

    /// <summary>λ, the share of a weight that a step of rate 1 takes away, at least 0. Default: 0.</summary>
    public real WeightDecay { get; init => field = OptionRange.NotNegative(value, nameof(WeightDecay)); }

    /// <inheritdoc/>
    protected override bool HasDecay => WeightDecay != 0 || base.HasDecay;

    /// <inheritdoc/>
    protected override void Update(in ParameterRun run)
        => Apply(run, new Rule { MinusRate = -run.LearningRate, Keep = 1 - (run.LearningRate * WeightDecay * run.DecayFactor), Beta1 = Beta1, Beta2 = Beta2 }, _m);

    private struct Rule : IUpdateRule
    {
        public real MinusRate;
        public real Keep;
        public real Beta1;
        public real Beta2;

        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<V>(ref V weight, V gradient, ref V m, ref V second, ref V third)
            where V : struct, ILane<V>
        {
            V direction = V.MulAdd((V)Beta1, m, (V)(1 - Beta1) * gradient);
            m = V.MulAdd((V)Beta2, m, (V)(1 - Beta2) * gradient);
            weight = V.MulAdd((V)MinusRate, Signs.Of(direction), (V)Keep * weight);
        }
    }
}
