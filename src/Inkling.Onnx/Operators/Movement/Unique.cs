using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// The different elements, or the different slices along <c>axis</c>, each once: in ascending order, or (<c>sorted</c> = 0) in the order of
/// their first occurrence. Further outputs: where each occurs first, which one each input element is, and how often each occurs.
/// </summary>
internal sealed class Unique : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        bool flat = !call.Attributes.Has("axis");
        if (flat)
            x = x.Reshape([x.Length]);
        int axis = flat ? 0 : OperatorCall.Axis(call.Attributes.Int("axis"), x.Rank);
        int count = x.Sizes[axis];
        OnnxValue slices = x.Transpose([axis, .. Enumerable.Range(0, x.Rank).Where(other => other != axis)]);
        Comparison<int> compare = slices is OnnxValue<string> text
            ? (a, b) => string.CompareOrdinal(text.Data[a], text.Data[b])
            : ElementTypes.RunNumber(Comparable(slices).Type, new Comparing(Comparable(slices), count == 0 ? 0 : slices.Length / count));

        int[] order = [.. Enumerable.Range(0, count)];
        Array.Sort(order, (a, b) => compare(a, b) is var by && by != 0 ? by : a.CompareTo(b));
        return Results(x, axis, order, compare, call.Attributes.Flag("sorted", true));
    }

    private static OnnxValue?[] Results(OnnxValue x, int axis, int[] order, Comparison<int> compare, bool sorted)
    {
        List<(int First, int Count)> found = [];
        int[] group = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            bool same = i > 0 && compare(order[i - 1], order[i]) == 0;
            if (!same)
                found.Add((order[i], 0));
            found[^1] = (found[^1].First, found[^1].Count + 1);
            group[order[i]] = found.Count - 1;
        }

        int[] ranks = [.. Enumerable.Range(0, found.Count)];
        if (!sorted)
            Array.Sort(ranks, (a, b) => found[a].First.CompareTo(found[b].First));
        int[] place = new int[ranks.Length];
        for (int i = 0; i < ranks.Length; i++)
            place[ranks[i]] = i;
        long[] first = Array.ConvertAll(ranks, rank => (long)found[rank].First), counts = Array.ConvertAll(ranks, rank => (long)found[rank].Count);
        return
        [
            AxisReading.Take(x, axis, Array.ConvertAll(ranks, rank => found[rank].First)),
            new OnnxValue<long>([first.Length], first),
            new OnnxValue<long>([group.Length], Array.ConvertAll(group, rank => (long)place[rank])),
            new OnnxValue<long>([counts.Length], counts),
        ];
    }

    private static OnnxValue Comparable(OnnxValue value) => value.Type == OnnxElementType.Bool ? Conversion.Convert(value, OnnxElementType.UInt8) : Conversion.Widen(value)!;

    private sealed class Comparing(OnnxValue slices, int length) : INumberAction<Comparison<int>>
    {
        public Comparison<int> Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            T[] data = slices.As<T>().Data;
            return (a, b) => data.AsSpan(a * length, length).SequenceCompareTo(data.AsSpan(b * length, length));
        }
    }
}
