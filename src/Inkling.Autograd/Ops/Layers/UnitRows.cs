using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Rows scaled to length 1, <c>y = x / max(‖x‖₂, ε)</c>, ε = 1e-12: <c>[…, D] → […, D]</c>. <c>dx = (dy − y (y·dy)) / ‖x‖</c>.
/// </summary>
public readonly struct UnitRows : IOp
{
    private const double Epsilon = 1e-12;

    /// <inheritdoc/>
    public static string Name => nameof(UnitRows);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        if (inputs[0].Rank == 0) Errors.Shape(Name, "the operand is a scalar; rows lie along the last axis.");
        outputs[0] = inputs[0];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        int width = context.InputShape(0)[^1], rows = context.Input(0).Length / Math.Max(1, width);
        Span<real> inverses = context.Save(rows);
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<real> x = context.Input(0).Slice(i * width, width);
            inverses[i] = (real)(1 / Math.Max(Epsilon, Math.Sqrt(Reduce.SumOfSquares(x))));
            Elementwise.AddScaled(x, inverses[i], context.Output().Slice(i * width, width), accumulate: false);
        }
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        int width = context.InputShape(0)[^1], rows = context.Input(0).Length / Math.Max(1, width);
        Span<real> gradient = context.InputGradient(0);
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<real> y = context.Output().Slice(i * width, width), gy = context.OutputGradient().Slice(i * width, width);
            real inverse = context.Saved(0)[i];
            Span<real> gx = gradient.Slice(i * width, width);
            Elementwise.AddScaled(gy, inverse, gx);
            // Where the length counts as ε it is a constant.
            if (inverse < (real)(0.5 / Epsilon)) Elementwise.AddScaled(y, -inverse * Reduce.Dot(y, gy), gx);
        }
    }
}

/// <summary>The public face of <see cref="Inkling.UnitRows"/>.</summary>
public static class UnitRowsExtensions
{
    extension(Tensor x)
    {
        /// <summary>Rows scaled to length 1, <c>x / max(‖x‖₂, 1e-12)</c>: <c>[…, D] → […, D]</c>. Dot products of such rows are cosines.</summary>
        public Tensor UnitRows() => Tape.Record(default(UnitRows), x);
    }
}
