using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>The sum of all elements, <c>y = Σ xᵢ</c>: any shape → a scalar. <c>dy/dxᵢ = 1</c>.</summary>
public readonly struct Sum : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(Sum);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs) => outputs[0] = default;

    /// <inheritdoc/>
    public void Forward(in OpForward context) => context.Output()[0] = Reduce.Sum(context.Input(0));

    /// <inheritdoc/>
    public void Backward(in OpBackward context) => Spread.Add(context.OutputGradient()[0], context.InputGradient(0));
}

/// <summary>The mean of all elements, <c>y = 1/n Σ xᵢ</c>: any shape → a scalar. <c>dy/dxᵢ = 1/n</c>.</summary>
public readonly struct Mean : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(Mean);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        if (inputs[0].Length == 0) Errors.Shape(Name, $"{inputs[0]} has no elements.");
        outputs[0] = default;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context) => context.Output()[0] = Reduce.Sum(context.Input(0)) / context.Input(0).Length;

    /// <inheritdoc/>
    public void Backward(in OpBackward context) => Spread.Add(context.OutputGradient()[0] / context.Input(0).Length, context.InputGradient(0));
}

/// <summary>The gradient of a sum: the same for every element.</summary>
internal static class Spread
{
    public static void Add(real value, Span<real> gradient) => Set(value, gradient, accumulate: true);

    public static void Set(real value, Span<real> gradient, bool accumulate)
    {
        if (accumulate) Zip.Apply<Add>(gradient, new ReadOnlySpan<real>(ref value), gradient, Team.Single);
        else gradient.Fill(value);
    }
}

/// <summary>The public face of <see cref="Sum"/> and <see cref="Mean"/>.</summary>
public static class SumExtensions
{
    extension(Tensor x)
    {
        /// <summary>The sum of all elements: any shape → a scalar.</summary>
        public Tensor Sum() => Tape.Record(default(Sum), x);

        /// <summary>The mean of all elements: any shape → a scalar.</summary>
        public Tensor Mean() => Tape.Record(default(Mean), x);
    }
}
