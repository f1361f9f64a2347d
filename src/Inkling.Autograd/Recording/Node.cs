using Range = Inkling.Memory.Range;

namespace Inkling.Recording;

/// <summary>One recorded operation: its operands, its results, and what it saved. Reused from step to step.</summary>
internal abstract class Node
{
    private int[] _inputs = new int[4];
    private Range[] _saved = [];
    private int _savedCount;

    public int Index { get; private set; }

    public int FirstOutput { get; private set; }

    public abstract int OutputCount { get; }

    public abstract string Name { get; }

    public int InputCount { get; private set; }

    public ReadOnlySpan<int> Inputs => _inputs.AsSpan(0, InputCount);

    public bool NeedsGradient { get; set; }

    public void Reset(int index, int firstOutput, ReadOnlySpan<int> inputs)
    {
        Index = index;
        FirstOutput = firstOutput;
        if (_inputs.Length < inputs.Length) _inputs = new int[inputs.Length];
        inputs.CopyTo(_inputs);
        InputCount = inputs.Length;
        _savedCount = 0;
    }

    public Span<real> Save(Range memory) => SaveRange(memory).Span;

    public Range SaveRange(Range memory)
    {
        if (_savedCount == _saved.Length) Array.Resize(ref _saved, Math.Max(2, _saved.Length * 2));
        _saved[_savedCount++] = memory;
        return memory;
    }

    public Span<real> Saved(int index) => _saved[index].Span;

    public Range SavedRange(int index) => _saved[index];

    public abstract void Backward(Tape tape);
}

internal sealed class Node<TOp> : Node
    where TOp : struct, IOp
{
    public TOp Op;

    public override int OutputCount => TOp.OutputCount;

    public override string Name => TOp.Name;

    public override void Backward(Tape tape) => Op.Backward(new OpBackward(tape, this));
}
