using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// The k largest (<c>largest</c> = 1, the default) or smallest elements along an axis, in that order, and their positions; of equal
/// ones the first comes first. k is an attribute before operator set 10, input 1 from then on.
/// </summary>
internal sealed class TopK : NumberOperator
{
    private const int FirstWithInput = 10;

    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        int axis = OperatorCall.Axis(call.Attributes.Int("axis", -1), x.Rank);
        int k = OperatorCall.Size(call.Opset < FirstWithInput ? call.Attributes.Int("k") : call.Integer(1)), size = x.Sizes[axis];
        if (k > size)
            throw new OnnxException($"{k} elements of {size} are asked for");
        bool largest = call.Attributes.Flag("largest", true);

        var rows = AxisRows.Of(x, axis);
        T[] source = rows.Value.As<T>().Data;
        T[] values = new T[rows.Count * k];
        long[] positions = new long[rows.Count * k];
        int[] order = new int[size];
        for (int row = 0; row < rows.Count; row++)
        {
            for (int i = 0; i < size; i++)
                order[i] = i;
            order.AsSpan().Sort(new ByValue<T>(source, row * size, largest));
            for (int i = 0; i < k; i++)
            {
                values[(row * k) + i] = source[(row * size) + order[i]];
                positions[(row * k) + i] = order[i];
            }
        }

        return [rows.Back(values, k), rows.Back(positions, k)];
    }

    private readonly struct ByValue<T>(T[] values, int start, bool descending) : IComparer<int>
        where T : INumber<T>
    {
        public int Compare(int a, int b)
        {
            int order = values[start + a].CompareTo(values[start + b]);
            return order == 0 ? a.CompareTo(b) : descending ? -order : order;
        }
    }
}
