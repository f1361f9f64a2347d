using System.Numerics;
using Inkling.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>What Softmax, LogSoftmax and Hardmax do with the numbers along an axis.</summary>
internal interface IRowNormalization
{
    /// <summary>Replaces a row.</summary>
    static abstract void Apply<T>(Span<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>
/// Normalises along an axis, the last when left out. Before operator set 13 all axes from <c>axis</c> (1 when left out) on are taken
/// together.
/// </summary>
/// <typeparam name="TRow">What happens along the axis.</typeparam>
internal sealed class RowNormalization<TRow> : FloatOperator
    where TRow : struct, IRowNormalization
{
    private const int FirstWithOneAxis = 13;

    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        if (call.Opset >= FirstWithOneAxis)
        {
            var rows = AxisRows.Of(x, OperatorCall.Axis(call.Attributes.Int("axis", -1), x.Rank));
            return [rows.Back(Normalize<T>(rows.Value, rows.Length), rows.Length)];
        }

        long given = call.Attributes.Int("axis", 1);
        int axis = given == x.Rank ? x.Rank : OperatorCall.Axis(given, x.Rank);
        return [new OnnxValue<T>(x.Sizes, Normalize<T>(x, Dimensions.Product(x.Shape[axis..])))];
    }

    private static T[] Normalize<T>(OnnxValue x, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] y = [.. x.As<T>().Data];
        for (int start = 0; start < y.Length; start += length)
            TRow.Apply(y.AsSpan(start, length));
        return y;
    }
}

/// <summary><c>e^xᵢ / Σ e^xⱼ</c>.</summary>
internal readonly struct Softmax : IRowNormalization
{
    public static void Apply<T>(Span<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            RowSoftmax.Softmax(System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(row));
            return;
        }

        T largest = Largest(row), sum = T.Zero;
        foreach (ref T x in row)
        {
            x = T.Exp(x - largest);
            sum += x;
        }

        foreach (ref T x in row)
            x /= sum;
    }

    /// <summary>The largest element of a row.</summary>
    public static T Largest<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.NegativeInfinity;
        foreach (T x in row)
            largest = T.Max(largest, x);
        return largest;
    }
}

/// <summary><c>xᵢ − ln Σ e^xⱼ</c>.</summary>
internal readonly struct LogSoftmax : IRowNormalization
{
    public static void Apply<T>(Span<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            RowSoftmax.LogSoftmax(System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(row));
            return;
        }

        T largest = Softmax.Largest<T>(row), sum = T.Zero;
        foreach (T x in row)
            sum += T.Exp(x - largest);
        T shift = largest + T.Log(sum);
        foreach (ref T x in row)
            x -= shift;
    }
}

/// <summary>1 for the first of the largest elements, 0 for the others.</summary>
internal readonly struct Hardmax : IRowNormalization
{
    public static void Apply<T>(Span<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int largest = 0;
        for (int i = 1; i < row.Length; i++)
        {
            if (row[i] > row[largest])
                largest = i;
        }

        row.Clear();
        row[largest] = T.One;
    }
}
