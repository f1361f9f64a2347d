using Inkling.Ops;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Puts a number where a mask is set, <c>yᵢ = mᵢ ≠ 0 ? value : xᵢ</c>; any shape, the mask broadcast to it. <c>dxᵢ = dyᵢ</c> where the mask is 0, else 0.
/// </summary>
/// <param name="mask">The mask; its shape broadcasts to the operand's.</param>
/// <param name="value">The number, −∞ before a softmax.</param>
public readonly struct MaskFill(Indices mask, real value) : IOp
{
    /// <inheritdoc/>
    public static string Name => "MaskedFill";

    internal Indices Mask => mask;
    internal real Value => value;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        MaskShape.Check(Name, inputs[0], mask);
        outputs[0] = inputs[0];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        ReadOnlySpan<real> x = context.Input(0);
        ReadOnlySpan<int> set = mask.Values;
        Span<real> y = context.Output();
        Broadcast plan = new(context.InputShape(0), mask.Shape, context.OutputShape());
        for (int run = 0; run < plan.Runs; run++)
        {
            plan.At(run, out int at, out int atMask);
            Span<real> to = y.Slice(at, plan.Run);
            ReadOnlySpan<real> from = x.Slice(at, plan.Run);
            ReadOnlySpan<int> m = set.Slice(atMask, plan.RunB);
            if (m.Length == to.Length)
            {
                for (int i = 0; i < to.Length; i++) to[i] = m[i] != 0 ? value : from[i];
            }
            else if (m[0] != 0) to.Fill(value);
            else from.CopyTo(to);
        }
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        ReadOnlySpan<real> gy = context.OutputGradient();
        ReadOnlySpan<int> set = mask.Values;
        Span<real> gx = context.InputGradient(0);
        Broadcast plan = new(context.InputShape(0), mask.Shape, context.OutputShape());
        for (int run = 0; run < plan.Runs; run++)
        {
            plan.At(run, out int at, out int atMask);
            Span<real> to = gx.Slice(at, plan.Run);
            ReadOnlySpan<real> from = gy.Slice(at, plan.Run);
            ReadOnlySpan<int> m = set.Slice(atMask, plan.RunB);
            if (m.Length == to.Length)
            {
                for (int i = 0; i < to.Length; i++) to[i] += m[i] != 0 ? 0 : from[i];
            }
            else if (m[0] == 0) Numerics.Elementwise.Add(from, to);
        }
    }
}

/// <summary>The public face of <see cref="Inkling.MaskFill"/>.</summary>
public static class MaskFillExtensions
{
    extension(Tensor x)
    {
        /// <summary>This with <paramref name="value"/> where the mask is not 0; the mask's shape broadcasts to this one's, as <c>[T, T]</c> to <c>[B, H, T, T]</c>.</summary>
        /// <exception cref="ArgumentException">The mask's shape does not broadcast to this one's.</exception>
        public Tensor MaskedFill(Indices mask, real value) => Tape.Record(new MaskFill(mask, value), x);
    }
}
