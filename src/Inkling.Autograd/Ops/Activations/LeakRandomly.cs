using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Randomised leaky rectified linear unit, <c>y = x</c> where <c>x &gt; 0</c>, else <c>s x</c> with a slope drawn anew for every element and step, uniform in
/// low … high; any shape (Xu et al. 2015, §2.4). The slopes depend on the tape's seed, the step and the place on the tape only.
/// </summary>
/// <param name="low">The smallest slope.</param>
/// <param name="high">The largest slope.</param>
public readonly struct LeakRandomly(real low, real high) : IOp
{
    /// <inheritdoc/>
    public static string Name => "RandomizedLeakyRelu";

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs) => outputs[0] = inputs[0];

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        ReadOnlySpan<real> x = context.Input(0);
        (ulong seed, ulong stream) = context.Random;
        Span<real> slopes = context.Save(x.Length);
        CounterRandom.Fill(slopes, seed, stream, low, high);
        Zip.Apply<Prelu>(x, slopes, context.Output(), context.Team);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
        => Zip.BackwardLeft<Prelu>(context.Input(0), context.Saved(0), default, context.OutputGradient(), context.InputGradient(0, out bool add), add, context.Team);
}

/// <summary>The public face of <see cref="Inkling.LeakRandomly"/>.</summary>
public static class LeakRandomlyExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// Leaky rectified linear unit with a slope below 0 drawn for every element, uniform in <paramref name="low"/> … <paramref name="high"/>; on a tape that does not
        /// record with the mean slope. Any shape (Xu et al. 2015, §2.4).
        /// </summary>
        /// <param name="low">The smallest slope. Default: 1/8.</param>
        /// <param name="high">The largest slope. Default: 1/3.</param>
        /// <exception cref="ArgumentException">The range is empty or not finite.</exception>
        public Tensor RandomizedLeakyRelu(double low = 1.0 / 8, double high = 1.0 / 3)
        {
            if (!(low <= high && double.IsFinite(low) && double.IsFinite(high))) throw new ArgumentException($"RandomizedLeakyRelu: slopes {low} to {high} are no range; low must not be above high.", nameof(low));
            return x.Tape.Recording ? Tape.Record(new LeakRandomly((real)low, (real)high), x) : x.LeakyRelu((low + high) / 2);
        }
    }
}
