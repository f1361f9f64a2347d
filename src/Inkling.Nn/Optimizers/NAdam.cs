using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// Adam with Nesterov's momentum (Dozat 2016): <c>w ← w − η ((1 − μ_t) / (1 − Π_{i ≤ t} μᵢ) g + μ_{t+1} / (1 − Π_{i ≤ t+1} μᵢ) m) / (√v̂ + ε)</c> with
/// m and v̂ as in <see cref="Adam"/> and <c>μ_t = β₁ (1 − ½ · 0.96^(t ψ))</c>.
/// </summary>
/// <remarks>
/// As in PyTorch's <c>foreach</c> implementation, which follows the paper; the one for single tensors in PyTorch 1.13 multiplies the second product
/// by <c>μ_t</c> once too often. State <c>m</c>, <c>v</c>.
/// </remarks>
public sealed class NAdam : Optimizer
{
    private readonly Slab _m;
    private readonly Slab _v;
    private double _product = 1;
    private long _productStep;

    /// <summary>Makes the optimizer; η = 0.002.</summary>
    public NAdam(ParameterSet parameters)
        : base(parameters)
    {
        LearningRate = (real)0.002;
        _m = AddState("m");
        _v = AddState("v");
    }

    /// <summary>β₁, decay of the mean of gradients, in [0, 1). Default: 0.9.</summary>
    public real Beta1 { get; init => field = OptionRange.Share(value, nameof(Beta1)); } = (real)0.9;

    /// <summary>β₂, decay of the mean of squared gradients, in [0, 1). Default: 0.999.</summary>
    public real Beta2 { get; init => field = OptionRange.Share(value, nameof(Beta2)); } = (real)0.999;

    /// <summary>ε, added to the root, more than 0. Default: 1e-8.</summary>
    public real Epsilon { get; init => field = OptionRange.Positive(value, nameof(Epsilon)); } = (real)1e-8;

    /// <summary>ψ, how quickly the momentum rises from half of β₁ to β₁, at least 0. Default: 0.004.</summary>
    public real MomentumDecay { get; init => field = OptionRange.NotNegative(value, nameof(MomentumDecay)); } = (real)0.004;

    /// <inheritdoc/>
    protected override void BeginStep()
    {
        // The product follows from the number of steps alone, so a checkpoint need not keep it.
        if (_productStep >= Steps) (_product, _productStep) = (1, 0);
        while (_productStep < Steps) _product *= MomentumAt(++_productStep);
    }

    /// <inheritdoc/>
    protected override void Update(in ParameterRun run)
    {
        double now = MomentumAt(Steps), next = MomentumAt(Steps + 1);
        Apply(run, new Rule
        {
            Beta1 = Beta1,
            Beta2 = Beta2,
            Epsilon = Epsilon,
            GradientRate = (real)(-run.LearningRate * (1 - now) / (1 - _product)),
            MeanRate = (real)(-run.LearningRate * next / (1 - (_product * next))),
            InverseRootCorrection = (real)(1 / Math.Sqrt(1 - Math.Pow(Beta2, Steps))),
        }, _m, _v);
    }

    private double MomentumAt(long step) => Beta1 * (1 - (0.5 * Math.Pow(0.96, step * (double)MomentumDecay)));

    private struct Rule : IUpdateRule
    {
        public real Beta1;
        public real Beta2;
        public real Epsilon;
        public real GradientRate;
        public real MeanRate;
        public real InverseRootCorrection;

        public static int States => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<V>(ref V weight, V gradient, ref V m, ref V v, ref V third)
            where V : struct, ILane<V>
        {
            m = V.MulAdd((V)Beta1, m, (V)(1 - Beta1) * gradient);
            v = V.MulAdd((V)Beta2, v, (V)(1 - Beta2) * gradient * gradient);
            V root = V.MulAdd(V.Sqrt(v), (V)InverseRootCorrection, (V)Epsilon);
            weight += V.MulAdd((V)GradientRate, gradient, (V)MeanRate * m) / root;
        }
    }
}
