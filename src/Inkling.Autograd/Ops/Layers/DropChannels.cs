using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Inverted dropout of whole channels: <c>[N, C, …]</c>, each of the N × C channels is zero with probability p, the others are divided by 1 − p
/// (Tompson et al. 2015, §3.2). Neighbours in a feature map are alike, so dropping single ones would take little away.
/// </summary>
/// <param name="rate">p, 0 ≤ p &lt; 1.</param>
public readonly struct DropChannels(real rate) : IOp
{
    /// <inheritdoc/>
    public static string Name => "SpatialDropout";

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        if (inputs[0].Rank < 2) Errors.Shape(Name, $"{inputs[0]} has no channels; it must be [N, C, …].");
        outputs[0] = inputs[0];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        ReadOnlySpan<real> x = context.Input(0);
        Span<real> y = context.Output(), mask = context.Save(context.InputShape(0).Product(0, 2));
        (ulong seed, ulong stream) = context.Random;
        CounterRandom.FillDropoutMask(mask, seed, stream, rate);
        int run = mask.Length == 0 ? 0 : x.Length / mask.Length;
        for (int i = 0; i < mask.Length; i++) Elementwise.AddScaled(x.Slice(i * run, run), mask[i], y.Slice(i * run, run), accumulate: false);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        ReadOnlySpan<real> gy = context.OutputGradient(), mask = context.Saved(0);
        Span<real> gx = context.InputGradient(0, out bool accumulate);
        int run = mask.Length == 0 ? 0 : gx.Length / mask.Length;
        for (int i = 0; i < mask.Length; i++) Elementwise.AddScaled(gy.Slice(i * run, run), mask[i], gx.Slice(i * run, run), accumulate);
    }
}

/// <summary>The public face of <see cref="Inkling.DropChannels"/>.</summary>
public static class DropChannelsExtensions
{
    extension(Tensor x)
    {
        /// <summary>Inverted dropout of whole channels of <c>[N, C, …]</c> with probability <paramref name="rate"/>; nothing happens on a tape that does not record, or at rate 0.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The rate is not in [0, 1).</exception>
        /// <exception cref="ArgumentException">There are fewer than two axes.</exception>
        public Tensor DropoutChannels(real rate)
        {
            if (!(rate >= 0 && rate < 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "SpatialDropout: the rate must be at least 0 and less than 1.");
            return rate == 0 || !x.Tape.Recording ? x : Tape.Record(new DropChannels(rate), x);
        }
    }
}
