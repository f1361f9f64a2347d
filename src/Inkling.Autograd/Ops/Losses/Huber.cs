using System.Runtime.CompilerServices;
using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Huber's loss (1964), <c>1/n Σ h(xᵢ − tᵢ)</c> with <c>h(d) = ½ d²</c> up to δ and <c>δ (|d| − ½ δ)</c> beyond, times a factor: a parabola for small errors, a line for large
/// ones. Operands of one shape → a scalar. <c>dx = clamp(x − t, ±δ) / n</c>.
/// </summary>
/// <param name="delta">δ, more than 0.</param>
/// <param name="factor">What the loss is multiplied with: 1 for Huber's, 1/δ for the smooth L1 loss (Girshick 2015, eq. 3).</param>
public readonly struct Huber(real delta, real factor) : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(Huber);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs) => PairLoss.Infer(Name, inputs, outputs);

    /// <inheritdoc/>
    public void Forward(in OpForward context) => PairLoss.Forward(Name, new Formula { Delta = delta, Factor = factor }, context, context.Input(0).Length);

    /// <inheritdoc/>
    public void Backward(in OpBackward context) => PairLoss.Backward(new Formula { Delta = delta, Factor = factor }, context, context.Input(0).Length);

    private struct Formula : IPairLoss
    {
        public real Delta;
        public real Factor;

        public static bool HasTargetSlope => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly V Loss<V>(V x, V t, V w)
            where V : struct, ILane<V>
        {
            V d = V.Abs(x - t), delta = (V)Delta, half = (V)(real)0.5;
            return (V)Factor * V.Select(V.LessThanOrEqual(d, delta), half * d * d, delta * (d - (half * delta)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly V Slope<V>(V x, V t, V w)
            where V : struct, ILane<V>
            => (V)Factor * V.Max(V.Min(x - t, (V)Delta), (V)(-Delta));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly V TargetSlope<V>(V x, V t, V w)
            where V : struct, ILane<V>
            => -Slope(x, t, w);
    }
}
