using System.Runtime.CompilerServices;
using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Kullback–Leibler divergence of distributions from predicted ones, <c>1/R Σ t (ln t − x)</c>: log-probabilities x <c>[…, C]</c> and probabilities t of the same shape → a
/// scalar, the mean over the R rows, in nats (Kullback &amp; Leibler 1951). Where t is 0 the term is 0. <c>dx = −t / R</c>, <c>dt = (ln t + 1 − x) / R</c>.
/// </summary>
public readonly struct KlDivergence : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(KlDivergence);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        PairLoss.Infer(Name, inputs, outputs);
        if (inputs[0].Rank == 0) Errors.Shape(Name, "the operands are scalars; distributions lie along the last axis.");
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        PairLoss.Forward(Name, default(Formula), context, Rows(context.InputShape(0)));
        if (!real.IsNaN(context.Output()[0])) return;
        ReadOnlySpan<real> targets = context.Input(1);
        for (int i = 0; i < targets.Length; i++)
        {
            if (targets[i] < 0) throw new ArgumentException($"{Name}: target number {i} is {targets[i]}; targets are probabilities, not their logarithms. Take Exp() of them?");
        }
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context) => PairLoss.Backward(default(Formula), context, Rows(context.InputShape(0)));

    private static int Rows(Shape shape) => shape.Length / shape[^1];

    private readonly struct Formula : IPairLoss
    {
        public static bool HasTargetSlope => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Loss<V>(V x, V t, V w)
            where V : struct, ILane<V>
            => V.Select(V.EqualTo(t, (V)(real)0), (V)(real)0, t * (V.Log(t) - x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Slope<V>(V x, V t, V w)
            where V : struct, ILane<V>
            => -t;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V TargetSlope<V>(V x, V t, V w)
            where V : struct, ILane<V>
            => V.Select(V.EqualTo(t, (V)(real)0), (V)(real)0, V.Log(t) + (V)(real)1 - x);
    }
}
