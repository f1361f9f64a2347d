using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>Softmax over the last axis, <c>yᵢ = e^xᵢ / Σ e^xⱼ</c>: <c>[…, C] → […, C]</c>. <c>dx = y (dy − Σ dy y)</c> (Bridle 1990). Rows of −∞ alone are NaN.</summary>
public readonly struct Softmax : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(Softmax);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        if (inputs[0].Rank == 0 || inputs[0][^1] == 0) Errors.Shape(Name, $"{inputs[0]} has no last axis with entries to compare. Reshape to […, classes].");
        outputs[0] = inputs[0];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context) => SoftmaxRows.Forward(false, context.OutputShape()[^1], context.Input(0), context.Output(), context.Team);

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
        => SoftmaxRows.Backward(false, context.OutputShape()[^1], context.Output(), context.OutputGradient(), context.InputGradient(0, out bool accumulate), accumulate, context.Team);
}

/// <summary>The public face of <see cref="Inkling.Softmax"/>.</summary>
public static class SoftmaxExtensions
{
    extension(Tensor x)
    {
        /// <summary>Softmax over the last axis, <c>yᵢ = e^xᵢ / Σ e^xⱼ</c>: <c>[…, C] → […, C]</c>. <c>dx = y (dy − Σ dy y)</c> (Bridle 1990). Rows of −∞ alone are NaN.</summary>
        /// <exception cref="ArgumentException">There is no last axis with entries.</exception>
        public Tensor Softmax() => Tape.Record(default(Softmax), x);
    }
}
