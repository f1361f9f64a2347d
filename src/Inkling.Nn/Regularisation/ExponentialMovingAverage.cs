using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// A moving average of the weights, <c>a ← δ a + (1 − δ) w</c> after each step (Polyak &amp; Juditsky 1992): often better than the last weights, at the cost of
/// one more copy of them. It begins with the weights as they are.
/// </summary>
/// <example><code>
/// ExponentialMovingAverage average = new(model.Parameters, 0.999);
/// …
/// adam.Step();
/// average.Update();
/// …
/// using (average.InPlace()) Validate(model);     // the average stands in for the weights here
/// </code></example>
public sealed class ExponentialMovingAverage
{
    private readonly ParameterSet _parameters;
    private readonly Slab _average;

    /// <summary>Begins an average.</summary>
    /// <param name="parameters">Whose values.</param>
    /// <param name="decay">δ in [0, 1): it averages over about <c>1 / (1 − δ)</c> steps. Default: 0.999.</param>
    /// <param name="warmup">Whether δ is <c>min(δ, (1 + t) / (10 + t))</c> at update t, so that early weights are soon forgotten. Default: no.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is outside [0, 1).</exception>
    public ExponentialMovingAverage(ParameterSet parameters, double decay = 0.999, bool warmup = false)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!(decay >= 0 && decay < 1)) throw new ArgumentOutOfRangeException(nameof(decay), decay, "ExponentialMovingAverage: the decay must be at least 0 and less than 1.");
        _parameters = parameters;
        _average = new Slab(parameters.Values.Length);
        parameters.Values.CopyTo(_average.Span);
        Decay = decay;
        Warmup = warmup;
    }

    /// <summary>δ.</summary>
    public double Decay { get; }

    /// <summary>Whether the first updates forget quicker.</summary>
    public bool Warmup { get; }

    /// <summary>Updates so far; part of a checkpoint.</summary>
    public long Updates { get; set; }

    /// <summary>Whether the average stands where the weights belong, after an odd number of swaps.</summary>
    public bool IsInPlace { get; private set; }

    /// <summary>The average, or the weights while it is in place; laid out as <see cref="ParameterSet.Values"/>; part of a checkpoint.</summary>
    public Span<real> State => _average.Span;

    /// <summary>Threads of the update. Default: all cores.</summary>
    public Team Team { get; set; } = Team.Shared;

    /// <summary>Takes the weights into the average. Allocates nothing.</summary>
    /// <exception cref="InvalidOperationException">The average is in place of the weights.</exception>
    public void Update()
    {
        if (IsInPlace) throw new InvalidOperationException("ExponentialMovingAverage.Update: the average is in place of the weights. Swap them back first.");
        Updates++;
        double decay = Warmup ? Math.Min(Decay, (1.0 + Updates) / (10 + Updates)) : Decay;
        ParameterUpdate.Run(new BlendRule { Share = (real)(1 - decay) }, _average.Span, _parameters.Values, default, Team);
    }

    /// <summary>Exchanges average and weights; once more brings them back.</summary>
    public void Swap()
    {
        ParameterUpdate.Run(default(SwapRule), _parameters.Values, _parameters.Values, _average.Span, Team);
        IsInPlace = !IsInPlace;
    }

    /// <summary>Puts the average in place of the weights until the result is disposed.</summary>
    /// <exception cref="InvalidOperationException">It is there already.</exception>
    public Placement InPlace()
    {
        if (IsInPlace) throw new InvalidOperationException("ExponentialMovingAverage.InPlace: the average is in place of the weights already.");
        Swap();
        return new Placement(this);
    }

    /// <summary>The time during which an average is in place of the weights.</summary>
    public readonly struct Placement : IDisposable, IEquatable<Placement>
    {
        private readonly ExponentialMovingAverage? _owner;

        internal Placement(ExponentialMovingAverage owner) => _owner = owner;

        /// <summary>Brings the weights back.</summary>
        public void Dispose()
        {
            if (_owner is { IsInPlace: true }) _owner.Swap();
        }

        /// <inheritdoc/>
        public bool Equals(Placement other) => ReferenceEquals(_owner, other._owner);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Placement other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => _owner?.GetHashCode() ?? 0;

        /// <summary>Whether both are of one average.</summary>
        public static bool operator ==(Placement left, Placement right) => left.Equals(right);

        /// <summary>Whether they are of two averages.</summary>
        public static bool operator !=(Placement left, Placement right) => !left.Equals(right);
    }

    private struct BlendRule : IUpdateRule
    {
        public real Share;

        public static int States => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<V>(ref V average, V weight, ref V first, ref V second, ref V third)
            where V : struct, ILane<V>
            => average = V.MulAdd(weight - average, (V)Share, average);
    }

    private struct SwapRule : IUpdateRule
    {
        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<V>(ref V weight, V same, ref V average, ref V second, ref V third)
            where V : struct, ILane<V>
            => (weight, average) = (average, weight);
    }
}
