using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Hinge loss over classes (Crammer &amp; Singer 2001, in the form of PyTorch's <c>MultiMarginLoss</c>): scores <c>[…, C]</c> and one class y a row → a scalar, the mean over the rows of
/// <c>1/C Σ_{j ≠ y} max(0, m − x_y + x_j)^p</c>.
/// </summary>
/// <param name="targets">The class of each row, 0 … C − 1.</param>
/// <param name="margin">m.</param>
/// <param name="squared">Whether p is 2 and not 1.</param>
public readonly struct MultiMargin(Indices targets, real margin, bool squared) : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(MultiMargin);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[0];
        if (x.Rank == 0 || x.Length == 0 || x.Length / x[^1] != targets.Length) Errors.Shape(Name, $"the scores {x} need one target a row and at least one row; there are {targets.Length} targets.");
        TargetRange.Check(Name, targets, x[^1]);
        outputs[0] = default;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        ReadOnlySpan<real> x = context.Input(0);
        int classes = context.InputShape(0)[^1];
        Span<real> gradient = context.Save(x.Length);
        ReadOnlySpan<int> rows = targets.Values;
        double sum = 0;
        for (int i = 0; i < rows.Length; i++) sum += Row(x.Slice(i * classes, classes), rows[i], gradient.Slice(i * classes, classes));
        context.Output()[0] = (real)(sum / x.Length);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context) => context.AddToGradient(0, context.Saved(0), context.OutputGradient()[0] / context.Input(0).Length);

    private double Row(ReadOnlySpan<real> x, int target, Span<real> gradient)
    {
        double sum = 0;
        real own = 0, wanted = x[target];
        for (int j = 0; j < x.Length; j++)
        {
            real lack = margin - wanted + x[j], slope = j == target || !(lack > 0) ? 0 : squared ? 2 * lack : 1;
            gradient[j] = slope;
            own -= slope;
            if (j != target && !(lack <= 0)) sum += squared ? lack * lack : lack;
        }

        gradient[target] = own;
        return sum;
    }
}
