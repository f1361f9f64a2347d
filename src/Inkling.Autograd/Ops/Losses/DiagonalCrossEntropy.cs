using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Cross-entropy of a softmax over each row of a square matrix of logits, whose right class is on the diagonal: <c>[N, N]</c> → a scalar, <c>1/N Σ ln Σⱼ e^x_ij − x_ii</c>, in nats.
/// Symmetric, it is the mean of that over the rows and over the columns (Radford et al. 2021, fig. 3).
/// </summary>
/// <param name="symmetric">Whether columns count as well.</param>
public readonly struct DiagonalCrossEntropy(bool symmetric) : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(DiagonalCrossEntropy);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        if (inputs[0].Rank != 2 || inputs[0][0] != inputs[0][1] || inputs[0].Length == 0) Errors.Shape(Name, $"the logits are {inputs[0]}; they must be square, with a row for each pair.");
        outputs[0] = default;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        int n = context.InputShape(0)[0];
        Span<real> gradient = context.Save(n * n);
        context.Input(0).CopyTo(gradient);
        real scale = (real)(symmetric ? 0.5 : 1) / n;
        double sum = Rows(gradient, n, scale);
        if (symmetric)
        {
            Span<real> columns = context.Scratch(n * n), turned = context.Scratch(n * n);
            Transposition.Transpose(n, n, context.Input(0), columns);
            sum += Rows(columns, n, scale);
            Transposition.Transpose(n, n, columns, turned);
            Elementwise.Add(turned, gradient);
        }

        context.Output()[0] = (real)(sum * scale);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context) => context.AddToGradient(0, context.Saved(0), context.OutputGradient()[0]);

    private static double Rows(Span<real> logits, int n, real scale)
    {
        double sum = 0;
        for (int i = 0; i < n; i++) sum += RowSoftmax.CrossEntropyInPlace(logits.Slice(i * n, n), i, scale);
        return sum;
    }
}
