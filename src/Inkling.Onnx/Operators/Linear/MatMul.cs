namespace Inkling.Onnx.Operators;

/// <summary>
/// Matrix products of the last two axes; the axes before are broadcast. A vector counts as a row on the left, as a column on the right,
/// and that axis is dropped from the result (NumPy's matmul).
/// </summary>
internal sealed class MatMul : NumberOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> a = call.Input<T>(0), b = call.Input<T>(1);
        if (a.Rank == 0 || b.Rank == 0)
            throw new OnnxException("a scalar is no matrix");
        bool row = a.Rank == 1, column = b.Rank == 1;
        if (row)
            a = a.Reshape([1, a.Length]);
        if (column)
            b = b.Reshape([b.Length, 1]);
        OnnxValue<T> product = Product(a, b);
        int[] shape = [.. product.Shape[..^2], .. row ? [] : (int[])[product.Sizes[^2]], .. column ? [] : (int[])[product.Sizes[^1]]];
        return [product.Reshape(shape)];
    }

    /// <summary>The products of matrices with their leading axes broadcast.</summary>
    /// <exception cref="OnnxException">The sizes do not fit.</exception>
    public static OnnxValue<T> Product<T>(OnnxValue<T> a, OnnxValue<T> b)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        int m = a.Sizes[^2], k = a.Sizes[^1], n = b.Sizes[^1];
        if (b.Sizes[^2] != k)
            throw new OnnxException($"inner sizes differ, {a.ShapeText} · {b.ShapeText} ({k} ≠ {b.Sizes[^2]})");
        int[] batch = Loops.BroadcastShape(a.Sizes[..^2], b.Sizes[..^2]), shape = [.. batch, m, n];
        T[] c = new T[Dimensions.Count(shape)];
        if (b.Rank == 2)
        {
            // One matrix on the right: all rows of all matrices on the left at once.
            MatrixProduct.Multiply<T>(false, false, k == 0 ? 0 : a.Length / k, n, k, a.Data, k, b.Data, n, c, n);
            return new OnnxValue<T>(shape, c);
        }

        int[] left = Dimensions.BroadcastStrides(a.Shape[..^2], batch), right = Dimensions.BroadcastStrides(b.Shape[..^2], batch);
        var walk = new RowWalk(batch, left, right);
        int to = 0;
        while (walk.Next())
        {
            for (int i = 0; i < walk.Length; i++, to++)
            {
                int from = walk.Position(0) + (i * walk.Steps[0]), with = walk.Position(1) + (i * walk.Steps[1]);
                MatrixProduct.Multiply<T>(false, false, m, n, k, a.Data.AsSpan(from * m * k, m * k), k, b.Data.AsSpan(with * k * n, k * n), n, c.AsSpan(to * m * n, m * n), n);
            }
        }

        return new OnnxValue<T>(shape, c);
    }
}
