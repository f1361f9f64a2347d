using System.Runtime.CompilerServices;
using Inkling.Recording;
using Range = Inkling.Memory.Range;

namespace Inkling;

public sealed partial class Tape
{
    private readonly Dictionary<Type, Stack<Node>> _spareNodes = [];
    private Node[] _nodes = new Node[64];
    private int _nodeCount;

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
        Slot slot = source.Resolve();
        int length = shape.Length;
        int root = slot.Base == Slot.NoBase ? source.Slot : slot.Base;
        int rootOffset = (slot.Base == Slot.NoBase ? 0 : slot.BaseOffset) + offset;
        int view = AddSlot(new Slot
        {
            Shape = shape,
            Length = length,
            Memory = new Range(slot.Memory.Slab, slot.Memory.Offset + offset, length),
            Base = root,
            BaseOffset = rootOffset,
            NeedsGradient = slot.NeedsGradient,
        });
        return new Tensor(this, view, _generation);
    }

    private int RecordNode<TOp>(ref TOp op, ReadOnlySpan<Tensor> inputs)
        where TOp : struct, IOp
    {
        const int MaxInputs = 64;
        Span<int> slots = stackalloc int[Math.Min(inputs.Length, MaxInputs)];
        bool needsGradient = false;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (!ReferenceEquals(inputs[i].Tape, this)) Errors.TwoTapes(TOp.Name, this, inputs[i].Tape);
            slots[i] = inputs[i].Slot;
            needsGradient |= SlotAt(slots[i]).NeedsGradient;
        }

        Span<Shape> shapes = [default, default, default, default];
        op.Infer(new OpInputs(this, slots), shapes);

        Node<TOp> node = NodeAt<TOp>(_nodeCount);
        node.Reset(_nodeCount, _slotCount, slots);
        node.NeedsGradient = needsGradient;
        node.Op = op;
        for (int i = 0; i < TOp.OutputCount; i++)
        {
            int length = shapes[i].Length;
            AddSlot(new Slot { Shape = shapes[i], Length = length, Memory = _stepMemory.Take(length), Base = Slot.NoBase, NeedsGradient = needsGradient });
        }

        _nodeCount++;
        node.Op.Forward(new OpForward(this, node));
        _scratch.Rewind();
        return node.FirstOutput;
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
