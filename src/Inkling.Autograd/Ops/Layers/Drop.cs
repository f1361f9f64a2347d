using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Inverted dropout: each element is zero with probability p, the others are divided by 1 − p; any shape. On a tape that does not
/// record everything passes (Srivastava et al. 2014). The mask depends on the tape's seed, the step and the place on the tape only.
/// </summary>
/// <param name="rate">p, 0 ≤ p &lt; 1.</param>
public readonly struct Drop(real rate) : IOp
{
    /// <inheritdoc/>
    public static string Name => "Dropout";

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs) => outputs[0] = inputs[0];

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        ReadOnlySpan<real> x = context.Input(0);
        (ulong seed, ulong stream) = context.Random;
        Span<real> mask = context.Save(x.Length);
        CounterRandom.FillDropoutMask(mask, seed, stream, rate);
        Zip.Apply<Multiply>(x, mask, context.Output(), context.Team);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context) => Elementwise.MultiplyAdd(context.OutputGradient(), context.Saved(0), context.InputGradient(0));
}

/// <summary>The public face of <see cref="Inkling.Drop"/>.</summary>
public static class DropExtensions
{
    extension(Tensor x)
    {
        /// <summary>Inverted dropout with probability <paramref name="rate"/>; nothing happens on a tape that does not record, or at rate 0.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The rate is not in [0, 1).</exception>
        public Tensor Dropout(real rate)
        {
            if (!(rate >= 0 && rate < 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "Dropout: the rate must be at least 0 and less than 1.");
            return rate == 0 || !x.Tape.Recording ? x : Tape.Record(new Drop(rate), x);
        }
    }
}
