using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>Sees, and may change, the gradient of a tensor when it is complete.</summary>
/// <param name="tensor">The tensor.</param>
/// <param name="gradient">Its gradient; what is written here flows on.</param>
public delegate void GradientHook(Tensor tensor, Span<real> gradient);

/// <content>Watching a step: what was recorded, what flows back, where NaN began.</content>
public sealed partial class Tape
{
    private (Tensor Tensor, GradientHook Hook)[] _hooks = [];
    private int _hookCount;

    /// <summary>
    /// Called after each operation with its record, which holds operands and results: a forward hook. Null, the default, costs nothing. A record is allocated for each
    /// call.
    /// </summary>
    public Action<TapeRecord>? Recorded { get; set; }

    /// <summary>
    /// Calls a hook in the next <see cref="Backward"/> of this step, when the gradient of a tensor is complete and before it flows on: to look at it, or to change it. Gradients of
    /// inputs and parameters are complete at the end. Hooks are forgotten at <see cref="Begin"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The tensor is a view.</exception>
    /// <exception cref="InvalidOperationException">No gradient flows to the tensor, or it is of another tape.</exception>
    public void OnGradient(Tensor tensor, GradientHook hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        if (!ReferenceEquals(tensor.Tape, this)) Errors.TwoTapes("OnGradient", this, tensor.Tape);
        ref Slot slot = ref tensor.Resolve();
        if (slot.Base != Slot.NoBase) throw new ArgumentException("OnGradient: this tensor is a view; name the tensor it was taken from.", nameof(tensor));
        if (!slot.NeedsGradient) throw new InvalidOperationException("OnGradient: no gradient flows to this tensor: it depends on no trainable parameter and on no input with requiresGradient.");
        if (_hookCount == _hooks.Length) Array.Resize(ref _hooks, Math.Max(4, 2 * _hookCount));
        _hooks[_hookCount++] = (tensor, hook);
    }

    /// <summary>The operations of the step so far, in order. Views are no operations.</summary>
    public IReadOnlyList<TapeRecord> Records()
    {
        TapeRecord[] records = new TapeRecord[_nodeCount];
        for (int i = 0; i < records.Length; i++) records[i] = RecordOf(_nodes[i]);
        return records;
    }

    /// <summary>The first operation of the step that returned NaN or infinity; null when there is none. Reads all values of the step, and costs nothing otherwise.</summary>
    public NonFiniteFinding? FindNonFinite()
    {
        string layer = "";
        for (int i = 0; i < _nodeCount; i++)
        {
            Node node = _nodes[i];
            layer = LayerOf(node) ?? layer;
            int count = 0;
            for (int k = 0; k < node.OutputCount; k++)
            {
                ReadOnlySpan<real> values = ResultAt(node.FirstOutput + k).Values;
                if (Reduce.AllFinite(values)) continue;
                foreach (real value in values) count += real.IsFinite(value) ? 0 : 1;
            }

            if (count > 0) return new NonFiniteFinding(Step, RecordOf(node), count, layer, SpoiltParameterOf(node), CauseOf(node));
        }

        return null;
    }

    // The first parameter is the weight, whose name says the layer as well as the bias's; one that is spoilt says more.
    private string? LayerOf(Node node)
    {
        if (SpoiltParameterOf(node) is { } spoilt) return spoilt;
        for (int i = 0; i < node.InputCount; i++)
        {
            if (node.Input(i) < 0 && _parameters[~node.Input(i)] is { } parameter) return parameter.Name;
        }

        return null;
    }

    private string? SpoiltParameterOf(Node node)
    {
        for (int i = 0; i < node.InputCount; i++)
        {
            int slot = node.Input(i);
            if (slot < 0 && _parameters[~slot] is { } parameter && !Reduce.AllFinite(SlotAt(slot).Values)) return parameter.Name;
        }

        return null;
    }

    private string CauseOf(Node node)
    {
        for (int i = 0; i < node.InputCount; i++)
        {
            int slot = node.Input(i);
            if (slot >= 0 || Reduce.AllFinite(SlotAt(slot).Values)) continue;
            return _parameters[~slot] is { } parameter
                ? $"Likely cause: the parameter '{parameter.Name}' is not finite: an earlier step spoilt it, most often by too large a learning rate."
                : $"Likely cause: operand {i}, an input {SlotAt(slot).Shape}, is not finite: the data hold NaN or infinity.";
        }

        return "Its operands are finite. Likely cause: an overflow, or a formula outside its range, such as the logarithm of 0 or less, the root of a negative number, a division by 0.";
    }

    /// <summary>What this step recorded, with the operations themselves and the views between them.</summary>
    internal TapeTrace Trace()
    {
        TracedNode[] nodes = new TracedNode[_nodeCount];
        for (int i = 0; i < nodes.Length; i++)
        {
            Node node = _nodes[i];
            nodes[i] = new TracedNode(node.Name, node.Operation, [.. Enumerable.Range(0, node.InputCount).Select(node.Input)], node.FirstOutput, node.OutputCount);
        }

        return new TapeTrace(this, nodes);
    }

    internal Parameter? ParameterOf(int slot) => slot < 0 ? _parameters[~slot] : null;

    private TapeRecord RecordOf(Node node)
    {
        Tensor[] inputs = new Tensor[node.InputCount], outputs = new Tensor[node.OutputCount];
        List<Parameter> parameters = [];
        for (int i = 0; i < inputs.Length; i++)
        {
            int slot = node.Input(i);
            inputs[i] = new Tensor(this, slot, slot < 0 ? 0 : _generation);
            if (slot < 0 && _parameters[~slot] is { } parameter) parameters.Add(parameter);
        }

        for (int i = 0; i < outputs.Length; i++) outputs[i] = new Tensor(this, node.FirstOutput + i, _generation);
        double flops = node.Flops([.. inputs.Select(i => i.Shape)], [.. outputs.Select(o => o.Shape)]);
        return new TapeRecord(node.Index, node.Name, inputs, parameters, outputs, flops);
    }

    private void CallHooks(Node node)
    {
        for (int h = 0; h < _hookCount; h++)
        {
            int slot = _hooks[h].Tensor.Slot;
            if (slot >= node.FirstOutput && slot < node.FirstOutput + node.OutputCount && _slots[slot].HasGradient) _hooks[h].Hook(_hooks[h].Tensor, _slots[slot].Gradient);
        }
    }

    private void CallHooksOfLeaves()
    {
        for (int h = 0; h < _hookCount; h++)
        {
            int slot = _hooks[h].Tensor.Slot;
            if (slot >= 0 || !SlotAt(slot).HasGradient) continue;
            _parameters[~slot]?.Touched?.AddAll();
            _hooks[h].Hook(_hooks[h].Tensor, SlotAt(slot).Gradient);
        }
    }
}
