using Inkling.Numerics;
using Inkling.Recording;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>
/// One LSTM layer over a whole sequence (Hochreiter &amp; Schmidhuber 1997, with the forget gate of Gers et al. 2000):
/// <c>i, f, o = σ(…)</c>, <c>g = tanh(…)</c> of <c>W_x x_t + W_h h_{t−1} + b</c>, <c>c_t = f c_{t−1} + i g</c>, <c>h_t = o tanh c_t</c>.
/// </summary>
/// <remarks>
/// Operands: x <c>[T, B, I]</c>, h₀ <c>[B, H]</c>, c₀ <c>[B, H]</c>, W_x <c>[4H, I]</c>, W_h <c>[4H, H]</c>, b <c>[4H]</c>, gates in the order
/// i, f, g, o. Results: h <c>[T, B, H]</c>, h_T <c>[B, H]</c>, c_T <c>[B, H]</c>. The input products of all steps are one matrix product, and so
/// are all weight gradients; only <c>h W_hᵀ</c> runs step by step, with the weight packed once. Rows of the batch are independent,
/// so threads take some rows each through all of the sequence and never wait for each other.
/// <para>A seventh operand p <c>[3H]</c> (i, f, o) makes peepholes, which add <c>p_i c_{t−1}</c>, <c>p_f c_{t−1}</c> and <c>p_o c_t</c> to the gates
/// (Gers et al. 2002, §3). Coupled gates, <c>f = 1 − i</c>, leave three in the order i, g, o (Greff et al. 2017, §V), and p is <c>[2H]</c> (i, o).</para>
/// </remarks>
/// <param name="order">Direction, lengths, resets and recurrent dropout.</param>
/// <param name="coupled">Whether the forget gate is <c>1 − i</c>.</param>
public readonly struct LstmSequence(SequenceOrder order, bool coupled = false) : IOp
{
    private const int X = 0, H0 = 1, C0 = 2, Wx = 3, Wh = 4, Bias = 5, Peephole = 6;
    private const int Gates = 0, Cells = 1, TanhCells = 2, Mask = 3;

    /// <summary>Forward through all of every row.</summary>
    /// <param name="resets"><c>[T, B]</c>: where it is not 0, the state is cleared before that step; null for never.</param>
    public LstmSequence(Indices? resets)
        : this(new SequenceOrder { Resets = resets })
    {
    }

    /// <inheritdoc/>
    public static string Name => "Lstm";

    internal SequenceOrder Order => order;
    internal bool IsCoupled => coupled;

    /// <inheritdoc/>
    public static int OutputCount => 3;

    /// <inheritdoc/>
    public static double Flops(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => 2.0 * inputs[X][0] * inputs[X][1] * (inputs[Wx].Length + inputs[Wh].Length);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[X], wx = inputs[Wx], wh = inputs[Wh];
        order.Check(Name, x);
        LstmCell cell = new(coupled, inputs.Count > Peephole);
        int hidden = wh.Rank == 2 ? wh[1] : 0, width = cell.Gates * hidden;
        if (hidden == 0 || wh[0] != width || wx != [width, x[2]] || inputs[Bias] != [width])
            Errors.Shape(Name, $"the weights {wx}, {wh} and the bias {inputs[Bias]} do not fit the input {x}; they must be [{cell.Gates}H, {x[2]}], [{cell.Gates}H, H] and [{cell.Gates}H].");
        if (cell.Peephole && inputs[Peephole] != [cell.Peepholes * hidden]) Errors.Shape(Name, $"the peepholes are {inputs[Peephole]}; they must be [{cell.Peepholes * hidden}].");
        Shape state = [x[1], hidden];
        if (inputs[H0] != state || inputs[C0] != state) Errors.Shape(Name, $"the states are {inputs[H0]} and {inputs[C0]}; both must be {state}.");
        outputs[0] = [x[0], x[1], hidden];
        outputs[1] = state;
        outputs[2] = state;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        (RecurrentSteps steps, LstmCell cell) = Plan(context.OutputShape(), context.InputCount);
        int input = context.InputShape(X)[2], hidden = steps.Hidden, gateWidth = cell.Gates * hidden, rows = steps.Time * steps.Batch, state = steps.Batch * hidden;
        LstmForwardRows body = new()
        {
            Steps = steps,
            Cell = cell,
            H0 = context.InputRange(H0),
            C0 = context.InputRange(C0),
            Output = context.OutputRange(0),
            Gates = context.SaveRange(rows * gateWidth),
            Cells = context.SaveRange(rows * hidden),
            TanhCells = context.SaveRange(rows * hidden),
            Packed = context.ScratchRange(Gemm.PackedLength(hidden, gateWidth)),
            Previous = context.ScratchRange(state),
            PreviousCells = context.ScratchRange(state),
            Mask = RecurrentRows.SaveMask(context, order.RecurrentDropout, state),
            Peephole = cell.Peephole ? context.InputRange(Peephole) : null,
        };
        Elementwise.SetRows(body.Gates.Span, rows, gateWidth, context.Input(Bias));
        Gemm.Multiply(false, true, rows, gateWidth, input, context.Input(X), input, context.Input(Wx), input, body.Gates.Span, gateWidth, true, context.Team);
        Gemm.Pack(true, hidden, gateWidth, context.Input(Wh), hidden, body.Packed.Span);
        body.Chunks = RecurrentRows.Chunks(context.Team, steps.Time, steps.Batch, hidden, cell.Gates);
        context.Team.For(body.Chunks, ref body);
        steps.Last(body.Output.Span, context.Output(1));
        steps.Last(body.Cells.Span, context.Output(2));
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        (RecurrentSteps steps, LstmCell cell) = Plan(context.OutputShape(), context.InputCount);
        int input = context.InputShape(X)[2], hidden = steps.Hidden, gateWidth = cell.Gates * hidden, rows = steps.Time * steps.Batch, state = steps.Batch * hidden;
        LstmBackwardRows body = new()
        {
            Steps = steps,
            Cell = cell,
            C0 = context.InputRange(C0),
            Gates = context.SavedRange(Gates),
            Cells = context.SavedRange(Cells),
            TanhCells = context.SavedRange(TanhCells),
            GradOutput = context.OutputGradient(0).IsEmpty ? null : context.OutputGradientRange(0),
            GradGates = context.ScratchRange(rows * gateWidth),
            GradHidden = context.ScratchRange(state),
            GradCells = context.ScratchRange(state),
            PreviousCells = context.ScratchRange(state),
            Product = context.ScratchRange(state),
            Packed = context.ScratchRange(Gemm.PackedLength(gateWidth, hidden)),
            Mask = order.RecurrentDropout == 0 ? null : context.SavedRange(Mask),
            Peephole = cell.Peephole ? context.InputRange(Peephole) : null,
        };
        RecurrentRows.CopyOrClear(context.OutputGradient(1), body.GradHidden.Span);
        RecurrentRows.CopyOrClear(context.OutputGradient(2), body.GradCells.Span);
        Gemm.Pack(false, gateWidth, hidden, context.Input(Wh), hidden, body.Packed.Span);
        body.Chunks = RecurrentRows.Chunks(context.Team, steps.Time, steps.Batch, hidden, cell.Gates);
        context.Team.For(body.Chunks, ref body);

        Span<real> gradGates = body.GradGates.Span;
        if (context.NeedsGradient(X)) Gemm.Multiply(false, false, rows, input, gateWidth, gradGates, gateWidth, context.Input(Wx), input, context.InputGradient(X, out bool addX), input, addX, context.Team);
        if (context.NeedsGradient(Wx)) Gemm.Multiply(true, false, gateWidth, input, rows, gradGates, gateWidth, context.Input(X), input, context.InputGradient(Wx, out bool addWx), input, addWx, context.Team);
        if (context.NeedsGradient(Wh)) AddRecurrentWeightGradient(context, steps, gradGates, gateWidth, body.Mask);
        if (context.NeedsGradient(Bias)) Reduce.ColumnSums(gradGates, rows, gateWidth, context.InputGradient(Bias, out bool addBias), context.Team, addBias);
        if (cell.Peephole && context.NeedsGradient(Peephole)) AddPeepholeGradient(context, steps, cell, gradGates);
        context.AddToGradient(H0, body.GradHidden.Span);
        context.AddToGradient(C0, body.GradCells.Span);
    }

    /// <summary><c>dW_h = Σ_t dG_tᵀ h_{t−1}</c> as one product: h₀ and the outputs but the last, with rows cleared where the state was.</summary>
    private static void AddRecurrentWeightGradient(in OpBackward context, RecurrentSteps steps, ReadOnlySpan<real> gradGates, int gateWidth, Range? mask)
    {
        int rows = steps.Time * steps.Batch, hidden = steps.Hidden;
        Span<real> previous = context.Scratch(rows * hidden);
        steps.AllBefore(context.Input(H0), context.Output(0), previous);
        steps.Mask(mask, previous);
        Span<real> gradient = context.InputGradient(Wh, out bool accumulate);
        Gemm.Multiply(true, false, gateWidth, hidden, rows, gradGates, gateWidth, previous, hidden, gradient, hidden, accumulate, context.Team);
    }

    /// <summary><c>dp_i = Σ di c_{t−1}</c>, the same for f, and <c>dp_o = Σ do c_t</c>, row after row.</summary>
    private static void AddPeepholeGradient(in OpBackward context, RecurrentSteps steps, LstmCell cell, ReadOnlySpan<real> gradGates)
    {
        int rows = steps.Time * steps.Batch, hidden = steps.Hidden, width = cell.Gates * hidden;
        ReadOnlySpan<real> cells = context.Saved(Cells);
        Span<real> previous = context.Scratch(rows * hidden), gradient = context.InputGradient(Peephole);
        steps.AllBefore(context.Input(C0), cells, previous);
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<real> gates = gradGates.Slice(i * width, width), before = previous.Slice(i * hidden, hidden);
            for (int gate = 0; gate < cell.Peepholes - 1; gate++) Elementwise.MultiplyAdd(gates.Slice(gate * hidden, hidden), before, gradient.Slice(gate * hidden, hidden));
            Elementwise.MultiplyAdd(gates[^hidden..], cells.Slice(i * hidden, hidden), gradient[^hidden..]);
        }
    }

    private (RecurrentSteps Steps, LstmCell Cell) Plan(in Shape output, int inputs) => (new(order, output[0], output[1], output[2]), new(coupled, inputs > Peephole));
}
