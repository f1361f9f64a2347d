using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>Logarithm of the softmax over the last axis, <c>yᵢ = xᵢ − ln Σ e^xⱼ</c>: <c>[…, C] → […, C]</c>, where the softmax itself would be 0. <c>dx = dy − e^y Σ dy</c>.</summary>
public readonly struct LogSoftmax : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(LogSoftmax);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        if (inputs[0].Rank == 0 || inputs[0][^1] == 0) Errors.Shape(Name, $"{inputs[0]} has no last axis with entries to compare. Reshape to […, classes].");
        outputs[0] = inputs[0];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context) => SoftmaxRows.Forward(true, context.OutputShape()[^1], context.Input(0), context.Output(), context.Team);

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
        => SoftmaxRows.Backward(true, context.OutputShape()[^1], context.Output(), context.OutputGradient(), context.InputGradient(0, out bool accumulate), accumulate, context.Team);
}

/// <summary>The public face of <see cref="Inkling.LogSoftmax"/>.</summary>
public static class LogSoftmaxExtensions
{
    extension(Tensor x)
    {
        /// <summary>Logarithm of the softmax over the last axis, <c>yᵢ = xᵢ − ln Σ e^xⱼ</c>: <c>[…, C] → […, C]</c>, where the softmax itself would be 0. <c>dx = dy − e^y Σ dy</c>.</summary>
        /// <exception cref="ArgumentException">There is no last axis with entries.</exception>
        public Tensor LogSoftmax() => Tape.Record(default(LogSoftmax), x);
    }
}
