namespace Inkling.Onnx;

/// <summary>An input of a model that is to be exported: its name, what it holds, and its sizes, each a number or a name that stands for any.</summary>
/// <example><code>
/// OnnxInput image = OnnxInput.Numbers("image", "batch", 1, 28, 28);
/// OnnxInput tokens = OnnxInput.Integers("tokens", "time", "batch");
/// OnnxInput lengths = OnnxInput.Lengths("lengths", "batch");
/// </code></example>
public sealed record OnnxInput
{
    private OnnxInput(string name, bool isInteger, OnnxDimension[] shape, int example)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (shape.Length > Inkling.Shape.MaxRank)
            throw new ArgumentException($"OnnxInput: '{name}' has {shape.Length} axes; at most {Inkling.Shape.MaxRank} are supported.", nameof(shape));
        foreach (OnnxDimension size in shape)
        {
            if (size.Size is null ? size.Name.Length == 0 : size.Size < 1)
                throw new ArgumentException($"OnnxInput: a size of '{name}' is {size}; give a number of 1 or more, or a name such as \"batch\".", nameof(shape));
        }

        Name = name;
        IsInteger = isInteger;
        Shape = shape;
        Example = example;
    }

    /// <summary>What callers of the exported model call it.</summary>
    public string Name { get; }

    /// <summary>Whether it holds whole numbers (int64 in the file, <see cref="Indices"/> on the tape) and not 32-bit floating-point ones.</summary>
    public bool IsInteger { get; }

    /// <summary>Its sizes.</summary>
    public IReadOnlyList<OnnxDimension> Shape { get; }

    /// <summary>The whole number that all elements have while the model is traced; it must be one that the model accepts.</summary>
    public int Example { get; }

    /// <summary>An input of 32-bit floating-point numbers, a <see cref="Tensor"/> on the tape.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its sizes; axes of one name have one size.</param>
    /// <exception cref="ArgumentException">The name is empty, there are more than six axes, or a size is below 1.</exception>
    public static OnnxInput Numbers(string name, params ReadOnlySpan<OnnxDimension> shape) => new(name, false, shape.ToArray(), 0);

    /// <summary>An input of whole numbers, such as tokens: <see cref="Indices"/> on the tape, int64 in the file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its sizes.</param>
    /// <exception cref="ArgumentException">The name is empty, there are more than six axes, or a size is below 1.</exception>
    public static OnnxInput Integers(string name, params ReadOnlySpan<OnnxDimension> shape) => new(name, true, shape.ToArray(), 0);

    /// <summary>An input of lengths of sequences, whole numbers of 1 or more.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its sizes.</param>
    /// <exception cref="ArgumentException">The name is empty, there are more than six axes, or a size is below 1.</exception>
    public static OnnxInput Lengths(string name, params ReadOnlySpan<OnnxDimension> shape) => new(name, true, shape.ToArray(), 1);

    /// <summary>Name and sizes: <c>tokens [time, batch]</c>.</summary>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";
}
