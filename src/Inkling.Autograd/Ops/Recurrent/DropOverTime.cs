using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Variational dropout of a sequence: inverted dropout whose mask <c>[B, D]</c> is the same at every step, <c>[T, B, D] → [T, B, D]</c>
/// (Gal &amp; Ghahramani 2016, §4). On a tape that does not record everything passes.
/// </summary>
/// <param name="rate">Probability p of a zero, 0 ≤ p &lt; 1.</param>
public readonly struct DropOverTime(real rate) : IOp
{
    /// <inheritdoc/>
    public static string Name => "VariationalDropout";

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        if (inputs[0].Rank < 2) Errors.Shape(Name, $"the input is {inputs[0]}; its first axis must be time, and there must be another.");
        outputs[0] = inputs[0];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        ReadOnlySpan<real> x = context.Input(0);
        (ulong seed, ulong stream) = context.Random;
        Span<real> mask = context.Save(x.Length / Math.Max(1, context.InputShape(0)[0]));
        CounterRandom.FillDropoutMask(mask, seed, stream, rate);
        for (int at = 0; at < x.Length; at += mask.Length) Elementwise.Multiply(x.Slice(at, mask.Length), mask, context.Output().Slice(at, mask.Length));
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        ReadOnlySpan<real> gy = context.OutputGradient(), mask = context.Saved(0);
        Span<real> gx = context.InputGradient(0);
        for (int at = 0; at < gy.Length; at += mask.Length) Elementwise.MultiplyAdd(gy.Slice(at, mask.Length), mask, gx.Slice(at, mask.Length));
    }
}

/// <summary>The public face of <see cref="Inkling.DropOverTime"/>.</summary>
public static class DropOverTimeExtensions
{
    extension(Tensor x)
    {
        /// <summary>Inverted dropout with the same mask at each entry of the first axis; nothing happens on a tape that does not record, or at rate 0.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The rate is not in [0, 1).</exception>
        public Tensor VariationalDropout(real rate)
        {
            if (!(rate >= 0 && rate < 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "VariationalDropout: the rate must be at least 0 and less than 1.");
            return rate == 0 || !x.Tape.Recording ? x : Tape.Record(new DropOverTime(rate), x);
        }
    }
}
