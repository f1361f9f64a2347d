using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Noisy rectified linear unit, <c>y = max(0, x + ε √σ(x))</c> with ε drawn from the normal distribution for every element and step and σ the logistic
/// function; any shape (Nair &amp; Hinton 2010, §2). The noise depends on the tape's seed, the step and the place on the tape only.
/// </summary>
public readonly struct RectifyNoisily : IOp
{
    /// <inheritdoc/>
    public static string Name => "NoisyRelu";

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs) => outputs[0] = inputs[0];

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        ReadOnlySpan<real> x = context.Input(0);
        (ulong seed, ulong stream) = context.Random;
        Span<real> noise = context.Save(x.Length);
        CounterRandom.FillGaussian(noise, seed, stream, 0, 1);
        Zip.Apply<Formula>(x, noise, context.Output(), context.Team);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
        => Zip.BackwardLeft<Formula>(context.Input(0), context.Saved(0), context.Output(), context.OutputGradient(), context.InputGradient(0, out bool add), add, context.Team);

    private readonly struct Formula : IBinaryOp
    {
        public static V Forward<V>(V a, V b)
            where V : struct, ILane<V>
            => V.Max(V.MulAdd(b, Deviation(a), a), (V)(real)0);

        public static V DerivativeLeft<V>(V a, V b, V y)
            where V : struct, ILane<V>
            => V.Select(V.LessThan((V)(real)0, y), Slope(Deviation(a), b), (V)(real)0);

        public static V DerivativeRight<V>(V a, V b, V y)
            where V : struct, ILane<V>
            => V.Select(V.LessThan((V)(real)0, y), Deviation(a), (V)(real)0);

        private static V Deviation<V>(V x)
            where V : struct, ILane<V>
            => V.Sqrt((V)(real)1 / ((V)(real)1 + V.Exp(-x)));

        // d√σ/dx = ½ √σ (1 − σ)
        private static V Slope<V>(V deviation, V noise)
            where V : struct, ILane<V>
            => V.MulAdd(noise * (V)(real)0.5 * deviation, (V)(real)1 - (deviation * deviation), (V)(real)1);
    }
}

/// <summary>The public face of <see cref="Inkling.RectifyNoisily"/>.</summary>
public static class RectifyNoisilyExtensions
{
    extension(Tensor x)
    {
        /// <summary>Noisy rectified linear unit, <c>max(0, x + ε √σ(x))</c>; on a tape that does not record <c>max(0, x)</c>. Any shape (Nair &amp; Hinton 2010, §2).</summary>
        public Tensor NoisyRelu() => x.Tape.Recording ? Tape.Record(default(RectifyNoisily), x) : x.Relu();
    }
}
