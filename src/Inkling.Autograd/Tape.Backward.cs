using Inkling.Recording;
using Range = Inkling.Memory.Range;

namespace Inkling;

public sealed partial class Tape
{
    /// <summary>
    /// Computes the gradient of <paramref name="loss"/> with respect to every parameter and every input that asked for it, and adds
    /// it to theirs. Several calls accumulate, until an optimizer's step marks the gradients as used.
    /// </summary>
    /// <param name="loss">A tensor of one element.</param>
    /// <param name="scale">What the loss is multiplied with, as in averaging over accumulated batches. Default: 1.</param>
    /// <exception cref="InvalidOperationException">The tape does not record, the loss has several elements, or depends on nothing that learns.</exception>
    public void Backward(Tensor loss, real scale = 1)
    {
        if (!ReferenceEquals(loss.Tape, this)) Errors.TwoTapes("Backward", this, loss.Tape);
        if (!Recording) throw new InvalidOperationException($"Backward: tape '{Name}' does not record. Make it with TapeOptions {{ Recording = true }}.");
        ref Slot slot = ref loss.Resolve();
        if (slot.Length != 1) throw new InvalidOperationException($"Backward: the loss is {slot.Shape}, but must have one element. Reduce it with Sum() or Mean().");
        if (!slot.NeedsGradient) throw new InvalidOperationException("Backward: the loss depends on no trainable parameter and on no input with requiresGradient.");
        PrepareGradients();
        try
        {
            GradientOf(loss.Slot, clear: true, out _)[0] += scale;
            for (int i = _nodeCount - 1; i >= 0; i--)
            {
                Node node = _nodes[i];
                if (!node.NeedsGradient || !Reached(node)) continue;
                if (_hookCount > 0) CallHooks(node);
                node.Backward(this);
                _scratch.Rewind();
                ReleaseGradients(node);
            }
        }
        finally
        {
            foreach (ParameterSet set in _parameterSets) set.SettleGradients();
        }

        if (_hookCount > 0) CallHooksOfLeaves();
    }

    /// <summary>Keeps the gradient of an intermediate result readable after <see cref="Backward"/>.</summary>
    public void RetainGradient(Tensor tensor)
    {
        ref Slot slot = ref tensor.Resolve();
        if (slot.Base != Slot.NoBase) throw new ArgumentException("RetainGradient: this tensor is a view; name the tensor it was taken from.", nameof(tensor));
        slot.RetainGradient = true;
    }

    /// <summary>The gradient memory of a slot, taken when first asked for.</summary>
    /// <param name="index">The slot.</param>
    /// <param name="clear">Whether fresh memory shall be zero.</param>
    /// <param name="accumulate">False when the memory is fresh and was not cleared.</param>
    internal Span<real> GradientOf(int index, bool clear, out bool accumulate)
    {
        ref Slot slot = ref SlotAt(index);
        if (slot.Base != Slot.NoBase) return GradientOfView(ref slot, clear, out accumulate);
        if (slot.IsParameter) _parameters[~index]!.Touched?.AddAll();
        if (slot.HasGradient)
        {
            accumulate = true;
            return slot.Gradient;
        }

        slot.HasGradient = true;
        if (index >= 0) slot.GradientMemory = _gradients.Take(slot.Length);
        accumulate = slot.IsParameter && !IsStale(_parameters[~index]!);
        if (clear && !accumulate)
        {
            slot.Gradient.Clear();
            accumulate = true;
        }

        return slot.Gradient;
    }

    /// <summary>The gradient memory of a table of which only some rows are added to. Where its gradient goes by rows, these are noted, and no others cleared.</summary>
    /// <param name="index">The slot.</param>
    /// <param name="rows">The rows, in any order and as often as they come.</param>
    /// <param name="except">A row that is left out.</param>
    internal Span<real> GradientRowsOf(int index, ReadOnlySpan<int> rows, int except)
    {
        if (index >= 0 || _parameters[~index] is not { Touched: { } touched } parameter) return GradientOf(index, clear: true, out _);
        if (IsStale(parameter)) parameter.ClearGradient();
        foreach (int row in rows)
        {
            if (row != except) touched.Add(row);
        }

        ref Slot slot = ref SlotAt(index);
        slot.HasGradient = true;
        return slot.Gradient;
    }

    /// <summary>A view writes into its base, which must then be defined everywhere.</summary>
    private Span<real> GradientOfView(ref Slot slot, bool clear, out bool accumulate)
    {
        bool whole = slot.Length == SlotAt(slot.Base).Length;
        Span<real> all = GradientOf(slot.Base, clear || !whole, out accumulate);
        slot.HasGradient = true;
        slot.GradientMemory = new Range(SlotAt(slot.Base).GradientMemory.Slab, SlotAt(slot.Base).GradientMemory.Offset + slot.BaseOffset, slot.Length);
        return all.Slice(slot.BaseOffset, slot.Length);
    }

    /// <summary>Whether this is the first to add to a parameter's gradient since the optimizer used it; afterwards it is not.</summary>
    private static bool IsStale(Parameter parameter)
    {
        bool stale = parameter.GradientIsStale;
        parameter.GradientIsStale = false;
        return stale;
    }

    private bool Reached(Node node)
    {
        for (int i = 0; i < node.OutputCount; i++)
        {
            if (_slots[node.FirstOutput + i].HasGradient) return true;
        }

        return false;
    }

    private void ReleaseGradients(Node node)
    {
        for (int i = 0; i < node.OutputCount; i++)
        {
            ref Slot slot = ref _slots[node.FirstOutput + i];
            if (!slot.HasGradient || slot.RetainGradient) continue;
            _gradients.Return(slot.GradientMemory);
            slot.HasGradient = false;
        }
    }

    /// <summary>Inputs hold the gradient of the last call alone; parameters add up until an optimizer's step.</summary>
    private void PrepareGradients()
    {
        foreach (ParameterSet set in _parameterSets) set.PrepareGradients();
        foreach (ref Slot slot in _persistent.AsSpan(0, _persistentCount))
        {
            if (slot.NeedsGradient) slot.HasGradient = false;
        }
    }
}
