namespace Inkling.Recording;

/// <summary>
/// One differentiable operation: validation, formula and derivative together, as a struct whose fields are its attributes.
/// The tape stores it by value and calls it back in reverse order.
/// </summary>
public interface IOp
{
    /// <summary>The name that errors and summaries show.</summary>
    static abstract string Name { get; }

    /// <summary>How many tensors it returns.</summary>
    static virtual int OutputCount => 1;

    /// <summary>
    /// Floating-point operations of a forward pass, a product with a sum counted as two, for summaries. Default: one for each element of the results.
    /// </summary>
    /// <param name="inputs">The shapes of the operands.</param>
    /// <param name="outputs">The shapes of the results.</param>
    static virtual double Flops(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs)
    {
        double sum = 0;
        foreach (ref readonly Shape output in outputs) sum += output.Length;
        return sum;
    }

    /// <summary>Validates the operands (all validation happens here) and gives the shapes of the results.</summary>
    /// <exception cref="ArgumentException">The operands do not fit; the message names the operation, the shapes and the remedy.</exception>
    void Infer(in OpInputs inputs, Span<Shape> outputs);

    /// <summary>Computes the results from the operands.</summary>
    void Forward(in OpForward context);

    /// <summary>Adds to the gradients of the operands, given those of the results.</summary>
    void Backward(in OpBackward context);
}

/// <summary>The operands of an operation that is being recorded.</summary>
public readonly ref struct OpInputs
{
    private readonly Tape _tape;
    private readonly Node _node;

    internal OpInputs(Tape tape, Node node)
    {
        _tape = tape;
        _node = node;
    }

    /// <summary>How many operands there are.</summary>
    public int Count => _node.InputCount;

    /// <summary>The shape of an operand.</summary>
    public ref readonly Shape this[int input] => ref _tape.SlotAt(_node.Input(input)).Shape;
}
