namespace Inkling.Recording;

/// <summary>
/// What one step recorded, for those who write it down elsewhere: the operations themselves and, other than in <see cref="Tape.Records"/>, the views between them. Valid until the
/// next <see cref="Tape.Begin"/>.
/// </summary>
/// <param name="tape">The tape.</param>
/// <param name="nodes">The operations in order.</param>
internal sealed class TapeTrace(Tape tape, IReadOnlyList<TracedNode> nodes)
{
    /// <summary>The operations in order.</summary>
    public IReadOnlyList<TracedNode> Nodes { get; } = nodes;

    /// <summary>What is known of a value; slots below 0 are inputs and parameters.</summary>
    public TracedValue Value(int slot)
    {
        ref Slot found = ref tape.SlotAt(slot);
        bool view = found.Base != Slot.NoBase;
        return new TracedValue(found.Shape, view ? found.Base : null, view ? found.BaseOffset : 0, tape.ParameterOf(slot));
    }

    /// <summary>The elements of a value.</summary>
    public ReadOnlySpan<real> Elements(int slot) => tape.SlotAt(slot).Values;
}

/// <summary>One recorded operation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Operation">Itself, boxed.</param>
/// <param name="Inputs">The slots of its operands.</param>
/// <param name="FirstOutput">The slot of its first result; the others follow.</param>
/// <param name="OutputCount">How many results it has.</param>
internal sealed record TracedNode(string Name, object Operation, int[] Inputs, int FirstOutput, int OutputCount);

/// <summary>One value on a tape.</summary>
/// <param name="Shape">Its shape.</param>
/// <param name="Base">For a view, the slot of the value whose memory it shares; it is no view itself.</param>
/// <param name="Offset">Where in the base it begins, in elements.</param>
/// <param name="Parameter">The parameter that it is, if it is one.</param>
internal readonly record struct TracedValue(Shape Shape, int? Base, int Offset, Parameter? Parameter);
