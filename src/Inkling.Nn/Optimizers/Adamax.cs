using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// Adamax (Kingma &amp; Ba 2015, Alg. 2), Adam with the largest gradient in place of the root of the mean square: <c>m ← β₁ m + (1 − β₁) g</c>,
/// <c>u ← max(β₂ u, |g| + ε)</c>, <c>w ← w − η / (1 − β₁ᵗ) · m / u</c>.
/// </summary>
/// <remarks>State <c>m</c>, <c>u</c>.</remarks>
public sealed class Adamax : Optimizer
{
    private readonly Slab _m;
    private readonly Slab _u;

    /// <summary>Makes the optimizer; η = 0.002.</summary>
    public Adamax(ParameterSet parameters)
        : base(parameters)
    {
        LearningRate = (real)0.002;
        _m = AddState("m");
        _u = AddState("u");
    }

    /// <summary>β₁, decay of the mean of gradients, in [0, 1). Default: 0.9.</summary>
    public real Beta1 { get; init => field = OptionRange.Share(value, nameof(Beta1)); } = (real)0.9;

    /// <summary>β₂, decay of the largest gradient, in [0, 1). Default: 0.999.</summary>
    public real Beta2 { get; init => field = OptionRange.Share(value, nameof(Beta2)); } = (real)0.999;

    /// <summary>ε, added to the magnitude of the gradient, more than 0. Default: 1e-8.</summary>
    public real Epsilon { get; init => field = OptionRange.Positive(value, nameof(Epsilon)); } = (real)1e-8;

    /// <inheritdoc/>
    protected override void Update(in ParameterRun run)
        => Apply(run, new Rule { MinusRate = (real)(-run.LearningRate / (1 - Math.Pow(Beta1, Steps))), Beta1 = Beta1, Beta2 = Beta2, Epsilon = Epsilon }, _m, _u);

    private struct Rule : IUpdateRule
    {
        public real MinusRate;
        public real Beta1;
        public real Beta2;
        public real Epsilon;

        public static int States => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<V>(ref V weight, V gradient, ref V m, ref V u, ref V third)
            where V : struct, ILane<V>
        {
            m = V.MulAdd((V)Beta1, m, (V)(1 - Beta1) * gradient);
            u = V.Max((V)Beta2 * u, V.Abs(gradient) + (V)Epsilon);
            weight = V.MulAdd(m / u, (V)MinusRate, weight);
        }
    }
}
