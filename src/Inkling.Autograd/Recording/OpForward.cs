using Inkling.Numerics;

namespace Inkling.Recording;

/// <summary>What an operation sees when it computes.</summary>
public readonly ref struct OpForward
{
    private readonly Tape _tape;
    private readonly Node _node;

    internal OpForward(Tape tape, Node node)
    {
        _tape = tape;
        _node = node;
    }

    /// <summary>The threads to compute with.</summary>
    public Team Team => _tape.Team;

    /// <summary>Whether a backward pass may follow; false on a validation tape, where nothing need be saved.</summary>
    public bool Recording => _tape.Recording;

    /// <summary>How many operands there are.</summary>
    public int InputCount => _node.InputCount;

    /// <summary>The seed and stream of this operation's random numbers: the same for the same seed, step and place on the tape.</summary>
    public (ulong Seed, ulong Stream) Random => (_tape.Seed, ((ulong)_tape.Step << 24) | (uint)_node.Index);

    /// <summary>The shape of an operand.</summary>
    public ref readonly Shape InputShape(int input) => ref _tape.SlotAt(_node.Input(input)).Shape;

    /// <summary>The values of an operand.</summary>
    public ReadOnlySpan<real> Input(int input) => _tape.SlotAt(_node.Input(input)).Values;

    /// <summary>Whether the gradient of an operand will be wanted.</summary>
    public bool NeedsGradient(int input) => _tape.SlotAt(_node.Input(input)).NeedsGradient;

    /// <summary>The values of a result, to be written in full.</summary>
    public Span<real> Output(int output = 0) => _tape.ResultAt(_node.FirstOutput + output).Values;

    /// <summary>The shape of a result.</summary>
    public ref readonly Shape OutputShape(int output = 0) => ref _tape.ResultAt(_node.FirstOutput + output).Shape;

    /// <summary>Memory that the backward pass will find again as <see cref="OpBackward.Saved"/>, numbered in the order of the calls. Not cleared.</summary>
    public Span<real> Save(int length) => _node.Save(_tape.TakeStepMemory(length)).Span;

    /// <summary>Memory for the length of this call. Not cleared.</summary>
    public Span<real> Scratch(int length) => _tape.TakeScratch(length).Span;

    /// <summary>As <see cref="Scratch"/>, for bodies that run on several threads and cannot hold spans.</summary>
    internal Memory.Range ScratchRange(int length) => _tape.TakeScratch(length);

    internal Memory.Range SaveRange(int length) => _node.Save(_tape.TakeStepMemory(length));

    internal Memory.Range InputRange(int input) => _tape.SlotAt(_node.Input(input)).Memory;

    internal Memory.Range OutputRange(int output) => _tape.ResultAt(_node.FirstOutput + output).Memory;
}
