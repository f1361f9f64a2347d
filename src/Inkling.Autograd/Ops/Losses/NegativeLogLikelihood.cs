using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Negative log-likelihood, <c>−1/W Σ w_y x_y</c> with <c>W = Σ w_y</c>: log-probabilities <c>[…, C]</c>, one class y a row, optionally weights w <c>[C]</c> → a scalar. After a
/// log-softmax it is the cross-entropy. <c>dx_y = −w_y / W</c>. No gradient flows to the weights.
/// </summary>
/// <param name="targets">The class of each row, 0 … C − 1.</param>
/// <param name="ignoreIndex">The target of rows that do not count. When none counts the loss is 0.</param>
public readonly struct NegativeLogLikelihood(Indices targets, int ignoreIndex) : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(NegativeLogLikelihood);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        ClassRows.Infer(Name, inputs, targets, ignoreIndex);
        outputs[0] = default;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        ReadOnlySpan<real> x = context.Input(0), weights = context.InputCount > 1 ? context.Input(1) : default;
        int classes = context.InputShape(0)[^1];
        ReadOnlySpan<int> rows = targets.Values;
        double sum = 0, total = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] == ignoreIndex) continue;
            double weight = weights.IsEmpty ? 1 : weights[rows[i]];
            total += weight;
            sum -= weight * x[(i * classes) + rows[i]];
        }

        context.Save(1)[0] = total > 0 ? (real)(1 / total) : 0;
        context.Output()[0] = total > 0 ? (real)(sum / total) : 0;
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        if (!context.NeedsGradient(0)) return;
        ReadOnlySpan<real> weights = context.InputCount > 1 ? context.Input(1) : default;
        int classes = context.InputShape(0)[^1];
        ReadOnlySpan<int> rows = targets.Values;
        Span<real> gradient = context.InputGradient(0);
        real scale = context.OutputGradient()[0] * context.Saved(0)[0];
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] != ignoreIndex) gradient[(i * classes) + rows[i]] -= scale * (weights.IsEmpty ? 1 : weights[rows[i]]);
        }
    }
}
