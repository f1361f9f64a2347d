using System.Globalization;

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
