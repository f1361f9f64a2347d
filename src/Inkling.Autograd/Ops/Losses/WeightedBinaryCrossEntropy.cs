using System.Runtime.CompilerServices;
using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Mean binary cross-entropy of logits in which positive targets weigh p, <c>1/n Σ (1 − t) x + (1 + (p − 1) t)(ln(1 + e^−|x|) + max(−x, 0))</c>; logits <c>[…, C]</c>, targets
/// (0 … 1) of the same shape and p, one number or <c>[C]</c>, → a scalar, in nats. <c>dx = (1 − t − (1 + (p − 1) t) σ(−x)) / n</c>. Gradients flow to the logits only.
/// </summary>
public readonly struct WeightedBinaryCrossEntropy : IOp
{
    /// <inheritdoc/>
    public static string Name => "BinaryCrossEntropyWithLogits";

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        PairLoss.Infer(Name, inputs, outputs);
        Shape weight = inputs[2];
        if (weight.Length != 1 && (weight.Rank != 1 || inputs[0].Rank == 0 || weight[0] != inputs[0][^1]))
            Errors.Shape(Name, $"the positive weight is {weight}; it must be one number or one for each class of {inputs[0]}.");
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        ReadOnlySpan<real> x = context.Input(0), t = context.Input(1), w = context.Input(2);
        if (w.Length == 1)
        {
            PairLoss.Forward(Name, default(Formula), context, x.Length, w);
            return;
        }

        double sum = 0;
        for (int at = 0; at < x.Length; at += w.Length) sum += PairLosses.Sum(default(Formula), x.Slice(at, w.Length), t.Slice(at, w.Length), w);
        if (!double.IsFinite(sum)) TargetValues.ThrowIfNotFinite(Name, t);
        context.Output()[0] = (real)(sum / x.Length);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        ReadOnlySpan<real> x = context.Input(0), t = context.Input(1), w = context.Input(2);
        if (w.Length == 1)
        {
            PairLoss.Backward(default(Formula), context, x.Length, w);
            return;
        }

        if (!context.NeedsGradient(0)) return;
        Span<real> gradient = context.InputGradient(0, out bool add);
        real scale = context.OutputGradient()[0] / x.Length;
        for (int at = 0; at < x.Length; at += w.Length)
            PairLosses.Slopes(default(Formula), x.Slice(at, w.Length), t.Slice(at, w.Length), w, scale, gradient.Slice(at, w.Length), add, Team.Single);
    }

    private readonly struct Formula : IPairLoss
    {
        public static bool HasTargetSlope => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Loss<V>(V x, V t, V w)
            where V : struct, ILane<V>
        {
            V one = (V)(real)1;
            return V.MulAdd(one - t, x, V.MulAdd(w - one, t, one) * (V.Log(one + V.Exp(-V.Abs(x))) + V.Max(-x, (V)(real)0)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Slope<V>(V x, V t, V w)
            where V : struct, ILane<V>
        {
            V one = (V)(real)1;
            return one - t - (V.MulAdd(w - one, t, one) / (one + V.Exp(x)));
        }

        public V TargetSlope<V>(V x, V t, V w)
            where V : struct, ILane<V>
            => default;
    }
}
