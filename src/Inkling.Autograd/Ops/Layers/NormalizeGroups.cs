using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Group normalisation, <c>y = (x − μ) / √(σ² + ε) · g + b</c> with mean and variance of each group of channels of each image: <c>[N, C, …]</c>, gain <c>[C]</c>, bias <c>[C]</c> →
/// <c>[N, C, …]</c> (Wu &amp; He 2018, §3). With as many groups as channels it is instance normalisation (Ulyanov et al. 2016).
/// </summary>
/// <param name="groups">Groups, a divisor of C.</param>
/// <param name="epsilon">ε, added to the variance.</param>
public readonly struct NormalizeGroups(int groups, real epsilon) : IOp
{
    /// <inheritdoc/>
    public static string Name => "GroupNorm";

    internal int Groups => groups;
    internal real Epsilon => epsilon;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[0];
        if (x.Rank < 2 || x.Product(2, x.Rank) == 0) Errors.Shape(Name, $"{x} has no channels with entries; it must be [N, C, …].");
        if (groups < 1 || x[1] % groups != 0) Errors.Shape(Name, $"{groups} groups do not divide the {x[1]} channels of {x}.");
        for (int i = 1; i < 3; i++)
        {
            if (inputs[i].Rank != 1 || inputs[i][0] != x[1]) Errors.Shape(Name, $"the input {x} has {x[1]} channels, operand {i} is {inputs[i]}; it must be [{x[1]}].");
        }

        outputs[0] = x;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        Shape x = context.InputShape(0);
        Span<real> means = context.Save(x[0] * groups), inverses = context.Save(x[0] * groups);
        GroupNormKernel.Forward(
            x[0], x[1], groups, x.Product(2, x.Rank), context.Input(0), context.Input(1), context.Input(2), epsilon, means, inverses, context.Output(), context.Team);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        Shape x = context.InputShape(0);
        bool accumulate = false;
        Span<real> gx = context.NeedsGradient(0) ? context.InputGradient(0, out accumulate) : default;
        Span<real> ggain = context.NeedsGradient(1) ? context.InputGradient(1) : default, gbias = context.NeedsGradient(2) ? context.InputGradient(2) : default;
        GroupNormKernel.Backward(
            x[0], x[1], groups, x.Product(2, x.Rank), context.Input(0), context.Input(1), context.Saved(0), context.Saved(1), context.OutputGradient(),
            context.Scratch(2 * x[0] * x[1]), gx, accumulate, ggain, gbias, context.Team);
    }
}
