using System.Globalization;

namespace Inkling.Onnx;

/// <summary>
/// A tensor of an ONNX graph: elements of one of fourteen types, any rank, sizes of zero included, row-major. It does not change
/// after it was made, so values may be shared.
/// </summary>
/// <remarks>
/// Not the <see cref="Tensor"/> of the engine, which is 32-bit floating point, has gradients and lives on a tape: models read from
/// files need types and ranks that training does not.
/// </remarks>
public abstract class OnnxValue
{
    private const int ShownElements = 8;

    private protected OnnxValue(int[] shape) => Sizes = shape;

    /// <summary>The type of the elements.</summary>
    public abstract OnnxElementType Type { get; }

    /// <summary>The sizes; empty for a scalar.</summary>
    public ReadOnlySpan<int> Shape => Sizes;

    /// <summary>Number of axes; 0 for a scalar.</summary>
    public int Rank => Sizes.Length;

    /// <summary>Number of elements; 1 for a scalar.</summary>
    public abstract int Length { get; }

    /// <summary>The sizes as an array, which must not be changed.</summary>
    internal int[] Sizes { get; }

    /// <summary>The shape as messages show it.</summary>
    internal string ShapeText => Dimensions.Text(Sizes);

    /// <summary>Makes a tensor of an array, which is taken over and must not be changed afterwards.</summary>
    /// <typeparam name="T"><see cref="float"/>, <see cref="double"/>, <see cref="Half"/>, <see cref="BFloat16"/>, a whole number of 8 to 64 bits,
    /// <see cref="bool"/> or <see cref="string"/>.</typeparam>
    /// <param name="shape">The sizes, each 0 or more; none for a scalar.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <exception cref="ArgumentException">The array is not as long as the shape says, or the type is not supported.</exception>
    public static OnnxValue<T> Create<T>(ReadOnlySpan<int> shape, T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        int count = Dimensions.Count(shape);
        if (count != values.Length)
            throw new ArgumentException($"OnnxValue: a tensor of shape {Dimensions.Text(shape)} has {count} elements, {values.Length} were given. Give as many as the product of the sizes.");
        return new OnnxValue<T>(shape.ToArray(), values);
    }

    /// <summary>Makes a scalar: a tensor of no axes and one element.</summary>
    /// <exception cref="ArgumentException">The type is not supported.</exception>
    public static OnnxValue<T> Scalar<T>(T value) => new([], [value]);

    /// <summary>The elements, row-major.</summary>
    /// <typeparam name="T">The .NET type of the elements.</typeparam>
    /// <exception cref="OnnxException">The elements are of another type.</exception>
    public ReadOnlySpan<T> Values<T>() => As<T>().Data;

    /// <summary>The type, the shape and the first elements.</summary>
    public override string ToString()
    {
        string shown = string.Join(", ", Shown(ShownElements));
        return $"{ElementTypes.Text(Type)} {ShapeText}: {shown}{(Length > ShownElements ? ", …" : "")}";
    }

    /// <summary>The same elements in another shape of as many; shares the memory.</summary>
    internal abstract OnnxValue Reshape(int[] shape);

    /// <summary>A new tensor whose element at (i, j, …) is the one at <c>start + i · strides[0] + j · strides[1] + …</c>.</summary>
    internal abstract OnnxValue Read(int[] shape, int[] strides, int start = 0);

    /// <summary>
    /// A new tensor made of blocks of <paramref name="length"/> elements that begin at <paramref name="starts"/>; where a start is
    /// negative, the block is filled with the only element of <paramref name="fill"/> (zero when there is none).
    /// </summary>
    internal abstract OnnxValue TakeBlocks(int[] shape, int[] starts, int length, OnnxValue? fill = null);

    /// <summary>A copy in which the blocks of <paramref name="length"/> elements at <paramref name="starts"/> are those of <paramref name="updates"/>, in order.</summary>
    internal abstract OnnxValue ReplaceBlocks(int[] starts, int length, OnnxValue updates);

    /// <summary>This and others behind one another along an axis. All agree in type and in the other sizes.</summary>
    internal abstract OnnxValue Join(IReadOnlyList<OnnxValue> others, int axis);

    /// <summary>This where the condition holds, else the other; all three are broadcast to <paramref name="shape"/>.</summary>
    internal abstract OnnxValue Choose(OnnxValue<bool> condition, OnnxValue other, int[] shape);

    /// <summary>The axes in another order: axis i of the result is axis <c>order[i]</c> of this.</summary>
    internal OnnxValue Transpose(params int[] order)
    {
        int[] strides = Dimensions.Strides(Sizes);
        return Read(Array.ConvertAll(order, axis => Sizes[axis]), Array.ConvertAll(order, axis => strides[axis]));
    }

    /// <summary>Repeated along missing axes and axes of size 1 to fill a shape.</summary>
    internal OnnxValue BroadcastTo(int[] shape) =>
        Shape.SequenceEqual(shape) ? this : Read(shape, Dimensions.BroadcastStrides(Sizes, shape));

    /// <summary>This as a tensor of a known type.</summary>
    /// <exception cref="OnnxException">The elements are of another type.</exception>
    internal OnnxValue<T> As<T>() => this as OnnxValue<T>
        ?? throw new OnnxException($"a tensor of {ElementTypes.Text(ElementTypes.Of<T>())} is wanted, {ElementTypes.Text(Type)} {ShapeText} was given");

    /// <summary>The first elements as text.</summary>
    private protected abstract IEnumerable<string> Shown(int count);

    private protected static string Show<T>(T value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
