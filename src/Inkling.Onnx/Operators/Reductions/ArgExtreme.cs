namespace Inkling.Onnx.Operators;

/// <summary>The position of the largest or smallest element along an axis; of equal ones the first, or with <c>select_last_index</c> the last.</summary>
/// <param name="largest">Which of the two.</param>
internal sealed class ArgExtreme(bool largest) : NumberOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        int axis = OperatorCall.Axis(call.Attributes.Int("axis", 0), x.Rank);
        bool last = call.Attributes.Flag("select_last_index");
        var rows = AxisRows.Of(x, axis);
        if (rows.Length == 0 && rows.Count > 0)
            throw new OnnxException("an empty axis has no largest or smallest element");
        T[] data = rows.Value.As<T>().Data;
        long[] positions = new long[rows.Count];
        for (int row = 0; row < positions.Length; row++)
            positions[row] = Find(data.AsSpan(row * rows.Length, rows.Length), last);
        return [new OnnxValue<long>(Dimensions.Reduced(x.Sizes, [axis], call.Attributes.Flag("keepdims", true)), positions)];
    }

    private int Find<T>(ReadOnlySpan<T> row, bool last)
        where T : System.Numerics.INumber<T>
    {
        int best = 0;
        for (int i = 1; i < row.Length; i++)
        {
            bool better = largest ? row[i] > row[best] : row[i] < row[best];
            if (better || (last && row[i] == row[best]))
                best = i;
        }

        return best;
    }
}
