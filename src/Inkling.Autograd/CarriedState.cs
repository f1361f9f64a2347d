using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>
/// What one step hands to the next, such as the hidden state of an LSTM in truncated back-propagation. Double-buffered: the value
/// carried during a step appears at the next <see cref="Tape.Begin"/>, because the backward pass still reads the old one.
/// </summary>
public sealed class CarriedState
{
    private Range _current;

    internal CarriedState(Shape shape, Tensor tensor, Range next)
    {
        Shape = shape;
        Tensor = tensor;
        Next = next;
        _current = tensor.Resolve().Memory;
    }

    /// <summary>The sizes of its axes.</summary>
    public Shape Shape { get; }

    /// <summary>The state as an operand.</summary>
    public Tensor Tensor { get; }

    /// <summary>The values, to be read for a checkpoint and written when one is restored.</summary>
    /// <remarks>A value that waits for the next <see cref="Tape.Begin"/> is what is seen here.</remarks>
    public Span<real> Values => IsPending ? Next.Span : _current.Span;

    internal Range Next { get; private set; }

    internal bool IsPending { get; set; }

    /// <summary>Sets the state to zero.</summary>
    public void Reset() => Values.Clear();

    internal void Swap(Tape tape)
    {
        if (!IsPending) return;
        (_current, Next) = (Next, _current);
        tape.SwapMemory(Tensor.Slot, _current);
        IsPending = false;
    }
}
