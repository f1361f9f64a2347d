using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// A linear layer and the softmax cross-entropy after it as one operation: hidden <c>[N, D]</c> (or <c>[T, B, D]</c>), weight
/// <c>[V, D]</c>, optional bias <c>[V]</c>, one target a row → the mean loss in nats.
/// </summary>
/// <remarks>
/// The logits <c>[N, V]</c> would be the largest array of a language model, so they exist only for a few hundred rows at a time: each
/// chunk is turned into its gradient at once, <c>dX = (p − onehot) W</c>, <c>dW = (p − onehot)ᵀ X</c>, and forgotten. Label smoothing makes the loss
/// <c>(1 − ε)(−ln p_y) + ε/V Σ_v (−ln p_v)</c> (Szegedy et al. 2016, §7), and onehot <c>(1 − ε) onehot + ε/V</c>.
/// </remarks>
/// <param name="targets">The class of each row, 0 … V − 1.</param>
/// <param name="ignoreIndex">The target of rows that do not count; they cost nothing.</param>
/// <param name="smoothing">ε, the share of the target that is spread over all classes, 0 … 1.</param>
public readonly struct LinearCrossEntropy(Indices targets, int ignoreIndex, real smoothing = 0) : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(LinearCrossEntropy);

    /// <inheritdoc/>
    public static double Flops(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => 2.0 * inputs[0].Length * inputs[1][0];

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        TargetRange.CheckLinear(Name, inputs, targets, ignoreIndex);
        outputs[0] = [];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        ReadOnlySpan<real> weight = context.Input(1), bias = context.InputCount > 2 ? context.Input(2) : default;
        int classes = context.InputShape(1)[0], width = context.InputShape(1)[1];
        CountedRows rows = new(context, targets.Values, ignoreIndex);
        if (rows.Count == 0)
        {
            context.Output()[0] = 0;
            for (int i = 0; i < context.InputCount && context.Recording; i++) context.Save(context.Input(i).Length).Clear();
            return;
        }

        Span<real> gradient = context.Recording ? context.Save(context.Input(0).Length) : default;
        LinearSoftmax softmax = new(context, weight, bias, width, context.ScratchRange(LinearSoftmax.LogitsLength(rows.All, classes))) { Smoothing = smoothing };
        double sum = softmax.Run(rows.Pick(context, 0, width).Span, rows.Targets, (real)1 / rows.Count, gradient);
        if (context.Recording) rows.PutBack(gradient, width);
        context.Output()[0] = (real)(sum / rows.Count);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        real scale = context.OutputGradient()[0];
        for (int i = 0; i < context.InputCount; i++) context.AddToGradient(i, context.Saved(i), scale);
    }
}
