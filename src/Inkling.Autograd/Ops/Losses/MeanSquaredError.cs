using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>Mean squared error, <c>1/n Σ (xᵢ − tᵢ)²</c>, of operands of one shape → a scalar. <c>dx = 2 (x − t) / n</c>.</summary>
public readonly struct MeanSquaredError : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(MeanSquaredError);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        if (inputs[0] != inputs[1] || inputs[0].Length == 0) Errors.Shape(Name, $"prediction {inputs[0]} and target {inputs[1]} must have the same shape and at least one element.");
        outputs[0] = default;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        Span<real> difference = context.Save(context.Input(0).Length);
        Zip.Apply<Subtract>(context.Input(0), context.Input(1), difference, context.Team);
        context.Output()[0] = Reduce.SumOfSquares(difference) / difference.Length;
        if (!real.IsFinite(context.Output()[0])) TargetValues.ThrowIfNotFinite(Name, context.Input(1));
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        Span<real> difference = context.Saved(0);
        real scale = 2 * context.OutputGradient()[0] / difference.Length;
        context.AddToGradient(0, difference, scale);
        context.AddToGradient(1, difference, -scale);
    }
}
