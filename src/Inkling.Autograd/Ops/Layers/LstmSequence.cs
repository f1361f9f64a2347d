using Inkling.Numerics;
using Inkling.Recording;

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
/// </remarks>
/// <param name="resets"><c>[T, B]</c>: where it is not 0, the state is cleared before that step; null for never.</param>
public readonly struct LstmSequence(Indices? resets) : IOp
{
    private const int X = 0, H0 = 1, C0 = 2, Wx = 3, Wh = 4, Bias = 5;
    private const int Gates = 0, Cells = 1, TanhCells = 2;

    /// <inheritdoc/>
    public static string Name => "Lstm";

    /// <inheritdoc/>
    public static int OutputCount => 3;

    /// <inheritdoc/>
    public static double Flops(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => 2.0 * inputs[X][0] * inputs[X][1] * (inputs[Wx].Length + inputs[Wh].Length);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[X], wx = inputs[Wx], wh = inputs[Wh];
        if (x.Rank != 3) Errors.Shape(Name, $"the input is {x}; it must be [time, batch, input].");
        int hidden = wh.Rank == 2 ? wh[1] : 0;
        if (hidden == 0 || wh[0] != 4 * hidden || wx != [4 * hidden, x[2]] || inputs[Bias] != [4 * hidden])
            Errors.Shape(Name, $"the weights {wx}, {wh} and the bias {inputs[Bias]} do not fit the input {x}; they must be [4H, {x[2]}], [4H, H] and [4H].");
        Shape state = [x[1], hidden];
        if (inputs[H0] != state || inputs[C0] != state) Errors.Shape(Name, $"the states are {inputs[H0]} and {inputs[C0]}; both must be {state}.");
        if (resets is not null && resets.Shape != [x[0], x[1]]) Errors.Shape(Name, $"the resets are {resets.Shape}; they must be [{x[0]}, {x[1]}].");
        outputs[0] = [x[0], x[1], hidden];
        outputs[1] = state;
        outputs[2] = state;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        (int time, int batch, int input, int hidden) = Sizes(context.InputShape(X), context.OutputShape());
        int gateWidth = 4 * hidden, rows = time * batch;
        LstmForwardRows body = new()
        {
            Time = time,
            Batch = batch,
            Hidden = hidden,
            Resets = resets,
            H0 = context.InputRange(H0),
            C0 = context.InputRange(C0),
            Output = context.OutputRange(0),
            Gates = context.SaveRange(rows * gateWidth),
            Cells = context.SaveRange(rows * hidden),
            TanhCells = context.SaveRange(rows * hidden),
            Packed = context.ScratchRange(Gemm.PackedLength(hidden, gateWidth)),
            Previous = context.ScratchRange(batch * hidden),
            PreviousCells = context.ScratchRange(batch * hidden),
        };
        Elementwise.SetRows(body.Gates.Span, rows, gateWidth, context.Input(Bias));
        Gemm.Multiply(false, true, rows, gateWidth, input, context.Input(X), input, context.Input(Wx), input, body.Gates.Span, gateWidth, true, context.Team);
        Gemm.Pack(true, hidden, gateWidth, context.Input(Wh), hidden, body.Packed.Span);
        body.Chunks = LstmRows.Chunks(context.Team, time, batch, hidden);
        context.Team.For(body.Chunks, ref body);
        if (time > 0)
        {
            body.Output.Span[^(batch * hidden)..].CopyTo(context.Output(1));
            body.Cells.Span[^(batch * hidden)..].CopyTo(context.Output(2));
        }
        else
        {
            context.Input(H0).CopyTo(context.Output(1));
            context.Input(C0).CopyTo(context.Output(2));
        }
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        (int time, int batch, int input, int hidden) = Sizes(context.InputShape(X), context.OutputShape());
        int gateWidth = 4 * hidden, rows = time * batch;
        LstmBackwardRows body = new()
        {
            Time = time,
            Batch = batch,
            Hidden = hidden,
            Resets = resets,
            C0 = context.InputRange(C0),
            Gates = context.SavedRange(Gates),
            Cells = context.SavedRange(Cells),
            TanhCells = context.SavedRange(TanhCells),
            GradOutput = context.OutputGradient(0).IsEmpty ? null : context.OutputGradientRange(0),
            GradGates = context.ScratchRange(rows * gateWidth),
            GradHidden = context.ScratchRange(batch * hidden),
            GradCells = context.ScratchRange(batch * hidden),
            PreviousCells = context.ScratchRange(batch * hidden),
            Packed = context.ScratchRange(Gemm.PackedLength(gateWidth, hidden)),
        };
        CopyOrClear(context.OutputGradient(1), body.GradHidden.Span);
        CopyOrClear(context.OutputGradient(2), body.GradCells.Span);
        Gemm.Pack(false, gateWidth, hidden, context.Input(Wh), hidden, body.Packed.Span);
        body.Chunks = LstmRows.Chunks(context.Team, time, batch, hidden);
        context.Team.For(body.Chunks, ref body);

        Span<real> gradGates = body.GradGates.Span;
        if (context.NeedsGradient(X)) Gemm.Multiply(false, false, rows, input, gateWidth, gradGates, gateWidth, context.Input(Wx), input, context.InputGradient(X, out bool addX), input, addX, context.Team);
        if (context.NeedsGradient(Wx)) Gemm.Multiply(true, false, gateWidth, input, rows, gradGates, gateWidth, context.Input(X), input, context.InputGradient(Wx, out bool addWx), input, addWx, context.Team);
        if (context.NeedsGradient(Wh)) AddRecurrentWeightGradient(context, gradGates, time, batch, hidden);
        if (context.NeedsGradient(Bias)) Reduce.ColumnSums(gradGates, rows, gateWidth, context.InputGradient(Bias, out bool addBias), context.Team, addBias);
        context.AddToGradient(H0, body.GradHidden.Span);
        context.AddToGradient(C0, body.GradCells.Span);
    }

    /// <summary><c>dW_h = Σ_t dG_tᵀ h_{t−1}</c> as one product: h₀ and the outputs but the last, with rows cleared where the state was.</summary>
    private void AddRecurrentWeightGradient(in OpBackward context, ReadOnlySpan<real> gradGates, int time, int batch, int hidden)
    {
        int rows = time * batch, gateWidth = 4 * hidden;
        if (rows == 0) return;
        Span<real> previous = context.Scratch(rows * hidden);
        context.Input(H0).CopyTo(previous);
        context.Output(0)[..((rows - batch) * hidden)].CopyTo(previous[(batch * hidden)..]);
        if (resets is not null)
        {
            for (int i = 0; i < rows; i++)
            {
                if (resets.Values[i] != 0) previous.Slice(i * hidden, hidden).Clear();
            }
        }

        Span<real> gradient = context.InputGradient(Wh, out bool accumulate);
        Gemm.Multiply(true, false, gateWidth, hidden, rows, gradGates, gateWidth, previous, hidden, gradient, hidden, accumulate, context.Team);
    }

    private static void CopyOrClear(ReadOnlySpan<real> from, Span<real> to)
    {
        if (from.IsEmpty) to.Clear();
        else from.CopyTo(to);
    }

    private static (int Time, int Batch, int Input, int Hidden) Sizes(Shape x, Shape output) => (x[0], x[1], x[2], output[2]);
}
