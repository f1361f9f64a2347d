using System.Runtime.CompilerServices;
using Inkling.Recording;
using Range = Inkling.Memory.Range;

namespace Inkling;

public sealed partial class Tape
{
    private readonly Dictionary<Type, Stack<Node>> _spareNodes = [];
    private Node[] _nodes = new Node[64];
    private int _nodeCount;
    private Shape[] _shapes = [];

    /// <summary>Records an operation of one result on the tape of its operands and computes it.</summary>
    /// <exception cref="InvalidOperationException">An operand is stale, or operands live on two tapes.</exception>
    /// <exception cref="ArgumentException">The operation does not accept the operands' shapes.</exception>
    public static Tensor Record<TOp>(TOp op, params ReadOnlySpan<Tensor> inputs)
        where TOp : struct, IOp
    {
        Tape tape = inputs[0].Tape;
        int first = tape.RecordNode(ref op, inputs);
        return new Tensor(tape, first, tape._generation);
    }

    /// <summary>Records an operation of several results and computes it.</summary>
    /// <param name="op">The operation.</param>
    /// <param name="outputs">Where the results go; as many as <see cref="IOp.OutputCount"/>.</param>
    /// <param name="inputs">The operands.</param>
    public static void Record<TOp>(TOp op, Span<Tensor> outputs, ReadOnlySpan<Tensor> inputs)
        where TOp : struct, IOp
    {
        Tape tape = inputs[0].Tape;
        int first = tape.RecordNode(ref op, inputs);
        for (int i = 0; i < TOp.OutputCount; i++) outputs[i] = new Tensor(tape, first + i, tape._generation);
    }

    /// <summary>Makes a tensor that shares the memory and the gradient of another, or of a leading range of it.</summary>
    internal Tensor View(Tensor source, Shape shape, int offset)
    {
        Slot from = source.Resolve();
        ref Slot view = ref AddSlot(0, from.NeedsGradient);
        view.Shape = shape;
        view.Memory = new Range(from.Memory.Slab, from.Memory.Offset + offset, shape.Length);
        view.Base = from.Base == Slot.NoBase ? source.Slot : from.Base;
        view.BaseOffset = (from.Base == Slot.NoBase ? 0 : from.BaseOffset) + offset;
        return new Tensor(this, _slotCount - 1, _generation);
    }

    // What depends on the operation is compiled for each, and kept short; the rest is compiled once.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int RecordNode<TOp>(ref TOp op, ReadOnlySpan<Tensor> inputs)
        where TOp : struct, IOp
    {
        Node<TOp> node = NodeAt<TOp>(_nodeCount);
        TakeInputs(node, inputs);
        if (TOp.OutputCount == 1)
        {
            // The shape is written where it stays.
            ref Shape shape = ref NextSlot().Shape;
            shape = default;
            op.Infer(new OpInputs(this, node), new Span<Shape>(ref shape));
            AddSlot(shape.Length, node.NeedsGradient);
        }
        else
        {
            if (_shapes.Length < TOp.OutputCount) _shapes = new Shape[TOp.OutputCount];
            Span<Shape> shapes = _shapes.AsSpan(0, TOp.OutputCount);
            shapes.Clear();
            op.Infer(new OpInputs(this, node), shapes);
            foreach (ref readonly Shape shape in shapes) AddSlot(shape.Length, node.NeedsGradient).Shape = shape;
        }

        node.Op = op;
        _nodeCount++;
        node.Op.Forward(new OpForward(this, node));
        _scratch.Rewind();
        if (Recorded is not null) Recorded(RecordOf(node));
        return node.FirstOutput;
    }

    private void TakeInputs(Node node, ReadOnlySpan<Tensor> inputs)
    {
        Span<int> slots = node.Reset(_nodeCount, _slotCount, inputs.Length);
        bool needsGradient = false;
        for (int i = 0; i < slots.Length; i++)
        {
            Tensor input = inputs[i];
            if (!input.IsOn(this)) Errors.TwoTapes(node.Name, this, input.Tape);
            slots[i] = input.Slot;
            needsGradient |= SlotAt(input.Slot).NeedsGradient;
        }

        node.NeedsGradient = needsGradient;
    }

    private Node<TOp> NodeAt<TOp>(int index)
        where TOp : struct, IOp
    {
        if (index < _nodes.Length && _nodes[index] is Node<TOp> same) return same;
        return ReplaceNode<TOp>(index);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Node<TOp> ReplaceNode<TOp>(int index)
        where TOp : struct, IOp
    {
        if (index == _nodes.Length) Array.Resize(ref _nodes, index * 2);
        if (_nodes[index] is { } other)
        {
            if (!_spareNodes.TryGetValue(other.GetType(), out Stack<Node>? others)) _spareNodes[other.GetType()] = others = [];
            others.Push(other);
        }

        Node<TOp> node = _spareNodes.TryGetValue(typeof(Node<TOp>), out Stack<Node>? spare) && spare.TryPop(out Node? found) ? (Node<TOp>)found : new Node<TOp>();
        _nodes[index] = node;
        return node;
    }
}
