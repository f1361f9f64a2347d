using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Affine map, <c>y = x Wᵀ + b</c>: <c>[…, I]</c>, weight <c>[O, I]</c>, bias <c>[O]</c> → <c>[…, O]</c>.
/// <c>dx = dy W</c>, <c>dW = dyᵀ x</c>, <c>db = Σ dy</c>. The bias is optional: two operands or three.
/// </summary>
public readonly struct Affine : IOp
{
    /// <inheritdoc/>
    public static string Name => "Linear";

    /// <inheritdoc/>
    public static double Flops(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (2.0 * inputs[0].Length * inputs[1][0]) + (inputs.Length > 2 ? outputs[0].Length : 0);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        ref readonly Shape x = ref inputs[0], weight = ref inputs[1];
        if (x.Rank == 0 || weight.Rank != 2 || x[^1] != weight[1]) Errors.Shape(Name, $"the input {x} does not fit the weight {weight}; its last axis must be {(weight.Rank == 2 ? weight[1] : "the weight's second")}.");
        if (inputs.Count > 2 && (inputs[2].Rank != 1 || inputs[2][0] != weight[0])) Errors.Shape(Name, $"the bias is {inputs[2]}; it must be [{weight[0]}].");
        outputs[0] = x.WithLast(weight[0]);
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        int outputs = context.InputShape(1)[0], inputs = context.InputShape(1)[1], rows = context.Output().Length / Math.Max(1, outputs);
        Span<real> y = context.Output();
        ReadOnlySpan<real> x = context.Input(0), weight = context.Input(1);
        if (context.InputCount > 2) Gemm.MultiplyWithBias(false, true, rows, outputs, inputs, x, inputs, weight, inputs, context.Input(2), y, outputs, context.Team);
        else Gemm.Multiply(false, true, rows, outputs, inputs, x, inputs, weight, inputs, y, outputs, false, context.Team);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        int outputs = context.InputShape(1)[0], inputs = context.InputShape(1)[1], rows = context.Output().Length / Math.Max(1, outputs);
        ReadOnlySpan<real> gy = context.OutputGradient();
        if (context.NeedsGradient(0))
        {
            Span<real> gx = context.InputGradient(0, out bool accumulate);
            Gemm.Multiply(false, false, rows, inputs, outputs, gy, outputs, context.Input(1), inputs, gx, inputs, accumulate, context.Team);
        }

        if (context.NeedsGradient(1))
        {
            Span<real> gw = context.InputGradient(1, out bool accumulate);
            Gemm.Multiply(true, false, outputs, inputs, rows, gy, outputs, context.Input(0), inputs, gw, inputs, accumulate, context.Team);
        }

        if (context.InputCount > 2 && context.NeedsGradient(2)) Reduce.ColumnSums(gy, rows, outputs, context.InputGradient(2, out bool add), context.Team, add);
    }
}

/// <summary>The public face of <see cref="Inkling.Affine"/>.</summary>
public static class AffineExtensions
{
    extension(Tensor x)
    {
        /// <summary>Affine map, <c>y = x Wᵀ + b</c>: <c>[…, I] → […, O]</c> with weight <c>[O, I]</c> and bias <c>[O]</c>.</summary>
        public Tensor Affine(Parameter weight, Parameter? bias = null)
        {
            Tape tape = x.Tape;
            return bias is null ? Tape.Record(default(Affine), x, tape.Parameter(weight)) : Tape.Record(default(Affine), x, tape.Parameter(weight), tape.Parameter(bias));
        }
    }
}
