using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Layer normalisation over the last axis, <c>y = (x − μ) / √(σ² + ε) · g + b</c>: <c>[…, H]</c>, gain <c>[H]</c>, bias <c>[H]</c> →
/// <c>[…, H]</c> (Ba, Kiros &amp; Hinton 2016).
/// </summary>
/// <param name="epsilon">ε, added to the variance.</param>
public readonly struct Normalize(real epsilon) : IOp
{
    /// <inheritdoc/>
    public static string Name => "LayerNorm";

    internal real Epsilon => epsilon;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[0], gain = inputs[1], bias = inputs[2];
        if (x.Rank == 0 || gain.Rank != 1 || x[^1] != gain[0] || bias != gain) Errors.Shape(Name, $"the input {x} does not fit gain {gain} and bias {bias}; all must end in the same width.");
        outputs[0] = x;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        int width = context.InputShape(1)[0], rows = context.Input(0).Length / Math.Max(1, width);
        Span<real> means = context.Save(rows), inverses = context.Save(rows);
        for (int i = 0; i < rows; i++)
            (means[i], inverses[i]) = LayerNormKernel.Forward(context.Input(0).Slice(i * width, width), context.Input(1), context.Input(2), epsilon, context.Output().Slice(i * width, width));
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        int width = context.InputShape(1)[0], rows = context.Input(0).Length / Math.Max(1, width);
        Span<real> gx = context.NeedsGradient(0) ? context.InputGradient(0) : context.Scratch(rows * width);
        Span<real> gGain = context.NeedsGradient(1) ? context.InputGradient(1) : context.Scratch(width);
        Span<real> gBias = context.NeedsGradient(2) ? context.InputGradient(2) : context.Scratch(width);
        for (int i = 0; i < rows; i++)
        {
            int at = i * width;
            LayerNormKernel.Backward(context.Input(0).Slice(at, width), context.Input(1), context.Saved(0)[i], context.Saved(1)[i], context.OutputGradient().Slice(at, width), gx.Slice(at, width), gGain, gBias);
        }
    }
}
