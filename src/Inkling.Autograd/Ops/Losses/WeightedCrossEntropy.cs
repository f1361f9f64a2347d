using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Cross-entropy of a softmax with class weights and label smoothing: logits <c>[…, C]</c>, one class y a row, optionally weights w <c>[C]</c> → a scalar, in nats:
/// <c>1/W Σ (1 − ε) w_y (−ln p_y) + ε/C Σ_c w_c (−ln p_c)</c> with <c>W = Σ w_y</c>, over the rows that count (Szegedy et al. 2016, §7; as PyTorch's <c>cross_entropy</c>).
/// <c>dx = (A p − (1 − ε) w_y onehot(y) − ε/C w) / W</c> with <c>A = (1 − ε) w_y + ε/C Σ w</c>. No gradient flows to the weights.
/// </summary>
/// <param name="targets">The class of each row, 0 … C − 1.</param>
/// <param name="ignoreIndex">The target of rows that do not count. When none counts the loss is 0.</param>
/// <param name="smoothing">ε, the share of the target that is spread over all classes, 0 … 1.</param>
public readonly struct WeightedCrossEntropy(Indices targets, int ignoreIndex, real smoothing) : IOp
{
    /// <inheritdoc/>
    public static string Name => "CrossEntropy";

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        ClassRows.Infer(Name, inputs, targets, ignoreIndex);
        outputs[0] = default;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        ReadOnlySpan<real> logits = context.Input(0), weights = context.InputCount > 1 ? context.Input(1) : default;
        int classes = context.InputShape(0)[^1];
        Span<real> gradient = context.Save(logits.Length);
        logits.CopyTo(gradient);
        ReadOnlySpan<int> rows = targets.Values;
        double sum = 0, total = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            Span<real> row = gradient.Slice(i * classes, classes);
            if (rows[i] == ignoreIndex)
            {
                row.Clear();
                continue;
            }

            total += weights.IsEmpty ? 1 : weights[rows[i]];
            sum += Row(row, rows[i], weights);
        }

        context.Save(1)[0] = total > 0 ? (real)(1 / total) : 0;
        context.Output()[0] = total > 0 ? (real)(sum / total) : 0;
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context) => context.AddToGradient(0, context.Saved(0), context.OutputGradient()[0] * context.Saved(1)[0]);

    /// <summary>The loss of a row, which becomes its gradient; both not divided by W.</summary>
    private double Row(Span<real> row, int target, ReadOnlySpan<real> weights)
    {
        real weight = weights.IsEmpty ? 1 : weights[target], own = (1 - smoothing) * weight, spread = smoothing / row.Length;
        double all = weights.IsEmpty ? row.Length : Reduce.Sum(weights), wanted = row[target];
        double weighted = smoothing == 0 ? 0 : weights.IsEmpty ? Reduce.Sum(row) : Reduce.Dot(weights, row);
        double loss = RowSoftmax.CrossEntropyInPlace(row, target, 1);
        real factor = (real)(own + (spread * all));
        Elementwise.Scale(row, factor);
        row[target] += factor - own;
        if (smoothing == 0) return own * loss;
        if (!weights.IsEmpty) Elementwise.AddScaled(weights, -spread, row);
        else foreach (ref real element in row) element -= spread;
        return (own * loss) + (spread * ((all * (loss + wanted)) - weighted));
    }
}

/// <summary>The checks that losses over rows of classes with optional weights share.</summary>
internal static class ClassRows
{
    public static void Infer(string op, in OpInputs inputs, Indices targets, int ignoreIndex)
    {
        Shape x = inputs[0];
        if (x.Rank == 0 || x.Length == 0 || x.Length / x[^1] != targets.Length) Errors.Shape(op, $"the input {x} needs one target a row and at least one row; there are {targets.Length} targets.");
        if (inputs.Count > 1 && inputs[1] != [x[^1]]) Errors.Shape(op, $"the class weights are {inputs[1]}; they must be [{x[^1]}], one for each class.");
        TargetRange.Check(op, targets, x[^1], ignoreIndex);
    }
}
