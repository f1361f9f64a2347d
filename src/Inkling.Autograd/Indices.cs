namespace Inkling;

/// <summary>Integers that select: token numbers, class targets, masks. They live as long as their tape and are written in place.</summary>
[System.Diagnostics.DebuggerDisplay("{ToString(),nq}")]
public sealed class Indices
{
    private int[] _values;

    internal Indices(Tape tape, Shape shape)
    {
        Tape = tape;
        Shape = shape;
        _values = new int[shape.Length];
    }

    /// <summary>The tape that the operations on these indices record on.</summary>
    public Tape Tape { get; }

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape { get; private set; }

    /// <summary>The number of indices.</summary>
    public int Length => Shape.Length;

    /// <summary>The indices themselves, row-major; to be read and written.</summary>
    public Span<int> Values => _values.AsSpan(0, Length);

    /// <summary>
    /// Gives them other sizes, for a batch of another shape; the values are then to be written. Not between an operation that has them and the
    /// backward pass. Memory is made only where more is needed than ever before.
    /// </summary>
    public void Resize(Shape shape)
    {
        if (_values.Length < shape.Length) _values = new int[shape.Length];
        Shape = shape;
    }

    /// <summary>The shape and the first few indices, for the debugger.</summary>
    public override string ToString() => $"{Shape} {{ {string.Join(", ", _values.Take(8))}{(Length > 8 ? ", …" : "")} }}";

    /// <summary>Overwrites all of them.</summary>
    /// <exception cref="ArgumentException">The number of values is not <see cref="Length"/>.</exception>
    public void Write(ReadOnlySpan<int> values)
    {
        if (values.Length != Length) throw new ArgumentException($"Indices.Write: {values.Length} values given for the shape {Shape} of {Length}.", nameof(values));
        values.CopyTo(_values);
    }
}
