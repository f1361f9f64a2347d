using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Both directions of a bidirectional layer side by side, <c>y = [forward, backward]</c> along the last axis: <c>[T, B, H]</c> twice →
/// <c>[T, B, 2H]</c> (Schuster &amp; Paliwal 1997).
/// </summary>
public readonly struct JoinDirections : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(JoinDirections);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape forward = inputs[0];
        if (forward.Rank == 0 || inputs[1] != forward) Errors.Shape(Name, $"the directions are {forward} and {inputs[1]}; both must have the same shape.");
        outputs[0] = forward.WithLast(2 * forward[^1]);
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        int width = context.InputShape(0)[^1];
        Span<real> y = context.Output();
        for (int from = 0, to = 0; to < y.Length; from += width, to += 2 * width)
        {
            context.Input(0).Slice(from, width).CopyTo(y[to..]);
            context.Input(1).Slice(from, width).CopyTo(y[(to + width)..]);
        }
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        int width = context.InputShape(0)[^1];
        ReadOnlySpan<real> gy = context.OutputGradient();
        for (int side = 0; side < 2; side++)
        {
            if (!context.NeedsGradient(side)) continue;
            Span<real> gx = context.InputGradient(side, out bool accumulate);
            for (int to = 0, from = side * width; to < gx.Length; to += width, from += 2 * width) Elementwise.AddScaled(gy.Slice(from, width), 1, gx.Slice(to, width), accumulate);
        }
    }
}
