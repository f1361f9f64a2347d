using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Mean binary cross-entropy of logits, <c>1/n Σ max(x, 0) − x t + ln(1 + e^−|x|)</c>, which is stable for every x; logits and targets
/// (0 … 1) of one shape → a scalar, in nats. <c>dx = (σ(x) − t) / n</c>. No gradient flows to the targets.
/// </summary>
public readonly struct BinaryCrossEntropy : IOp
{
    /// <inheritdoc/>
    public static string Name => "BinaryCrossEntropyWithLogits";

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        if (inputs[0] != inputs[1] || inputs[0].Length == 0) Errors.Shape(Name, $"logits {inputs[0]} and targets {inputs[1]} must have the same shape and at least one element.");
        outputs[0] = default;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        Span<real> losses = context.Scratch(context.Input(0).Length);
        Zip.Apply<Formula>(context.Input(0), context.Input(1), losses, context.Team);
        context.Output()[0] = Reduce.Sum(losses) / losses.Length;
        if (!real.IsFinite(context.Output()[0])) TargetValues.ThrowIfNotFinite(Name, context.Input(1));
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        if (!context.NeedsGradient(0)) return;
        Span<real> slope = context.Scratch(context.Input(0).Length);
        Zip.Apply<Slope>(context.Input(0), context.Input(1), slope, context.Team);
        context.AddToGradient(0, slope, context.OutputGradient()[0] / slope.Length);
    }

    private readonly struct Formula : IBinaryOp
    {
        public static V Forward<V>(V x, V t)
            where V : struct, ILane<V>
            => V.Max(x, (V)(real)0) - (x * t) + V.Log((V)(real)1 + V.Exp(-V.Abs(x)));

        public static V DerivativeLeft<V>(V x, V t, V y)
            where V : struct, ILane<V>
            => Slope.Forward(x, t);

        public static V DerivativeRight<V>(V x, V t, V y)
            where V : struct, ILane<V>
            => -x;
    }

    private readonly struct Slope : IBinaryOp
    {
        public static V Forward<V>(V x, V t)
            where V : struct, ILane<V>
            => ((V)(real)1 / ((V)(real)1 + V.Exp(-x))) - t;

        public static V DerivativeLeft<V>(V x, V t, V y)
            where V : struct, ILane<V>
            => (y + t) * ((V)(real)1 - y - t);

        public static V DerivativeRight<V>(V x, V t, V y)
            where V : struct, ILane<V>
            => -(V)(real)1;
    }
}
