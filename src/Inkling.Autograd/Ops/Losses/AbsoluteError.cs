using System.Runtime.CompilerServices;
using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>Mean absolute error, <c>1/n Σ |xᵢ − tᵢ|</c>, of operands of one shape → a scalar. <c>dx = sign(x − t) / n</c>, 0 where they are equal.</summary>
public readonly struct AbsoluteError : IOp
{
    /// <inheritdoc/>
    public static string Name => "MeanAbsoluteError";

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs) => PairLoss.Infer(Name, inputs, outputs);

    /// <inheritdoc/>
    public void Forward(in OpForward context) => PairLoss.Forward(Name, default(Formula), context, context.Input(0).Length);

    /// <inheritdoc/>
    public void Backward(in OpBackward context) => PairLoss.Backward(default(Formula), context, context.Input(0).Length);

    private readonly struct Formula : IPairLoss
    {
        public static bool HasTargetSlope => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Loss<V>(V x, V t, V w)
            where V : struct, ILane<V>
            => V.Abs(x - t);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Slope<V>(V x, V t, V w)
            where V : struct, ILane<V>
            => Signs.Of(x - t);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V TargetSlope<V>(V x, V t, V w)
            where V : struct, ILane<V>
            => Signs.Of(t - x);
    }
}
