using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// RMSProp (Tieleman &amp; Hinton 2012, lecture 6.5): <c>s ← α s + (1 − α) g²</c>, <c>w ← w − η g / (√s + ε)</c>. Centred (Graves 2013, eq. 38 – 45) it
/// divides by the deviation, <c>√(s − a²) + ε</c> with <c>a ← α a + (1 − α) g</c>; with momentum <c>b ← μ b + g / (…)</c>, <c>w ← w − η b</c>.
/// </summary>
/// <remarks>State <c>squares</c> s, with momentum <c>velocity</c> b, centred <c>mean</c> a.</remarks>
public sealed class RmsProp : Optimizer
{
    private readonly Slab _squares;
    private readonly Slab? _mean;
    private readonly Slab? _velocity;

    /// <summary>Makes the optimizer; η = 0.01.</summary>
    /// <param name="parameters">What it updates.</param>
    /// <param name="momentum">μ in [0, 1). Default: 0.</param>
    /// <param name="centred">Whether it divides by the deviation and not by the root of the mean square. Default: no.</param>
    /// <exception cref="ArgumentOutOfRangeException">The momentum is outside [0, 1).</exception>
    public RmsProp(ParameterSet parameters, double momentum = 0, bool centred = false)
        : base(parameters)
    {
        if (!(momentum >= 0 && momentum < 1)) throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "RmsProp: the momentum must be at least 0 and less than 1.");
        LearningRate = (real)0.01;
        Momentum = (real)momentum;
        _squares = AddState("squares");
        if (momentum > 0) _velocity = AddState("velocity");
        if (centred) _mean = AddState("mean");
    }

    /// <summary>μ.</summary>
    public real Momentum { get; }

    /// <summary>α, decay of the means, in [0, 1). Default: 0.99.</summary>
    public real Alpha { get; init => field = OptionRange.Share(value, nameof(Alpha)); } = (real)0.99;

    /// <summary>ε, added to the root, more than 0. Default: 1e-8.</summary>
    public real Epsilon { get; init => field = OptionRange.Positive(value, nameof(Epsilon)); } = (real)1e-8;

    /// <inheritdoc/>
    protected override void Update(in ParameterRun run)
    {
        Numbers numbers = new() { MinusRate = -run.LearningRate, Alpha = Alpha, Epsilon = Epsilon, Momentum = Momentum };
        if (_velocity is null && _mean is null) Apply(run, new PlainRule { Of = numbers }, _squares);
        else if (_mean is null) Apply(run, new MomentumRule { Of = numbers }, _squares, _velocity);
        else if (_velocity is null) Apply(run, new CentredRule { Of = numbers }, _squares, _mean);
        else Apply(run, new CentredMomentumRule { Of = numbers }, _squares, _mean, _velocity);
    }

    private struct Numbers
    {
        public real MinusRate;
        public real Alpha;
        public real Epsilon;
        public real Momentum;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly V Mean<V>(V mean, V value)
            where V : struct, ILane<V>
            => V.MulAdd((V)Alpha, mean, (V)(1 - Alpha) * value);

        /// <summary>√(s − a²) + ε. Rounding can make the difference less than zero where gradients hardly vary; ε is left there.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly V Deviation<V>(V squares, V mean)
            where V : struct, ILane<V>
            => V.Sqrt(V.Max(squares - (mean * mean), (V)(real)0)) + (V)Epsilon;
    }

    private struct PlainRule : IUpdateRule
    {
        public Numbers Of;

        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<V>(ref V weight, V gradient, ref V squares, ref V second, ref V third)
            where V : struct, ILane<V>
        {
            squares = Of.Mean(squares, gradient * gradient);
            weight = V.MulAdd(gradient / (V.Sqrt(squares) + (V)Of.Epsilon), (V)Of.MinusRate, weight);
        }
    }

    private struct MomentumRule : IUpdateRule
    {
        public Numbers Of;

        public static int States => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<V>(ref V weight, V gradient, ref V squares, ref V velocity, ref V third)
            where V : struct, ILane<V>
        {
            squares = Of.Mean(squares, gradient * gradient);
            velocity = V.MulAdd((V)Of.Momentum, velocity, gradient / (V.Sqrt(squares) + (V)Of.Epsilon));
            weight = V.MulAdd(velocity, (V)Of.MinusRate, weight);
        }
    }

    private struct CentredRule : IUpdateRule
    {
        public Numbers Of;

        public static int States => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<V>(ref V weight, V gradient, ref V squares, ref V mean, ref V third)
            where V : struct, ILane<V>
        {
            squares = Of.Mean(squares, gradient * gradient);
            mean = Of.Mean(mean, gradient);
            weight = V.MulAdd(gradient / Of.Deviation(squares, mean), (V)Of.MinusRate, weight);
        }
    }

    private struct CentredMomentumRule : IUpdateRule
    {
        public Numbers Of;

        public static int States => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<V>(ref V weight, V gradient, ref V squares, ref V mean, ref V velocity)
            where V : struct, ILane<V>
        {
            squares = Of.Mean(squares, gradient * gradient);
            mean = Of.Mean(mean, gradient);
            velocity = V.MulAdd((V)Of.Momentum, velocity, gradient / Of.Deviation(squares, mean));
            weight = V.MulAdd(velocity, (V)Of.MinusRate, weight);
        }
    }
}
