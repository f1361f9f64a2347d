using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// The mean of each window: <c>[N, C, H, W] → [N, C, H′, W′]</c> with <c>H′ = ⌊(H + 2 padding − size) / stride⌋ + 1</c>, or <c>[N, C, L] → [N, C, L′]</c>.
/// </summary>
/// <param name="window">The windows; without dilation.</param>
/// <param name="countPadding">Whether what sticks out counts as zeros, as in PyTorch unless told otherwise.</param>
public readonly struct AveragePool(PoolingWindow window, bool countPadding) : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(AveragePool);

    internal PoolingWindow Window => window;
    internal bool CountsPadding => countPadding;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        if (window.Dilation != 1) Errors.Shape(Name, $"the dilation is {window.Dilation}; it must be 1.");
        outputs[0] = window.Infer(Name, inputs[0]);
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
        => MeanPooling.Forward(window.Sizes(context.InputShape(0), context.OutputShape(), countPadding), context.Input(0), context.Output(), context.Team);

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
        => MeanPooling.Backward(window.Sizes(context.InputShape(0), context.OutputShape(), countPadding), context.OutputGradient(), context.InputGradient(0, out bool add), add, context.Team);
}

/// <summary>The public face of <see cref="Inkling.AveragePool"/>.</summary>
public static class AveragePoolExtensions
{
    extension(Tensor x)
    {
        /// <summary>The mean of each window: <c>[N, C, H, W] → [N, C, H′, W′]</c>, or <c>[N, C, L] → [N, C, L′]</c>.</summary>
        /// <exception cref="ArgumentException">There are other than three or four axes, or a window does not fit, or has a dilation.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
        public Tensor AveragePool(PoolingWindow window, bool countPadding = true) => Tape.Record(new AveragePool(window, countPadding), x);
    }
}
