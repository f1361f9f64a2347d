using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Loss of triplets (Schroff, Kalenichenko &amp; Philbin 2015, eq. 2, in the form of PyTorch's <c>TripletMarginLoss</c>): anchors a, positives p, negatives n, all <c>[N, D]</c> → a
/// scalar, the mean of <c>max(0, d(a, p) − d(a, n) + m)</c> with the distance <c>d(x, y) = ‖x − y + ε‖₂</c>, ε = 1e-6 in each element.
/// </summary>
/// <param name="margin">m.</param>
public readonly struct TripletMargin(real margin) : IOp
{
    private const int Anchor = 0, Positive = 1, Negative = 2;
    private const double Epsilon = 1e-6;

    /// <inheritdoc/>
    public static string Name => nameof(TripletMargin);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape a = inputs[Anchor];
        if (a.Rank != 2 || a.Length == 0 || inputs[Positive] != a || inputs[Negative] != a)
            Errors.Shape(Name, $"the operands are {a}, {inputs[Positive]} and {inputs[Negative]}; all must be [triplets, width], with at least one triplet.");
        outputs[0] = default;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        int triplets = context.InputShape(Anchor)[0], width = context.InputShape(Anchor)[1];
        Span<real> distances = context.Save(2 * triplets), difference = context.Scratch(width);
        double sum = 0;
        for (int i = 0; i < triplets; i++)
        {
            ReadOnlySpan<real> a = context.Input(Anchor).Slice(i * width, width);
            double near = Distance(a, context.Input(Positive).Slice(i * width, width), difference), far = Distance(a, context.Input(Negative).Slice(i * width, width), difference);
            double loss = near - far + margin;
            if (!(loss <= 0)) sum += loss;
            // A distance of −1 marks a triplet that is far enough apart.
            (distances[2 * i], distances[(2 * i) + 1]) = loss <= 0 ? (-1, -1) : ((real)near, (real)far);
        }

        context.Output()[0] = (real)(sum / triplets);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        int triplets = context.InputShape(Anchor)[0], width = context.InputShape(Anchor)[1];
        real scale = context.OutputGradient()[0] / triplets;
        Span<real> difference = context.Scratch(width);
        for (int i = 0; i < triplets; i++)
        {
            if (context.Saved(0)[2 * i] < 0) continue;
            for (int other = Positive; other <= Negative; other++)
            {
                real distance = context.Saved(0)[(2 * i) + other - 1];
                if (distance == 0) continue;
                Difference(context.Input(Anchor).Slice(i * width, width), context.Input(other).Slice(i * width, width), difference);
                real factor = (other == Positive ? scale : -scale) / distance;
                if (context.NeedsGradient(Anchor)) Elementwise.AddScaled(difference, factor, context.InputGradient(Anchor).Slice(i * width, width));
                if (context.NeedsGradient(other)) Elementwise.AddScaled(difference, -factor, context.InputGradient(other).Slice(i * width, width));
            }
        }
    }

    private static double Distance(ReadOnlySpan<real> x, ReadOnlySpan<real> y, Span<real> difference)
    {
        Difference(x, y, difference);
        return Math.Sqrt(Reduce.SumOfSquares(difference));
    }

    private static void Difference(ReadOnlySpan<real> x, ReadOnlySpan<real> y, Span<real> difference)
    {
        for (int i = 0; i < x.Length; i++) difference[i] = x[i] - y[i] + (real)Epsilon;
    }
}
