using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// The largest of each window: <c>[N, C, H, W] → [N, C, H′, W′]</c> with <c>H′ = ⌊(H + 2 padding − dilation (size − 1) − 1) / stride⌋ + 1</c>, or <c>[N, C, L] → [N, C, L′]</c>. The
/// gradient goes to the first of the largest.
/// </summary>
/// <param name="window">The windows.</param>
public readonly struct MaxPool(PoolingWindow window) : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(MaxPool);

    internal PoolingWindow Window => window;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs) => outputs[0] = window.Infer(Name, inputs[0]);

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        Span<real> y = context.Output();
        MaxPooling.Forward(window.Sizes(context.InputShape(0), context.OutputShape()), context.Input(0), y, context.SaveIndices(y.Length), context.Team);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
        => MaxPooling.Backward(window.Sizes(context.InputShape(0), context.OutputShape()), context.OutputGradient(), context.SavedIndices(0), context.InputGradient(0, out bool add), add, context.Team);
}

/// <summary>The public face of <see cref="Inkling.MaxPool"/>.</summary>
public static class MaxPoolExtensions
{
    extension(Tensor x)
    {
        /// <summary>The largest of each window: <c>[N, C, H, W] → [N, C, H′, W′]</c>, or <c>[N, C, L] → [N, C, L′]</c>.</summary>
        /// <exception cref="ArgumentException">There are other than three or four axes, or a window does not fit.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
        public Tensor MaxPool(PoolingWindow window) => Tape.Record(new MaxPool(window), x);
    }
}
