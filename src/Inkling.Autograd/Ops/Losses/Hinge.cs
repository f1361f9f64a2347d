using System.Runtime.CompilerServices;
using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Hinge loss of a maximum-margin classifier (Cortes &amp; Vapnik 1995), <c>1/n Σ max(0, m − tᵢ xᵢ)</c>, or its square; scores and targets of −1 or 1 of one shape → a
/// scalar. <c>dx = −t / n</c> where <c>t x &lt; m</c>. No gradient flows to the targets.
/// </summary>
/// <param name="margin">m.</param>
/// <param name="squared">Whether each term is squared.</param>
public readonly struct Hinge(real margin, bool squared) : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(Hinge);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs) => PairLoss.Infer(Name, inputs, outputs);

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        TargetValues.RequireSigns(Name, context.Input(1));
        int count = context.Input(0).Length;
        if (squared) PairLoss.Forward(Name, new Square { Margin = margin }, context, count);
        else PairLoss.Forward(Name, new Line { Margin = margin }, context, count);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        int count = context.Input(0).Length;
        if (squared) PairLoss.Backward(new Square { Margin = margin }, context, count);
        else PairLoss.Backward(new Line { Margin = margin }, context, count);
    }

    private struct Line : IPairLoss
    {
        public real Margin;

        public static bool HasTargetSlope => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly V Loss<V>(V x, V t, V w)
            where V : struct, ILane<V>
            => V.Max((V)Margin - (t * x), (V)(real)0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly V Slope<V>(V x, V t, V w)
            where V : struct, ILane<V>
            => V.Select(V.LessThan(t * x, (V)Margin), -t, (V)(real)0);

        public readonly V TargetSlope<V>(V x, V t, V w)
            where V : struct, ILane<V>
            => default;
    }

    private struct Square : IPairLoss
    {
        public real Margin;

        public static bool HasTargetSlope => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly V Loss<V>(V x, V t, V w)
            where V : struct, ILane<V>
        {
            V lack = V.Max((V)Margin - (t * x), (V)(real)0);
            return lack * lack;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly V Slope<V>(V x, V t, V w)
            where V : struct, ILane<V>
            => (V)(real)(-2) * t * V.Max((V)Margin - (t * x), (V)(real)0);

        public readonly V TargetSlope<V>(V x, V t, V w)
            where V : struct, ILane<V>
            => default;
    }
}
