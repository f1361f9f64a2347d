using System.Globalization;
using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>What an <see cref="Rnn"/> or a <see cref="Gru"/> returns.</summary>
/// <param name="Output">The states of the last layer at every step, <c>[T, B, H]</c>, or <c>[T, B, 2H]</c> of both directions.</param>
/// <param name="Hidden">The last state of each layer and direction, <c>[B, H]</c>: layer 0 forward, layer 0 in reverse, layer 1 forward …</param>
public readonly record struct RecurrentOutput(Tensor Output, Tensor[] Hidden);

/// <summary>
/// Layers of recurrent cells over whole sequences, <c>[T, B, I] → [T, B, H]</c>, or <c>[T, B, 2H]</c> in both directions: what <see cref="Rnn"/>,
/// <see cref="Gru"/> and <see cref="Lstm"/> have in common.
/// </summary>
/// <remarks>
/// Parameters are called as in PyTorch: <c>weight_ih_lk</c> and <c>weight_hh_lk</c> of layer k, with <c>_reverse</c> after that of the second
/// direction. States are given and returned for each layer and direction, layer 0 forward, layer 0 in reverse, layer 1 forward …
/// </remarks>
public abstract class RecurrentLayer : Module, ILayer
{
    private readonly RecurrentCell[] _cells;

