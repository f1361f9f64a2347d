using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// One layer of plain recurrent cells over a whole sequence (Elman 1990): <c>h_t = φ(W_x x_t + W_h h_{t−1} + b)</c>, φ = tanh or ReLU.
/// </summary>
/// <remarks>
/// Operands: x <c>[T, B, I]</c>, h₀ <c>[B, H]</c>, W_x <c>[H, I]</c>, W_h <c>[H, H]</c>, b <c>[H]</c>. Results: h <c>[T, B, H]</c>, h_T <c>[B, H]</c>.
/// One matrix product for the inputs of all steps and one for each weight gradient; nothing is saved but the states themselves.
/// </remarks>
/// <param name="nonlinearity">φ.</param>
/// <param name="order">Direction, lengths, resets and recurrent dropout.</param>
public readonly struct RnnSequence(RnnNonlinearity nonlinearity, SequenceOrder order = default) : IOp
{
    private const int X = 0, H0 = 1, Wx = 2, Wh = 3, Bias = 4;

    /// <inheritdoc/>
    public static string Name => "Rnn";

    internal RnnNonlinearity Nonlinearity => nonlinearity;
    internal SequenceOrder Order => order;

    /// <inheritdoc/>
    public static int OutputCount => 2;

    /// <inheritdoc/>
    public static double Flops(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => 2.0 * inputs[X][0] * inputs[X][1] * (inputs[Wx].Length + inputs[Wh].Length);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[X], wx = inputs[Wx], wh = inputs[Wh];
        order.Check(Name, x);
        int hidden = wh.Rank == 2 ? wh[1] : 0;
        if (hidden == 0 || wh[0] != hidden || wx != [hidden, x[2]] || inputs[Bias] != [hidden])
            Errors.Shape(Name, $"the weights {wx}, {wh} and the bias {inputs[Bias]} do not fit the input {x}; they must be [H, {x[2]}], [H, H] and [H].");
        if (inputs[H0] != [x[1], hidden]) Errors.Shape(Name, $"the state is {inputs[H0]}; it must be [{x[1]}, {hidden}].");
        outputs[0] = [x[0], x[1], hidden];
        outputs[1] = [x[1], hidden];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        Shape output = context.OutputShape();
        RecurrentSteps steps = new(order, output[0], output[1], output[2]);
        int input = context.InputShape(X)[2], hidden = steps.Hidden, rows = steps.Time * steps.Batch, state = steps.Batch * hidden;
        RnnForwardRows body = new()
        {
            Steps = steps,
            Nonlinearity = nonlinearity,
            Chunks = RecurrentRows.Chunks(context.Team, steps.Time, steps.Batch, hidden, gates: 1),
            H0 = context.InputRange(H0),
            Output = context.OutputRange(0),
            Packed = context.ScratchRange(Gemm.PackedLength(hidden, hidden)),
            Previous = context.ScratchRange(state),
            Mask = RecurrentRows.SaveMask(context, order.RecurrentDropout, state),
        };
        Elementwise.SetRows(context.Output(), rows, hidden, context.Input(Bias));
        Gemm.Multiply(false, true, rows, hidden, input, context.Input(X), input, context.Input(Wx), input, context.Output(), hidden, true, context.Team);
        Gemm.Pack(true, hidden, hidden, context.Input(Wh), hidden, body.Packed.Span);
        context.Team.For(body.Chunks, ref body);
        steps.Last(context.Output(), context.Output(1));
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        Shape output = context.OutputShape();
        RecurrentSteps steps = new(order, output[0], output[1], output[2]);
        int input = context.InputShape(X)[2], hidden = steps.Hidden, rows = steps.Time * steps.Batch, state = steps.Batch * hidden;
        RnnBackwardRows body = new()
        {
            Steps = steps,
            Nonlinearity = nonlinearity,
            Chunks = RecurrentRows.Chunks(context.Team, steps.Time, steps.Batch, hidden, gates: 1),
            Output = context.OutputRange(0),
            GradOutput = context.OutputGradient(0).IsEmpty ? null : context.OutputGradientRange(0),
            GradSums = context.ScratchRange(rows * hidden),
            GradHidden = context.ScratchRange(state),
            Product = context.ScratchRange(state),
            Packed = context.ScratchRange(Gemm.PackedLength(hidden, hidden)),
            Mask = order.RecurrentDropout == 0 ? null : context.SavedRange(0),
        };
        RecurrentRows.CopyOrClear(context.OutputGradient(1), body.GradHidden.Span);
        Gemm.Pack(false, hidden, hidden, context.Input(Wh), hidden, body.Packed.Span);
        context.Team.For(body.Chunks, ref body);

        Span<real> gradSums = body.GradSums.Span;
        if (context.NeedsGradient(X)) Gemm.Multiply(false, false, rows, input, hidden, gradSums, hidden, context.Input(Wx), input, context.InputGradient(X, out bool addX), input, addX, context.Team);
        if (context.NeedsGradient(Wx)) Gemm.Multiply(true, false, hidden, input, rows, gradSums, hidden, context.Input(X), input, context.InputGradient(Wx, out bool addWx), input, addWx, context.Team);
        if (context.NeedsGradient(Wh))
        {
            Span<real> previous = context.Scratch(rows * hidden);
            steps.AllBefore(context.Input(H0), context.Output(), previous);
            steps.Mask(body.Mask, previous);
            Gemm.Multiply(true, false, hidden, hidden, rows, gradSums, hidden, previous, hidden, context.InputGradient(Wh, out bool addWh), hidden, addWh, context.Team);
        }

        if (context.NeedsGradient(Bias)) Reduce.ColumnSums(gradSums, rows, hidden, context.InputGradient(Bias, out bool addBias), context.Team, addBias);
        context.AddToGradient(H0, body.GradHidden.Span);
    }
}
