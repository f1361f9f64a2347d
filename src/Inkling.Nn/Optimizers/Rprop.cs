using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// Resilient back-propagation (Riedmiller &amp; Braun 1993, as Rprop⁻ of Igel &amp; Hüsken 2000): each weight has a step of its own, Δ, which grows by η⁺ while its
/// gradient keeps the sign and shrinks by η⁻ when it changes; <c>w ← w − sign(g) Δ</c>. Where the sign changed, g counts as 0. For whole data sets, not for
/// batches.
/// </summary>
/// <remarks>
/// <see cref="Optimizer.LearningRate"/> is what Δ is at first, 0.01; setting it after the first step has no effect. State <c>gradient</c>, the one before,
/// and <c>step</c> Δ.
/// </remarks>
public sealed class Rprop : Optimizer
{
    private readonly Slab _gradient;
    private readonly Slab _step;

    /// <summary>Makes the optimizer; Δ = 0.01 at first.</summary>
    public Rprop(ParameterSet parameters)
        : base(parameters)
    {
        LearningRate = (real)0.01;
        _gradient = AddState("gradient");
        _step = AddState("step");
    }

    /// <summary>η⁻, what Δ is multiplied with when the sign changes, in [0, 1). Default: 0.5.</summary>
    public real Shrink { get; init => field = OptionRange.Share(value, nameof(Shrink)); } = (real)0.5;

    /// <summary>η⁺, what Δ is multiplied with when it does not, more than 1. Default: 1.2.</summary>
    public real Grow
    {
        get;
        init => field = value > 1 && real.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"Grow is {value}; it must be more than 1 and finite.");
    } = (real)1.2;

    /// <summary>The smallest Δ, more than 0. Default: 1e-6.</summary>
    public real SmallestStep { get; init => field = OptionRange.Positive(value, nameof(SmallestStep)); } = (real)1e-6;

    /// <summary>The largest Δ, more than 0. Default: 50.</summary>
    public real LargestStep { get; init => field = OptionRange.Positive(value, nameof(LargestStep)); } = 50;

    /// <inheritdoc/>
    protected override void BeginStep()
    {
        if (Steps == 1) _step.Span.Fill(LearningRate);
    }

    /// <inheritdoc/>
    protected override void Update(in ParameterRun run)
    {
        if (Steps == 1) _step.Span.Slice(run.Offset, run.Length).Fill(run.LearningRate);
        Apply(run, new Rule { Shrink = Shrink, Grow = Grow, Smallest = SmallestStep, Largest = LargestStep }, _gradient, _step);
    }

    private struct Rule : IUpdateRule
    {
        public real Shrink;
        public real Grow;
        public real Smallest;
        public real Largest;

        public static int States => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<V>(ref V weight, V gradient, ref V before, ref V step, ref V third)
            where V : struct, ILane<V>
        {
            V zero = (V)(real)0, agreement = Signs.Of(gradient) * Signs.Of(before);
            V turned = V.LessThan(agreement, zero);
            V factor = V.Select(turned, (V)Shrink, V.Select(V.LessThan(zero, agreement), (V)Grow, (V)(real)1));
            step = V.Min(V.Max(step * factor, (V)Smallest), (V)Largest);
            before = V.Select(turned, zero, gradient);
            weight -= Signs.Of(before) * step;
        }
    }
}