    private protected RecurrentLayer(int input, int hidden, int gates, RecurrentOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(input, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        ArgumentNullException.ThrowIfNull(options);
        options.Check(GetType().Name);
        InputWidth = input;
        HiddenWidth = hidden;
        Options = options;
        DirectionCount = options.Bidirectional ? 2 : 1;
        _cells = new RecurrentCell[options.Layers * DirectionCount];
        Action<Parameter, ulong> uniform = Initializer.Uniform((real)(1 / Math.Sqrt(hidden)));
        for (int i = 0; i < _cells.Length; i++)
        {
            int layer = i / DirectionCount;
            string suffix = "_l" + layer.ToString(CultureInfo.InvariantCulture) + (i % DirectionCount == 1 ? "_reverse" : "");
            _cells[i] = AddBiases(suffix, gates, new RecurrentCell(
                AddParameter("weight_ih" + suffix, [gates * hidden, layer == 0 ? input : OutputWidth], uniform),
                AddParameter("weight_hh" + suffix, [gates * hidden, hidden], uniform)));
        }
    }

    /// <summary>Width I of the input.</summary>
    public int InputWidth { get; }

    /// <summary>Width H of the state.</summary>
    public int HiddenWidth { get; }

    /// <summary>Number of layers.</summary>
    public int LayerCount => Options.Layers;

    /// <summary>Directions: 1, or 2 if bidirectional.</summary>
    public int DirectionCount { get; }

    /// <summary>States: layers times directions.</summary>
    public int StateCount => _cells.Length;

    /// <summary>Width of the output, H times the directions.</summary>
    public int OutputWidth => HiddenWidth * DirectionCount;

    private protected RecurrentOptions Options { get; }

    /// <inheritdoc/>
    Tensor ILayer.Forward(Tensor x) => Run(x, default, default, default, default, null, null);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{GetType().Name}({InputWidth} → {OutputWidth}, {LayerCount} layer{(LayerCount == 1 ? "" : "s")}{(DirectionCount == 2 ? ", bidirectional" : "")})";

    /// <summary>
    /// Runs one sequence from a state of zero and keeps what every cell did, gates included, to look at: the same numbers as <c>Forward</c>'s but for rounding, without dropout.
    /// It is for inspection, and slower.
    /// </summary>
    /// <param name="x">The sequence, <c>[T, I]</c> as T · I numbers, at least one step.</param>
    /// <exception cref="ArgumentException">There is no step, or the numbers are not whole rows of I.</exception>
    public RecurrentTrace Trace(ReadOnlySpan<real> x)
    {
        if (x.IsEmpty || x.Length % InputWidth != 0) throw new ArgumentException($"{GetType().Name}.Trace: {x.Length} numbers are no rows of {InputWidth}; give T · {InputWidth}, for one step at least.", nameof(x));
        int steps = x.Length / InputWidth, width = InputWidth;
        RecurrentTrace trace = new(steps, StateCount, HiddenWidth, GateNames, HasCells);
        real[] input = x.ToArray();
        for (int layer = 0; layer < LayerCount; layer++)
        {
            for (int direction = 0; direction < DirectionCount; direction++) TraceCell((layer * DirectionCount) + direction, direction == 1, input, width, trace);
            if (layer == LayerCount - 1) break;
            real[] above = new real[steps * OutputWidth];
            for (int t = 0; t < steps; t++)
            {
                for (int direction = 0; direction < DirectionCount; direction++)
                    trace.Hidden((layer * DirectionCount) + direction, t).CopyTo(above.AsSpan((t * OutputWidth) + (direction * HiddenWidth)));
            }

            (input, width) = (above, OutputWidth);
        }

        return trace;
    }

    /// <summary>Names of the gates as a trace shows them.</summary>
    private protected abstract IReadOnlyList<string> GateNames { get; }

    /// <summary>Whether there is a cell state beside the hidden one.</summary>
    private protected virtual bool HasCells => false;

    /// <summary>One step of one row, for a trace.</summary>
    /// <param name="cell">The parameters.</param>
    /// <param name="sums">The products of the input, without a bias, in; for cells with gates, their activations out.</param>
    /// <param name="hPrevious">The hidden state before, <c>[H]</c>.</param>
    /// <param name="cPrevious">The cell state before; empty where there is none.</param>
    /// <param name="c">The cell state after.</param>
    /// <param name="h">The hidden state after.</param>
    private protected abstract void Step(in RecurrentCell cell, Span<real> sums, ReadOnlySpan<real> hPrevious, ReadOnlySpan<real> cPrevious, Span<real> c, Span<real> h);

    /// <summary>Adds <c>W h</c> for rows of the recurrent weight.</summary>
    private protected static void AddProduct(ReadOnlySpan<real> weight, ReadOnlySpan<real> h, Span<real> sums) =>
        Gemm.Multiply(false, true, 1, sums.Length, h.Length, h, h.Length, weight, h.Length, sums, sums.Length, true, Team.Single);

    /// <summary>Declares what a cell has beside its two weights.</summary>
    private protected abstract RecurrentCell AddBiases(string suffix, int gates, RecurrentCell cell);

    /// <summary>Runs one layer in one direction.</summary>
    /// <param name="cell">Its parameters.</param>
    /// <param name="x">Its input.</param>
    /// <param name="h">Its initial state.</param>
    /// <param name="c">Its initial cell state, where it has one.</param>
    /// <param name="order">Its direction and so on.</param>
    /// <param name="results">Receives the states, the last state and the last cell state.</param>
    private protected abstract void Run(in RecurrentCell cell, Tensor x, Tensor h, Tensor c, SequenceOrder order, Span<Tensor> results);

    /// <summary>Runs all layers. Last states are written where there is room for them.</summary>
    private protected Tensor Run(Tensor x, ReadOnlySpan<Tensor> hidden, ReadOnlySpan<Tensor> cell, Span<Tensor> lastHidden, Span<Tensor> lastCell, Indices? resets, Indices? lengths)
    {
        CheckStates(hidden.Length, "initial");
        CheckStates(lastHidden.Length, "last");
        if (x.Shape.Rank != 3 || x.Shape[2] != InputWidth) throw new ArgumentException($"{GetType().Name}: the input is {x.Shape}; it must be [time, batch, {InputWidth}].", nameof(x));
        Tape tape = x.Tape;
        TensorTriple triple = default;
        Span<Tensor> results = triple;
        SequenceOrder order = new() { Resets = resets, Lengths = lengths, RecurrentDropout = tape.Recording ? (real)Options.RecurrentDropout : 0 };
        for (int layer = 0; layer < LayerCount; layer++)
        {
            if (layer > 0) x = Options.VariationalDropout ? x.VariationalDropout((real)Options.Dropout) : x.Dropout((real)Options.Dropout);
            Tensor forward = default;
            for (int direction = 0; direction < DirectionCount; direction++)
            {
                int i = (layer * DirectionCount) + direction;
                Tensor h = hidden.IsEmpty ? tape.Zeros([x.Shape[1], HiddenWidth]) : hidden[i], c = cell.IsEmpty ? h : cell[i];
                Run(_cells[i], x, h, c, order with { Reverse = direction == 1 }, results);
                if (!lastHidden.IsEmpty) lastHidden[i] = results[1];
                if (!lastCell.IsEmpty) lastCell[i] = results[2];
                if (direction == 0) forward = results[0];
            }

            x = DirectionCount == 1 ? forward : Tape.Record(default(JoinDirections), forward, results[0]);
        }

        return x;
    }

    private void TraceCell(int state, bool reverse, ReadOnlySpan<real> input, int inputWidth, RecurrentTrace trace)
    {
        RecurrentCell cell = _cells[state];
        int steps = trace.Steps, width = cell.InputWeight.Shape[0];
        real[] sums = new real[steps * width], zero = new real[HiddenWidth];
        Gemm.Multiply(false, true, steps, width, inputWidth, input, inputWidth, cell.InputWeight.Values, inputWidth, sums, width, false, Team.Single);
        ReadOnlySpan<real> h = zero, c = HasCells ? zero : default;
        for (int step = 0; step < steps; step++)
        {
            int t = reverse ? steps - 1 - step : step;
            Span<real> mine = sums.AsSpan(t * width, width);
            Step(cell, mine, h, c, trace.CellToWrite(state, t), trace.HiddenToWrite(state, t));
            if (GateNames.Count > 0) mine.CopyTo(trace.GatesToWrite(state, t));
            h = trace.Hidden(state, t);
            c = trace.Cell(state, t);
        }
    }

    private void CheckStates(int given, string which)
    {
        if (given == StateCount || given == 0) return;
        throw new ArgumentException($"{GetType().Name}: {given} {which} states given for {LayerCount} layers in {DirectionCount} direction{(DirectionCount == 1 ? "" : "s")}; give {StateCount}, or none.");
    }

    [System.Runtime.CompilerServices.InlineArray(3)]
    private struct TensorTriple
    {
        private Tensor _first;
    }
}

/// <summary>The parameters of one layer in one direction.</summary>
internal readonly record struct RecurrentCell(Parameter InputWeight, Parameter RecurrentWeight)
{
    public Parameter InputBias { get; init; } = null!;

    public Parameter? RecurrentBias { get; init; }

    public Parameter? Peephole { get; init; }
}
