namespace Inkling.Onnx.Operators;

/// <summary>
/// The upper (<c>upper</c> = 1, the default) or lower triangle of each matrix, zero elsewhere. Input 1 moves the diagonal that bounds it: k
/// to the right.
/// </summary>
internal sealed class Trilu : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        if (x.Rank < 2)
            throw new OnnxException("a matrix is wanted");
        long diagonal = call.Optional(1) is null ? 0 : call.Integer(1);
        return [ElementTypes.RunAny(x.Type, new Cutting(x, call.Attributes.Flag("upper", true), diagonal))];
    }

    private sealed class Cutting(OnnxValue x, bool upper, long diagonal) : IElementAction<OnnxValue>
    {
        public OnnxValue Run<T>()
        {
            int rows = x.Sizes[^2], columns = x.Sizes[^1];
            T[] result = [.. x.As<T>().Data];
            for (int i = 0; i < result.Length / int.Max(columns, 1); i++)
            {
                Span<T> row = result.AsSpan(i * columns, columns);
                // The upper triangle begins in column r + k; the lower one ends with it.
                int border = (int)long.Clamp((i % rows) + diagonal + (upper ? 0 : 1), 0, columns);
                (upper ? row[..border] : row[border..]).Clear();
            }

            return new OnnxValue<T>(x.Sizes, result);
        }
    }
}
