using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// Stochastic gradient descent, <c>w ← w − η g</c>; with momentum (Polyak 1964) <c>v ← μ v + (1 − τ) g</c>, <c>w ← w − η v</c>; with Nesterov's
/// (Sutskever et al. 2013, in the form of PyTorch) <c>w ← w − η (g + μ v)</c>.
/// </summary>
/// <remarks>State <c>velocity</c> v, only with momentum. In the first step <c>v = g</c>, whatever τ is.</remarks>
public sealed class Sgd : Optimizer
{
    private readonly Slab? _velocity;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">What it updates.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="momentum">μ in [0, 1). Default: 0.</param>
    /// <param name="nesterov">Whether the step looks ahead along the velocity; needs momentum, and no dampening. Default: no.</param>
    /// <param name="dampening">τ in [0, 1), the share of a gradient that does not enter the velocity. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Momentum or dampening is outside [0, 1).</exception>
    /// <exception cref="ArgumentException">Nesterov is asked for without momentum, or with dampening.</exception>
    public Sgd(ParameterSet parameters, double learningRate, double momentum = 0, bool nesterov = false, double dampening = 0)
        : base(parameters)
    {
        if (!(momentum >= 0 && momentum < 1)) throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "Sgd: the momentum must be at least 0 and less than 1.");
        if (!(dampening >= 0 && dampening < 1)) throw new ArgumentOutOfRangeException(nameof(dampening), dampening, "Sgd: the dampening must be at least 0 and less than 1.");
        if (nesterov && (momentum == 0 || dampening != 0)) throw new ArgumentException($"Sgd: Nesterov's momentum needs a momentum above 0 and no dampening; given {momentum} and {dampening}.", nameof(nesterov));
        LearningRate = (real)learningRate;
        Momentum = (real)momentum;
        Nesterov = nesterov;
        Dampening = (real)dampening;
        if (momentum > 0) _velocity = AddState("velocity");
    }

    /// <summary>μ.</summary>
    public real Momentum { get; }

    /// <summary>Whether the step looks ahead along the velocity.</summary>
    public bool Nesterov { get; }

    /// <summary>τ.</summary>
    public real Dampening { get; }

    /// <inheritdoc/>
    protected override void Update(in ParameterRun run)
    {
        if (_velocity is null) Apply(run, new PlainRule { MinusRate = -run.LearningRate });
        else if (Nesterov) Apply(run, new NesterovRule { MinusRate = -run.LearningRate, Momentum = Momentum }, _velocity);
        else Apply(run, new MomentumRule { MinusRate = -run.LearningRate, Momentum = Momentum, Share = Steps == 1 ? 1 : 1 - Dampening }, _velocity);
    }

    private struct PlainRule : IUpdateRule
    {
        public real MinusRate;

        public static int States => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<V>(ref V weight, V gradient, ref V first, ref V second, ref V third)
            where V : struct, ILane<V>
            => weight = V.MulAdd(gradient, (V)MinusRate, weight);
    }

    private struct MomentumRule : IUpdateRule
    {
        public real MinusRate;
        public real Momentum;
        public real Share;

        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<V>(ref V weight, V gradient, ref V velocity, ref V second, ref V third)
            where V : struct, ILane<V>
        {
            velocity = V.MulAdd((V)Momentum, velocity, (V)Share * gradient);
            weight = V.MulAdd(velocity, (V)MinusRate, weight);
        }
    }

    private struct NesterovRule : IUpdateRule
    {
        public real MinusRate;
        public real Momentum;

        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<V>(ref V weight, V gradient, ref V velocity, ref V second, ref V third)
            where V : struct, ILane<V>
        {
            velocity = V.MulAdd((V)Momentum, velocity, gradient);
            weight = V.MulAdd(V.MulAdd((V)Momentum, velocity, gradient), (V)MinusRate, weight);
        }
    }
}
