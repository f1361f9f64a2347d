namespace Inkling.Onnx.Operators;

/// <summary><c>α op(A) · op(B) + β C</c>, where op transposes with <c>transA</c>, <c>transB</c>, and C (which may be left out) is broadcast.</summary>
internal sealed class GeneralProduct : NumberOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> a = call.Input<T>(0), b = call.Input<T>(1);
        OnnxValue<T>? c = call.Optional<T>(2);
        bool transposeA = call.Attributes.Flag("transA"), transposeB = call.Attributes.Flag("transB");
        if (a.Rank != 2 || b.Rank != 2)
            throw new OnnxException("two matrices are wanted");
        (int m, int k) = transposeA ? (a.Sizes[1], a.Sizes[0]) : (a.Sizes[0], a.Sizes[1]);
        (int inner, int n) = transposeB ? (b.Sizes[1], b.Sizes[0]) : (b.Sizes[0], b.Sizes[1]);
        if (k != inner)
            throw new OnnxException($"inner sizes differ, {k} ≠ {inner}{(transposeA || transposeB ? "" : "; is transA or transB missing?")}");

        T[] y = new T[Dimensions.Count([m, n])];
        MatrixProduct.Multiply<T>(transposeA, transposeB, m, n, k, a.Data, a.Sizes[1], b.Data, b.Sizes[1], y, n);
        var product = new OnnxValue<T>([m, n], y);
        product = Scale(product, call.Attributes.Float("alpha", 1));
        if (c is null)
            return [product];
        if (!Dimensions.BroadcastsTo(c.Sizes, product.Sizes))
            throw new OnnxException($"C does not broadcast to {product.ShapeText}");
        return [Loops.Zip<T, T, NumberZip<T, Add>>(product, Scale(c, call.Attributes.Float("beta", 1)), default)];
    }

    private static OnnxValue<T> Scale<T>(OnnxValue<T> x, float factor)
        where T : unmanaged, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T> => factor == 1
        ? x
        : Loops.Zip<T, T, NumberZip<T, Mul>>(x, OnnxValue.Scalar(T.CreateTruncating(factor)), default);
}
