namespace Inkling.Nn.Checkpoints;

/// <summary>One tensor of a safetensors file: its name, type, shape and place.</summary>
/// <param name="Name">The tensor's name, unique in the file.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its sizes, outermost first; empty for a scalar.</param>
/// <param name="Start">Where its bytes start, counted from the end of the header.</param>
/// <param name="End">Where its bytes end, counted from the end of the header.</param>
public sealed record SafetensorsEntry(string Name, SafetensorsType Type, IReadOnlyList<int> Shape, long Start, long End)
{
    /// <summary>The number of elements.</summary>
    public long Count { get; } = CountOf(Shape);

    /// <summary>The shape as it appears in messages, as in <c>[512, 256]</c>.</summary>
    public string ShapeText => Format(Shape);

    /// <summary>The bytes that a tensor takes; null when its bits are no whole bytes.</summary>
    internal static long? BytesOf(SafetensorsType type, IReadOnlyList<int> shape)
    {
        long bits = checked(CountOf(shape) * SafetensorsTypes.BitsOf(type));
        return bits % 8 == 0 ? bits / 8 : null;
    }

    internal static string Format(IReadOnlyList<int> shape) => $"[{string.Join(", ", shape)}]";

    internal static long CountOf(IReadOnlyList<int> shape)
    {
        long count = 1;
        foreach (int size in shape) count = checked(count * size);
        return count;
    }
}
