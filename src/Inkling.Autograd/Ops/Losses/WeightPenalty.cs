using System.Runtime.CompilerServices;
using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// A penalty on the size of weights, <c>λ₁ Σ |wᵢ| + λ₂/2 Σ wᵢ²</c>: any shape → a scalar. <c>dw = λ₁ sign(w) + λ₂ w</c>. The first part is the lasso (Tibshirani 1996) and makes
/// weights that are of no use zero, the second is ridge regression (Hoerl &amp; Kennard 1970) and keeps all small.
/// </summary>
/// <param name="l1">λ₁.</param>
/// <param name="l2">λ₂.</param>
public readonly struct WeightPenalty(real l1, real l2) : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(WeightPenalty);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs) => outputs[0] = default;

    /// <inheritdoc/>
    public void Forward(in OpForward context) => context.Output()[0] = (real)PairLosses.Sum(new Formula { L1 = l1, L2 = l2 }, context.Input(0), context.Input(0), default);

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
        => PairLosses.Slopes(new Formula { L1 = l1, L2 = l2 }, context.Input(0), context.Input(0), default, context.OutputGradient()[0], context.InputGradient(0, out bool add), add, context.Team);

    private struct Formula : IPairLoss
    {
        public real L1;
        public real L2;

        public static bool HasTargetSlope => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly V Loss<V>(V x, V t, V w)
            where V : struct, ILane<V>
            => V.MulAdd((V)(L2 / 2) * x, x, (V)L1 * V.Abs(x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly V Slope<V>(V x, V t, V w)
            where V : struct, ILane<V>
            => V.MulAdd((V)L2, x, (V)L1 * Signs.Of(x));

        public readonly V TargetSlope<V>(V x, V t, V w)
            where V : struct, ILane<V>
            => default;
    }
}
