namespace Inkling.Nn;

/// <summary>
/// What the cells of recurrent layers did at every step of one sequence: hidden states, cell states and gates of every unit, to look at
/// (Karpathy, Johnson &amp; Fei-Fei 2015, <em>Visualizing and understanding recurrent networks</em>, §4.1). <see cref="RecurrentLayer.Trace"/> makes one.
/// </summary>
/// <remarks>
/// T steps; S states, one for each layer and direction in the order of <see cref="RecurrentLayer"/>; H units; G gates. Gates are activations, as the
/// cell uses them. Steps are places in the sequence, in both directions.
/// </remarks>
public sealed class RecurrentTrace
{
    private readonly real[] _hidden;
    private readonly real[] _cells;
    private readonly real[] _gates;

    internal RecurrentTrace(int steps, int states, int width, IReadOnlyList<string> gates, bool hasCells)
    {
        (Steps, States, Width, GateNames, HasCells) = (steps, states, width, gates, hasCells);
        _hidden = new real[states * steps * width];
        _cells = new real[hasCells ? _hidden.Length : 0];
        _gates = new real[_hidden.Length * gates.Count];
    }

    /// <summary>Names of the gates of an LSTM, in the order of its weights.</summary>
    internal static IReadOnlyList<string> LstmGateNames { get; } = ["input", "forget", "candidate", "output"];

    /// <summary>Steps of the sequence, T.</summary>
    public int Steps { get; }

    /// <summary>States, layers times directions, S.</summary>
    public int States { get; }

    /// <summary>Units of each, H.</summary>
    public int Width { get; }

    /// <summary>
    /// The gates: of an LSTM <c>input, forget, candidate, output</c> (without <c>forget</c> where it is coupled), of a GRU <c>reset, update, candidate</c>, of a plain cell none.
    /// </summary>
    public IReadOnlyList<string> GateNames { get; }

    /// <summary>Whether there are cell states beside the hidden ones: only those of an LSTM.</summary>
    public bool HasCells { get; }

    /// <summary>The hidden state after a step, <c>[H]</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such state or step.</exception>
    public ReadOnlySpan<real> Hidden(int state, int step) => HiddenToWrite(state, step);

    /// <summary>The cell state after a step, <c>[H]</c>; empty where there are none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such state or step.</exception>
    public ReadOnlySpan<real> Cell(int state, int step) => CellToWrite(state, step);

    /// <summary>A gate's activations at a step, <c>[H]</c>.</summary>
    /// <param name="state">The layer and direction.</param>
    /// <param name="gate">Its place in <see cref="GateNames"/>.</param>
    /// <param name="step">The step.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such state, gate or step.</exception>
    public ReadOnlySpan<real> Gate(int state, int gate, int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(gate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(gate, GateNames.Count);
        return GatesToWrite(state, step).Slice(gate * Width, Width);
    }

    internal Span<real> HiddenToWrite(int state, int step) => _hidden.AsSpan(Place(state, step), Width);

    internal Span<real> CellToWrite(int state, int step) => HasCells ? _cells.AsSpan(Place(state, step), Width) : Check(state, step);

    /// <summary>All gates of a step side by side, <c>[GH]</c>.</summary>
    internal Span<real> GatesToWrite(int state, int step) => _gates.AsSpan(Place(state, step) * GateNames.Count, Width * GateNames.Count);

    private Span<real> Check(int state, int step)
    {
        Place(state, step);
        return default;
    }

    private int Place(int state, int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(state);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(state, States);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, Steps);
        return ((state * Steps) + step) * Width;
    }
}
