using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Loss of pairs that shall point the same way or not: vectors a, b <c>[N, D]</c> and a label a pair → a scalar, the mean of <c>1 − cos(a, b)</c> where the label is 1 and
/// <c>max(0, cos(a, b) − m)</c> where it is −1; <c>cos = a·b / √((‖a‖² + ε)(‖b‖² + ε))</c> with ε = 1e-12 (as PyTorch's <c>CosineEmbeddingLoss</c>).
/// <c>∂cos/∂a = b / √(…) − cos · a / (‖a‖² + ε)</c>.
/// </summary>
/// <param name="labels">1 or −1 for each pair.</param>
/// <param name="margin">m, −1 … 1.</param>
public readonly struct CosineEmbedding(Indices labels, real margin) : IOp
{
    private const double Epsilon = 1e-12;

    /// <inheritdoc/>
    public static string Name => nameof(CosineEmbedding);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape a = inputs[0];
        if (a.Rank != 2 || inputs[1] != a || a.Length == 0) Errors.Shape(Name, $"the operands are {a} and {inputs[1]}; both must be [pairs, width], with at least one pair.");
        if (labels.Length != a[0]) Errors.Shape(Name, $"{labels.Length} labels given for {a[0]} pairs.");
        foreach (int label in labels.Values)
        {
            if (label is not (1 or -1)) throw new ArgumentOutOfRangeException(nameof(inputs), $"{Name}: label {label} is neither 1 nor −1.");
        }

        outputs[0] = default;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        int pairs = context.InputShape(0)[0];
        Span<real> saved = context.Save(3 * pairs);
        ReadOnlySpan<int> signs = labels.Values;
        double sum = 0;
        for (int i = 0; i < pairs; i++)
        {
            ReadOnlySpan<real> a = Row(context.Input(0), i, pairs), b = Row(context.Input(1), i, pairs);
            double squareA = Reduce.SumOfSquares(a) + Epsilon, squareB = Reduce.SumOfSquares(b) + Epsilon, cosine = Reduce.Dot(a, b) / Math.Sqrt(squareA * squareB);
            sum += signs[i] == 1 ? 1 - cosine : Math.Max(0, cosine - margin);
            (saved[3 * i], saved[(3 * i) + 1], saved[(3 * i) + 2]) = ((real)cosine, (real)squareA, (real)squareB);
        }

        context.Output()[0] = (real)(sum / pairs);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        int pairs = context.InputShape(0)[0];
        for (int side = 0; side < 2; side++)
        {
            if (!context.NeedsGradient(side)) continue;
            Span<real> gradient = context.InputGradient(side);
            for (int i = 0; i < pairs; i++)
            {
                real cosine = context.Saved(0)[3 * i], own = context.Saved(0)[(3 * i) + 1 + side], other = context.Saved(0)[(3 * i) + 2 - side];
                real slope = labels.Values[i] == 1 ? -1 : cosine > margin ? 1 : 0;
                if (slope == 0) continue;
                real scale = slope * context.OutputGradient()[0] / pairs;
                Span<real> row = gradient.Slice(i * (gradient.Length / pairs), gradient.Length / pairs);
                Elementwise.AddScaled(Row(context.Input(1 - side), i, pairs), (real)(scale / Math.Sqrt((double)own * other)), row);
                Elementwise.AddScaled(Row(context.Input(side), i, pairs), -scale * cosine / own, row);
            }
        }
    }

    private static ReadOnlySpan<real> Row(ReadOnlySpan<real> matrix, int row, int rows) => matrix.Slice(row * (matrix.Length / rows), matrix.Length / rows);
}
