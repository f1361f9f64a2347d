using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// Rectified Adam (Liu et al. 2020, Alg. 2): Adam whose steps are scaled by <c>r_t = √((ρ_t − 4)(ρ_t − 2) ρ_∞ / ((ρ_∞ − 4)(ρ_∞ − 2) ρ_t))</c> while the
/// mean of squares is of few gradients, and plain momentum, <c>w ← w − η m̂</c>, while <c>ρ_t ≤ 5</c>; <c>ρ_∞ = 2 / (1 − β₂) − 1</c>,
/// <c>ρ_t = ρ_∞ − 2 t β₂ᵗ / (1 − β₂ᵗ)</c>. It needs no warm-up.
/// </summary>
/// <remarks>ε is added to the root before its bias is corrected, as in PyTorch. State <c>m</c>, <c>v</c>.</remarks>
public sealed class RAdam : Optimizer
{
    private readonly Slab _m;
    private readonly Slab _v;

    /// <summary>Makes the optimizer; η = 0.001.</summary>
    public RAdam(ParameterSet parameters)
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
    protected override void Update(in ParameterRun run)
    {
        double power = Math.Pow(Beta2, Steps), most = (2 / (1 - (double)Beta2)) - 1, length = most - (2 * Steps * power / (1 - power));
        double rate = -run.LearningRate / (1 - Math.Pow(Beta1, Steps));
        Rule rule = new() { Beta1 = Beta1, Beta2 = Beta2, Epsilon = Epsilon, Rate = (real)rate };
        if (length > 5)
        {
            rule.Rectified = true;
            rule.Rate = (real)(rate * Math.Sqrt(1 - power) * Math.Sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length)));
        }

        Apply(run, rule, _m, _v);
    }

    private struct Rule : IUpdateRule
    {
        public real Beta1;
        public real Beta2;
        public real Epsilon;
        public real Rate;
        public bool Rectified;

        public static int States => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<V>(ref V weight, V gradient, ref V m, ref V v, ref V third)
            where V : struct, ILane<V>
        {
            m = V.MulAdd((V)Beta1, m, (V)(1 - Beta1) * gradient);
            v = V.MulAdd((V)Beta2, v, (V)(1 - Beta2) * gradient * gradient);
            V step = Rectified ? m / (V.Sqrt(v) + (V)Epsilon) : m;
            weight = V.MulAdd(step, (V)Rate, weight);
        }
    }
}
