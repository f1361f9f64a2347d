using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Root mean square normalisation over the last axis, <c>y = x / √(mean(x²) + ε) · g</c>: <c>[…, H]</c>, gain <c>[H]</c> → <c>[…, H]</c> (Zhang &amp; Sennrich 2019, eq. 4).
/// </summary>
/// <param name="epsilon">ε, added to the mean square.</param>
public readonly struct NormalizeRms(real epsilon) : IOp
{
    /// <inheritdoc/>
    public static string Name => "RmsNorm";

    internal real Epsilon => epsilon;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[0], gain = inputs[1];
        if (x.Rank == 0 || gain.Rank != 1 || x[^1] != gain[0] || gain[0] == 0) Errors.Shape(Name, $"the input {x} does not fit the gain {gain}; both must end in the same width, at least 1.");
        outputs[0] = x;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        int width = context.InputShape(1)[0], rows = context.Input(0).Length / width;
        Span<real> inverses = context.Save(rows), y = context.Output();
        for (int i = 0; i < rows; i++) inverses[i] = RmsNormKernel.Forward(context.Input(0).Slice(i * width, width), context.Input(1), epsilon, y.Slice(i * width, width));
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        int width = context.InputShape(1)[0], rows = context.Input(0).Length / width;
        ReadOnlySpan<real> inverses = context.Saved(0);
        Span<real> gx = context.NeedsGradient(0) ? context.InputGradient(0) : context.Scratch(rows * width);
        Span<real> ggain = context.NeedsGradient(1) ? context.InputGradient(1) : context.Scratch(width);
        for (int i = 0; i < rows; i++)
        {
            int at = i * width;
            RmsNormKernel.Backward(context.Input(0).Slice(at, width), context.Input(1), inverses[i], context.OutputGradient().Slice(at, width), gx.Slice(at, width), ggain);
        }
    }
}
