using System.Diagnostics;
using System.Runtime.CompilerServices;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// A handle on an array of numbers that a <see cref="Inkling.Tape"/> holds: contiguous, row-major, rank 0 to 6.
/// </summary>
/// <remarks>
/// A tensor that an operation returned lives until the next <see cref="Tape.Begin"/>; using it later throws, naming the step it
/// belonged to. Inputs and carried states live as long as the tape. Nobody disposes a tensor.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct Tensor
{
    private readonly Tape? _tape;

    // The low half of the tape's count of steps: 16 bytes are handed on in two registers, 24 through memory.
    private readonly uint _step;

    internal Tensor(Tape tape, int slot, long step)
    {
        _tape = tape;
        Slot = slot;
        _step = (uint)step;
    }

    /// <summary>Where the tape keeps it; persistent slots are negative.</summary>
    internal int Slot { get; }

    /// <summary>The tape that holds this tensor.</summary>
    /// <exception cref="InvalidOperationException">The tensor is <c>default</c>, or of a step that has ended.</exception>
    public Tape Tape
    {
        get
        {
            Check();
            return _tape!;
        }
    }

    /// <summary>The sizes of its axes.</summary>
    public Shape Shape => Resolve().Shape;

    /// <summary>The number of elements.</summary>
    public int Length => Resolve().Length;

    /// <summary>The elements, row-major. The span is valid until the next <see cref="Tape.Begin"/>.</summary>
    public ReadOnlySpan<real> Values => Resolve().Values;

    /// <summary>
    /// The gradient that the last <see cref="Tape.Backward"/> left here: for parameters, inputs made with
    /// <c>requiresGradient</c>, and tensors named to <see cref="Tape.RetainGradient"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public ReadOnlySpan<real> Gradient
    {
        get
        {
            ref Slot slot = ref Resolve();
            if (!slot.HasGradient && !slot.IsParameter)
                throw new InvalidOperationException("Tensor.Gradient: there is no gradient here. Call Tape.Backward first, and for an intermediate result Tape.RetainGradient before it.");
            return slot.Gradient;
        }
    }

    /// <summary>A copy of the elements that outlives the step.</summary>
    public real[] ToArray() => Resolve().Values.ToArray();

    /// <summary>The only element of a tensor of one.</summary>
    /// <exception cref="InvalidOperationException">The tensor has another number of elements.</exception>
    public real Item()
    {
        ref Slot slot = ref Resolve();
        if (slot.Length != 1) throw new InvalidOperationException($"Item: the tensor {slot.Shape} has {slot.Length} elements; Item reads a tensor of one. Use Values or ToArray.");
        return slot.Values[0];
    }

    /// <summary>Overwrites the elements of an input.</summary>
    /// <exception cref="InvalidOperationException">The tensor is not an input.</exception>
    /// <exception cref="ArgumentException">The number of values is not the tensor's length.</exception>
    public void Write(ReadOnlySpan<real> values)
    {
        ref Slot slot = ref Resolve();
        if (Slot >= 0) throw new InvalidOperationException("Write: only inputs (Tape.Input) can be written; this tensor is the result of an operation.");
        if (values.Length != slot.Length) throw new ArgumentException($"Write: {values.Length} values given for the shape {slot.Shape} of {slot.Length}.", nameof(values));
        values.CopyTo(slot.Values);
    }

    /// <summary>The shape, the first few values, of more than six their range and mean, and how many are not finite; for the debugger.</summary>
    public override string ToString()
    {
        if (_tape is null) return "Tensor (default)";
        if (!_tape.IsLive(Slot, _step)) return $"Tensor of step {_tape.StepOf(_step)}, which has ended";
        ref Slot slot = ref _tape.SlotAt(Slot);
        return $"{slot.Shape} {ValueText.Of(slot.Values)}";
    }

    /// <summary>Whether this is of the given tape and its step is not over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsOn(Tape tape) => ReferenceEquals(_tape, tape) && tape.IsLive(Slot, _step);

    internal ref Slot Resolve()
    {
        Check();
        return ref _tape!.SlotAt(Slot);
    }

    private void Check()
    {
        if (_tape is null) Errors.NoTape();
        if (!_tape!.IsLive(Slot, _step)) Errors.Stale(_tape.StepOf(_step));
    }
}
