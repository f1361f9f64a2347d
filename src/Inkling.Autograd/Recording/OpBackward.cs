using Inkling.Numerics;

namespace Inkling.Recording;

/// <summary>What an operation sees when gradients flow back through it.</summary>
public readonly ref struct OpBackward
{
    private readonly Tape _tape;
    private readonly Node _node;

    internal OpBackward(Tape tape, Node node)
    {
        _tape = tape;
        _node = node;
    }

    /// <summary>The threads to compute with.</summary>
    public Team Team => _tape.Team;

    /// <summary>How many operands there are.</summary>
    public int InputCount => _node.InputCount;

    /// <summary>The shape of an operand.</summary>
    public ref readonly Shape InputShape(int input) => ref _tape.SlotAt(_node.Input(input)).Shape;

    /// <summary>The values of an operand.</summary>
    public ReadOnlySpan<real> Input(int input) => _tape.SlotAt(_node.Input(input)).Values;

    /// <summary>The values of a result.</summary>
    public ReadOnlySpan<real> Output(int output = 0) => _tape.ResultAt(_node.FirstOutput + output).Values;

    /// <summary>The shape of a result.</summary>
    public ref readonly Shape OutputShape(int output = 0) => ref _tape.ResultAt(_node.FirstOutput + output).Shape;

    /// <summary>The gradient of a result; empty when nothing flowed back to it.</summary>
    public ReadOnlySpan<real> OutputGradient(int output = 0)
    {
        ref Slot slot = ref _tape.ResultAt(_node.FirstOutput + output);
        return slot.HasGradient ? slot.Gradient : default;
    }

    /// <summary>What the forward call saved, by order.</summary>
    public Span<real> Saved(int index) => _node.Saved(index).Span;

    /// <summary>Whether the gradient of an operand is wanted.</summary>
    public bool NeedsGradient(int input) => _tape.SlotAt(_node.Input(input)).NeedsGradient;

    /// <summary>The gradient of an operand, to be added to. Ask only where <see cref="NeedsGradient"/>.</summary>
    public Span<real> InputGradient(int input) => _tape.GradientOf(_node.Input(input), clear: true, out _);

    /// <summary>
    /// The gradient of an operand for operations that can write as well as add: when <paramref name="accumulate"/> is false, the
    /// memory holds nothing of worth and must be overwritten in full.
    /// </summary>
    public Span<real> InputGradient(int input, out bool accumulate) => _tape.GradientOf(_node.Input(input), clear: false, out accumulate);

    /// <summary>Adds <c>scale · values</c> to the gradient of an operand, if it is wanted.</summary>
    public void AddToGradient(int input, ReadOnlySpan<real> values, real scale = 1)
    {
        if (NeedsGradient(input)) Elementwise.AddScaled(values, scale, InputGradient(input, out bool accumulate), accumulate);
    }

    /// <summary>Memory for the length of this call. Not cleared.</summary>
    public Span<real> Scratch(int length) => _tape.TakeScratch(length).Span;

    /// <summary>The gradient of a table, to which only some of its rows are added.</summary>
    internal Span<real> InputGradientRows(int input, ReadOnlySpan<int> rows, int except) => _tape.GradientRowsOf(_node.Input(input), rows, except);

    internal Memory.Range ScratchRange(int length) => _tape.TakeScratch(length);

    internal Memory.Range SavedRange(int index) => _node.Saved(index);

    internal Memory.Range InputRange(int input) => _tape.SlotAt(_node.Input(input)).Memory;

    /// <summary>As <see cref="InputGradient(int, out bool)"/>, for bodies that run on several threads and cannot hold spans.</summary>
    internal Memory.Range InputGradientRange(int input, out bool accumulate)
    {
        _tape.GradientOf(_node.Input(input), clear: false, out accumulate);
        return _tape.SlotAt(_node.Input(input)).GradientMemory;
    }

    internal Memory.Range OutputRange(int output) => _tape.ResultAt(_node.FirstOutput + output).Memory;

    internal Memory.Range OutputGradientRange(int output) => _tape.ResultAt(_node.FirstOutput + output).GradientMemory;
}
