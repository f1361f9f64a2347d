namespace Inkling.Onnx.Operators;

/// <summary>One element for each plane of [N, C, …].</summary>
/// <typeparam name="TReduction">How.</typeparam>
internal sealed class GlobalPool<TReduction> : FloatOperator
    where TReduction : struct, IReduction
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        int length = Dimensions.Product(Pool.Spatial(x));
        T[] y = new T[x.Sizes[0] * x.Sizes[1]];
        for (int plane = 0; plane < y.Length; plane++)
            y[plane] = TReduction.Of<T>(x.Data.AsSpan(plane * length, length));
        return [new OnnxValue<T>([.. x.Shape[..2], .. Enumerable.Repeat(1, x.Rank - 2)], y)];
    }
}

/// <summary><c>(Σ |x|ᵖ)^(1/p)</c> of each plane of [N, C, …]; p is 2 by default.</summary>
internal sealed class GlobalLpPool : FloatOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        int length = Dimensions.Product(Pool.Spatial(x));
        var norm = new LpPool.Norm<T>(T.CreateTruncating(LpPool.Exponent(call)));
        T[] y = new T[x.Sizes[0] * x.Sizes[1]];
        for (int plane = 0; plane < y.Length; plane++)
        {
            T total = norm.Start;
            foreach (T element in x.Data.AsSpan(plane * length, length))
                total = norm.Next(total, element);
            y[plane] = norm.End(total, length);
        }

        return [new OnnxValue<T>([.. x.Shape[..2], .. Enumerable.Repeat(1, x.Rank - 2)], y)];
    }
}
