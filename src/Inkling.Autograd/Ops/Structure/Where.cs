using Inkling.Ops;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Chooses by a mask, <c>yᵢ = mᵢ ≠ 0 ? aᵢ : bᵢ</c>; a and b of one shape, the mask broadcast to it. The gradient goes to what was chosen.
/// </summary>
/// <param name="mask">The mask; its shape broadcasts to the operands'.</param>
public readonly struct Where(Indices mask) : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(Where);

    internal Indices Mask => mask;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        if (inputs[0] != inputs[1]) Errors.Shape(Name, $"the operands are {inputs[0]} and {inputs[1]}; they must have one shape.");
        MaskShape.Check(Name, inputs[0], mask);
        outputs[0] = inputs[0];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        ReadOnlySpan<real> a = context.Input(0), b = context.Input(1);
        ReadOnlySpan<int> set = mask.Values;
        Span<real> y = context.Output();
        Broadcast plan = new(context.InputShape(0), mask.Shape, context.OutputShape());
        int each = plan.RunB == 1 ? 0 : 1;
        for (int run = 0; run < plan.Runs; run++)
        {
            plan.At(run, out int at, out int atMask);
            for (int i = 0; i < plan.Run; i++) y[at + i] = set[atMask + (i * each)] != 0 ? a[at + i] : b[at + i];
        }
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        if (context.NeedsGradient(0)) Add(context, chosen: true, context.InputGradient(0));
        if (context.NeedsGradient(1)) Add(context, chosen: false, context.InputGradient(1));
    }

    private void Add(in OpBackward context, bool chosen, Span<real> gradient)
    {
        ReadOnlySpan<real> gy = context.OutputGradient();
        ReadOnlySpan<int> set = mask.Values;
        Broadcast plan = new(context.InputShape(0), mask.Shape, context.OutputShape());
        int each = plan.RunB == 1 ? 0 : 1;
        for (int run = 0; run < plan.Runs; run++)
        {
            plan.At(run, out int at, out int atMask);
            for (int i = 0; i < plan.Run; i++)
            {
                if (set[atMask + (i * each)] != 0 == chosen) gradient[at + i] += gy[at + i];
            }
        }
    }
}

/// <summary>The public face of <see cref="Inkling.Where"/>.</summary>
public static class WhereExtensions
{
    extension(Tensor)
    {
        /// <summary>Elements of <paramref name="a"/> where the mask is not 0, else of <paramref name="b"/>; both of one shape, to which the mask's broadcasts.</summary>
        /// <exception cref="ArgumentException">The shapes differ, or the mask's does not broadcast to them.</exception>
        public static Tensor Where(Indices mask, Tensor a, Tensor b) => Tape.Record(new Where(mask), a, b);
    }
}
