namespace Inkling.Onnx;

/// <summary>Arithmetic on shapes: any rank, sizes of zero included, row-major.</summary>
internal static class Dimensions
{
    /// <summary>Elements of a tensor; more than an array can hold are refused.</summary>
    /// <exception cref="OnnxException">A size is negative or the tensor too large.</exception>
    public static int Count(ReadOnlySpan<int> shape)
    {
        long count = 1;
        bool empty = false;
        foreach (int size in shape)
        {
            if (size < 0)
                throw new OnnxException($"a tensor of shape {Text(shape)} cannot be: sizes are 0 or more");
            empty |= size == 0;
            count = long.Min(count * long.Max(size, 1), long.MaxValue >> 32);
        }

        if (empty)
            return 0;
        return count <= Array.MaxLength ? (int)count : throw new OnnxException($"a tensor of shape {Text(shape)} is larger than the {Array.MaxLength} elements that fit into memory here");
    }

    /// <summary>The product of some sizes of a tensor that is known to be small enough.</summary>
    public static int Product(ReadOnlySpan<int> sizes)
    {
        int product = 1;
        foreach (int size in sizes)
            product *= size;
        return product;
    }

    /// <summary>Steps from one element to the next along each axis.</summary>
    public static int[] Strides(ReadOnlySpan<int> shape)
    {
        int[] strides = new int[shape.Length];
        int step = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step *= shape[axis];
        }

        return strides;
    }

    /// <summary>Strides that let a tensor be read as one of the larger shape <paramref name="to"/>: 0 along axes where it is repeated.</summary>
    public static int[] BroadcastStrides(ReadOnlySpan<int> shape, ReadOnlySpan<int> to)
    {
        int[] own = Strides(shape);
        int[] strides = new int[to.Length];
        int missing = to.Length - shape.Length;
        for (int axis = 0; axis < shape.Length; axis++)
            strides[missing + axis] = shape[axis] == 1 ? 0 : own[axis];
        return strides;
    }

    /// <summary>The shape that two broadcast to (NumPy's rule: from the last axis on, sizes agree or one of them is 1 or missing); null when they do not fit.</summary>
    public static int[]? Broadcast(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        int[] shape = new int[int.Max(a.Length, b.Length)];
        for (int back = 1; back <= shape.Length; back++)
        {
            int left = back <= a.Length ? a[^back] : 1, right = back <= b.Length ? b[^back] : 1;
            if (left != right && left != 1 && right != 1)
                return null;
            shape[^back] = left == 1 ? right : left;
        }

        return shape;
    }

    /// <summary>Whether a tensor may be read as one of shape <paramref name="to"/> without changing that shape.</summary>
    public static bool BroadcastsTo(ReadOnlySpan<int> shape, ReadOnlySpan<int> to) =>
        Broadcast(shape, to) is { } common && to.SequenceEqual(common);

    /// <summary>The shape without some axes, or with sizes of 1 in their place.</summary>
    public static int[] Reduced(ReadOnlySpan<int> shape, ReadOnlySpan<int> axes, bool keep)
    {
        List<int> sizes = [];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (!axes.Contains(axis))
                sizes.Add(shape[axis]);
            else if (keep)
                sizes.Add(1);
        }

        return [.. sizes];
    }

    /// <summary>The shape as messages show it: <c>[2, 3]</c>.</summary>
    public static string Text(ReadOnlySpan<int> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
