using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// Adagrad (Duchi, Hazan &amp; Singer 2011): <c>s ← s + g²</c>, <c>w ← w − η_t g / (√s + ε)</c> with <c>η_t = η / (1 + (t − 1) δ)</c>. Rare features
/// keep a large rate.
/// </summary>
/// <remarks>State <c>sum</c> s.</remarks>
public sealed class Adagrad : Optimizer
{
    private readonly Slab _sum;

    /// <summary>Makes the optimizer; η = 0.01.</summary>
    public Adagrad(ParameterSet parameters)
        : base(parameters)
    {
        LearningRate = (real)0.01;
        _sum = AddState("sum");
    }

    /// <summary>δ, by which the rate falls with the steps, at least 0. Default: 0.</summary>
    public real RateDecay { get; init => field = OptionRange.NotNegative(value, nameof(RateDecay)); }

    /// <summary>What s is before the first step, at least 0. Default: 0.</summary>
    public real InitialSum { get; init => field = OptionRange.NotNegative(value, nameof(InitialSum)); }

    /// <summary>ε, added to the root, more than 0. Default: 1e-10.</summary>
    public real Epsilon { get; init => field = OptionRange.Positive(value, nameof(Epsilon)); } = (real)1e-10;

    /// <inheritdoc/>
    protected override void BeginStep()
    {
        if (Steps == 1) _sum.Span.Fill(InitialSum);
    }

    /// <inheritdoc/>
    protected override void Update(in ParameterRun run)
        => Apply(run, new Rule { MinusRate = (real)(-run.LearningRate / (1 + ((Steps - 1) * (double)RateDecay))), Epsilon = Epsilon }, _sum);

    private struct Rule : IUpdateRule
    {
        public real MinusRate;
        public real Epsilon;

        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<V>(ref V weight, V gradient, ref V sum, ref V second, ref V third)
            where V : struct, ILane<V>
        {
            sum = V.MulAdd(gradient, gradient, sum);
            weight = V.MulAdd(gradient / (V.Sqrt(sum) + (V)Epsilon), (V)MinusRate, weight);
        }
    }
}
