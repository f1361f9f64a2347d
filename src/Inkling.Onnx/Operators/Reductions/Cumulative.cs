using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>How running totals grow.</summary>
internal interface IAccumulation
{
    /// <summary>What stands before the first element.</summary>
    static abstract T Start<T>()
        where T : unmanaged, INumber<T>;

    /// <summary>The total with one more element.</summary>
    static abstract T Next<T>(T total, T x)
        where T : unmanaged, INumber<T>;
}

/// <summary>Running sums.</summary>
internal readonly struct CumSum : IAccumulation
{
    public static T Start<T>()
        where T : unmanaged, INumber<T> => T.Zero;

    public static T Next<T>(T total, T x)
        where T : unmanaged, INumber<T> => total + x;
}

/// <summary>Running products.</summary>
internal readonly struct CumProd : IAccumulation
{
    public static T Start<T>()
        where T : unmanaged, INumber<T> => T.One;

    public static T Next<T>(T total, T x)
        where T : unmanaged, INumber<T> => total * x;
}

/// <summary>Running totals along the axis in input 1; without the element itself (<c>exclusive</c>), or from the end on (<c>reverse</c>).</summary>
/// <typeparam name="TAccumulation">How they grow.</typeparam>
internal sealed class Cumulative<TAccumulation> : NumberOperator
    where TAccumulation : struct, IAccumulation
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        bool exclusive = call.Attributes.Flag("exclusive"), reverse = call.Attributes.Flag("reverse");
        var rows = AxisRows.Of(x, OperatorCall.Axis(call.Integer(1), x.Rank));
        T[] data = rows.Value.As<T>().Data, totals = new T[data.Length];
        for (int start = 0; start < data.Length; start += rows.Length)
        {
            T total = TAccumulation.Start<T>();
            for (int i = 0; i < rows.Length; i++)
            {
                int at = start + (reverse ? rows.Length - 1 - i : i);
                T next = TAccumulation.Next(total, data[at]);
                totals[at] = exclusive ? total : next;
                total = next;
            }
        }

        return [rows.Back(totals, rows.Length)];
    }
}
