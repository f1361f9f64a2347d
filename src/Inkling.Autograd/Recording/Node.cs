using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Range = Inkling.Memory.Range;

namespace Inkling.Recording;

/// <summary>One recorded operation: its operands, its results, and what it saved. Reused from step to step.</summary>
internal abstract class Node(int outputCount)
{
    private int[] _inputs = new int[4];
    private Range[] _saved = [];
    private int _savedCount;

    public int Index { get; private set; }

    public int FirstOutput { get; private set; }

    public int OutputCount { get; } = outputCount;

    public abstract string Name { get; }

    public int InputCount { get; private set; }

    public bool NeedsGradient { get; set; }

    /// <summary>Makes this the node of another call.</summary>
    /// <returns>Where the slots of the operands go.</returns>
    public Span<int> Reset(int index, int firstOutput, int inputCount)
    {
        Index = index;
        FirstOutput = firstOutput;
        if (_inputs.Length < inputCount) _inputs = new int[inputCount];
        InputCount = inputCount;
        _savedCount = 0;
        return _inputs.AsSpan(0, inputCount);
    }

    /// <summary>The slot of an operand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Input(int index)
    {
        if ((uint)index >= (uint)InputCount) ThrowNoInput(index);
        return _inputs[index];
    }

    [DoesNotReturn, StackTraceHidden]
    private void ThrowNoInput(int index) => throw new ArgumentOutOfRangeException(nameof(index), $"{Name}: there is no operand {index}; there are {InputCount}.");

    public Range Save(Range memory)
    {
        if (_savedCount == _saved.Length) Array.Resize(ref _saved, Math.Max(2, _saved.Length * 2));
        _saved[_savedCount++] = memory;
        return memory;
    }

    public Range Saved(int index) => _saved[index];

    public abstract void Backward(Tape tape);

    /// <summary>The operation as an object, for those who read what was recorded; boxes it.</summary>
    public abstract object Operation { get; }

    public abstract double Flops(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs);
}

internal sealed class Node<TOp>() : Node(TOp.OutputCount)
    where TOp : struct, IOp
{
    public TOp Op;

    public override string Name => TOp.Name;

    public override object Operation => Op;

    public override void Backward(Tape tape) => Op.Backward(new OpBackward(tape, this));

    public override double Flops(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => TOp.Flops(inputs, outputs);
}
