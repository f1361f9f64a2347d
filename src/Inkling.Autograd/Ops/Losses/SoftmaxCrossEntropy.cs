using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Mean cross-entropy of a softmax, <c>1/n Σ ln Σⱼ e^xⱼ − x_t</c>: logits <c>[…, C]</c> and one class per row → a scalar, in nats.
/// Rows whose target is <c>ignoreIndex</c> do not count. <c>dx = (softmax(x) − onehot(t)) / n</c>.
/// </summary>
/// <param name="targets">The class of each row, 0 … C − 1.</param>
/// <param name="ignoreIndex">The target of rows that do not count.</param>
public readonly struct SoftmaxCrossEntropy(Indices targets, int ignoreIndex) : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(SoftmaxCrossEntropy);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape logits = inputs[0];
        if (logits.Rank == 0 || logits[^1] == 0 || logits.Length / logits[^1] != targets.Length) Errors.Shape(Name, $"logits {logits} need one target a row; there are {targets.Length}.");
        TargetRange.Check(Name, targets, logits[^1], ignoreIndex);
        outputs[0] = default;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        ReadOnlySpan<real> logits = context.Input(0);
        Span<real> gradient = context.Save(logits.Length);
        logits.CopyTo(gradient);
        int classes = context.InputShape(0)[^1];
        ReadOnlySpan<int> rows = targets.Values;
        real scale = (real)1 / Math.Max(1, rows.Length - rows.Count(ignoreIndex));
        double sum = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            Span<real> row = gradient.Slice(i * classes, classes);
            if (rows[i] == ignoreIndex) row.Clear();
            else sum += RowSoftmax.CrossEntropyInPlace(row, rows[i], scale);
        }

        context.Output()[0] = (real)(sum * scale);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context) => context.AddToGradient(0, context.Saved(0), context.OutputGradient()[0]);
}
