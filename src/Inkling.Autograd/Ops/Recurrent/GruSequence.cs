using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// One layer of gated recurrent units over a whole sequence (Cho et al. 2014), in PyTorch's form with the reset gate after the product:
/// <c>r, z = σ(W_x x_t + b_x + W_h h_{t−1} + b_h)</c>, <c>n = tanh(W_xn x_t + b_xn + r (W_hn h_{t−1} + b_hn))</c>, <c>h_t = (1 − z) n + z h_{t−1}</c>.
/// </summary>
/// <remarks>
/// Operands: x <c>[T, B, I]</c>, h₀ <c>[B, H]</c>, W_x <c>[3H, I]</c>, W_h <c>[3H, H]</c>, b_x <c>[3H]</c>, b_h <c>[3H]</c>, gates in the order r, z, n.
/// Results: h <c>[T, B, H]</c>, h_T <c>[B, H]</c>. One matrix product for the inputs of all steps and one for each weight gradient; gates are
/// one kernel. Recurrent dropout falls on what the weights read, not on <c>z h_{t−1}</c>.
/// </remarks>
/// <param name="order">Direction, lengths, resets and recurrent dropout.</param>
public readonly struct GruSequence(SequenceOrder order) : IOp
{
    private const int X = 0, H0 = 1, Wx = 2, Wh = 3, InputBias = 4, RecurrentBias = 5;
    private const int Gates = 0, Candidates = 1, Mask = 2;

    /// <inheritdoc/>
    public static string Name => "Gru";

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
        if (hidden == 0 || wh[0] != 3 * hidden || wx != [3 * hidden, x[2]] || inputs[InputBias] != [3 * hidden] || inputs[RecurrentBias] != [3 * hidden])
            Errors.Shape(Name, $"the weights {wx}, {wh} and the biases {inputs[InputBias]}, {inputs[RecurrentBias]} do not fit the input {x}; they must be [3H, {x[2]}], [3H, H] and [3H] each.");
        if (inputs[H0] != [x[1], hidden]) Errors.Shape(Name, $"the state is {inputs[H0]}; it must be [{x[1]}, {hidden}].");
        outputs[0] = [x[0], x[1], hidden];
        outputs[1] = [x[1], hidden];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        Shape output = context.OutputShape();
        RecurrentSteps steps = new(order, output[0], output[1], output[2]);
        int input = context.InputShape(X)[2], hidden = steps.Hidden, width = 3 * hidden, rows = steps.Time * steps.Batch, state = steps.Batch * hidden;
        GruForwardRows body = new()
        {
            Steps = steps,
            Chunks = RecurrentRows.Chunks(context.Team, steps.Time, steps.Batch, hidden, gates: 3),
            H0 = context.InputRange(H0),
            Output = context.OutputRange(0),
            Gates = context.SaveRange(rows * width),
            Candidates = context.SaveRange(rows * hidden),
            PackedGates = context.ScratchRange(Gemm.PackedLength(hidden, 2 * hidden)),
            PackedCandidate = context.ScratchRange(Gemm.PackedLength(hidden, hidden)),
            Previous = context.ScratchRange(state),
            Dropped = context.ScratchRange(state),
            Mask = RecurrentRows.SaveMask(context, order.RecurrentDropout, state),
        };
        ReadOnlySpan<real> wh = context.Input(Wh), recurrentBias = context.Input(RecurrentBias);
        Span<real> bias = context.Scratch(width);
        context.Input(InputBias).CopyTo(bias);
        Elementwise.Add(recurrentBias[..(2 * hidden)], bias[..(2 * hidden)]);
        Elementwise.SetRows(body.Gates.Span, rows, width, bias);
        Elementwise.SetRows(body.Candidates.Span, rows, hidden, recurrentBias[(2 * hidden)..]);
        Gemm.Multiply(false, true, rows, width, input, context.Input(X), input, context.Input(Wx), input, body.Gates.Span, width, true, context.Team);
        Gemm.Pack(true, hidden, 2 * hidden, wh, hidden, body.PackedGates.Span);
        Gemm.Pack(true, hidden, hidden, wh[(2 * hidden * hidden)..], hidden, body.PackedCandidate.Span);
        context.Team.For(body.Chunks, ref body);
        steps.Last(context.Output(), context.Output(1));
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        Shape output = context.OutputShape();
        RecurrentSteps steps = new(order, output[0], output[1], output[2]);
        int input = context.InputShape(X)[2], hidden = steps.Hidden, width = 3 * hidden, rows = steps.Time * steps.Batch, state = steps.Batch * hidden;
        GruBackwardRows body = new()
        {
            Steps = steps,
            Chunks = RecurrentRows.Chunks(context.Team, steps.Time, steps.Batch, hidden, gates: 3),
            H0 = context.InputRange(H0),
            Output = context.OutputRange(0),
            Gates = context.SavedRange(Gates),
            Candidates = context.SavedRange(Candidates),
            GradOutput = context.OutputGradient(0).IsEmpty ? null : context.OutputGradientRange(0),
            GradInput = context.ScratchRange(rows * width),
            GradRecurrent = context.ScratchRange(rows * width),
            GradHidden = context.ScratchRange(state),
            Previous = context.ScratchRange(state),
            Product = context.ScratchRange(state),
            Packed = context.ScratchRange(Gemm.PackedLength(width, hidden)),
            Mask = order.RecurrentDropout == 0 ? null : context.SavedRange(Mask),
        };
        RecurrentRows.CopyOrClear(context.OutputGradient(1), body.GradHidden.Span);
        Gemm.Pack(false, width, hidden, context.Input(Wh), hidden, body.Packed.Span);
        context.Team.For(body.Chunks, ref body);

        Span<real> gradInput = body.GradInput.Span, gradRecurrent = body.GradRecurrent.Span;
        if (context.NeedsGradient(X)) Gemm.Multiply(false, false, rows, input, width, gradInput, width, context.Input(Wx), input, context.InputGradient(X, out bool addX), input, addX, context.Team);
        if (context.NeedsGradient(Wx)) Gemm.Multiply(true, false, width, input, rows, gradInput, width, context.Input(X), input, context.InputGradient(Wx, out bool addWx), input, addWx, context.Team);
        if (context.NeedsGradient(Wh))
        {
            Span<real> previous = context.Scratch(rows * hidden);
            steps.AllBefore(context.Input(H0), context.Output(), previous);
            steps.Mask(body.Mask, previous);
            Gemm.Multiply(true, false, width, hidden, rows, gradRecurrent, width, previous, hidden, context.InputGradient(Wh, out bool addWh), hidden, addWh, context.Team);
        }

        if (context.NeedsGradient(InputBias)) Reduce.ColumnSums(gradInput, rows, width, context.InputGradient(InputBias, out bool addBias), context.Team, addBias);
        if (context.NeedsGradient(RecurrentBias)) Reduce.ColumnSums(gradRecurrent, rows, width, context.InputGradient(RecurrentBias, out bool addBias), context.Team, addBias);
        context.AddToGradient(H0, body.GradHidden.Span);
    }
}
