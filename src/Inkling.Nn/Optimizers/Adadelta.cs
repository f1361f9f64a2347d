using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// Adadelta (Zeiler 2012, Alg. 1): <c>s ← ρ s + (1 − ρ) g²</c>, <c>Δ = √(d + ε) / √(s + ε) · g</c>, <c>d ← ρ d + (1 − ρ) Δ²</c>, <c>w ← w − η Δ</c>.
/// The size of a step follows that of the steps before, so η is usually left at 1.
/// </summary>
/// <remarks>State <c>squares</c> s, <c>steps</c> d.</remarks>
public sealed class Adadelta : Optimizer
{
    private readonly Slab _squares;
    private readonly Slab _steps;

    /// <summary>Makes the optimizer; η = 1.</summary>
    public Adadelta(ParameterSet parameters)
        : base(parameters)
    {
        LearningRate = 1;
        _squares = AddState("squares");
        _steps = AddState("steps");
    }

    /// <summary>ρ, decay of both means, in [0, 1). Default: 0.9.</summary>
    public real Rho { get; init => field = OptionRange.Share(value, nameof(Rho)); } = (real)0.9;

    /// <summary>ε, added below both roots, more than 0; the first step is of the size of its root. Default: 1e-6.</summary>
    public real Epsilon { get; init => field = OptionRange.Positive(value, nameof(Epsilon)); } = (real)1e-6;

    /// <inheritdoc/>
    protected override void Update(in ParameterRun run)
        => Apply(run, new Rule { MinusRate = -run.LearningRate, Rho = Rho, Epsilon = Epsilon }, _squares, _steps);

    private struct Rule : IUpdateRule
    {
        public real MinusRate;
        public real Rho;
        public real Epsilon;

        public static int States => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<V>(ref V weight, V gradient, ref V squares, ref V steps, ref V third)
            where V : struct, ILane<V>
        {
            V rest = (V)(1 - Rho);
            squares = V.MulAdd((V)Rho, squares, rest * gradient * gradient);
            V step = V.Sqrt(steps + (V)Epsilon) / V.Sqrt(squares + (V)Epsilon) * gradient;
            steps = V.MulAdd((V)Rho, steps, rest * step * step);
            weight = V.MulAdd(step, (V)MinusRate, weight);
        }
    }
}
