using Inkling.Onnx.Proto;

namespace Inkling.Onnx.Export;

/// <summary>Writes sizes into a graph: as numbers where they are constant, else computed from the sizes of the inputs.</summary>
internal sealed class SizeWriter(ModelTraces traces, GraphWriter graph)
{
    /// <summary>A size as a declared shape shows it: a number, a name, a formula, or unknown.</summary>
    public DimensionProto Declare(TracedSize size) =>
        size.IsConstant ? new DimensionProto(size.Constant, "") : new DimensionProto(null, Express(size)?.ToString() ?? "");

    /// <summary>A size as a vector of one element.</summary>
    public string One(TracedSize size)
    {
        if (size.IsConstant)
            return graph.Integers(size.Constant);
        return graph.Shared((nameof(One), size), () => Write(Express(size)
            ?? throw new OnnxUnsupportedException($"a size ({size}) is no multiple of the sizes of the inputs ({string.Join(", ", traces.Symbols.Select(one => $"{one.Name} {one.Size}"))}); give a number in place of a name")));
    }

    /// <summary>A size as a scalar.</summary>
    public string Scalar(TracedSize size) => size.IsConstant
        ? graph.Integers([], [size.Constant])
        : graph.Shared((nameof(Scalar), size), () => graph.Node("Squeeze", [One(size), graph.Integers(0)]));

    /// <summary>Sizes as a vector.</summary>
    public string Vector(params ReadOnlySpan<TracedSize> sizes)
    {
        TracedSize[] all = sizes.ToArray();
        return Array.TrueForAll(all, size => size.IsConstant)
            ? graph.Integers([.. all.Select(size => (long)size.Constant)])
            : all.Length == 1 ? One(all[0]) : graph.Node("Concat", [.. all.Select(One)], ("axis", 0));
    }

    /// <summary>Entries <paramref name="start"/> to <paramref name="end"/> of an axis.</summary>
    public string Slice(string value, TracedSize start, TracedSize end, int axis) => graph.Node("Slice", [value, One(start), One(end), graph.Integers(axis)]);

    /// <summary>The same elements in another shape; sizes that stay where they are, and one other, need not be computed.</summary>
    public string Reshape(string value, TracedSize[] from, TracedSize[] to)
    {
        if (from.AsSpan().SequenceEqual(to))
            return value;
        List<int> open = [.. Enumerable.Range(0, to.Length).Where(i => !to[i].IsConstant && !(i < from.Length && from[i].Equals(to[i])))];
        int left = open.Count == 0 ? -1 : open.FindIndex(i => Express(to[i]) is null) is var unknown and >= 0 ? open[unknown] : open[^1];
        if (open.Count <= 1)
            return graph.Node("Reshape", [value, graph.Integers([.. to.Select((size, i) => Known(i))])]);
        string[] parts = [.. to.Select((size, i) => open.Contains(i) && i != left ? One(size) : graph.Integers(Known(i)))];
        return graph.Node("Reshape", [value, graph.Node("Concat", parts, ("axis", 0))]);

        // 0 stands for the size that the operand has there, −1 for what is left.
        long Known(int i) => i == left ? -1 : to[i].IsConstant ? to[i].Constant : 0;
    }

    private Expression? Express(TracedSize size)
    {
        foreach ((string name, TracedSize symbol) in traces.Symbols)
        {
            if (Linear(size, symbol) is var (factor, offset))
                return new Expression(factor, [name], offset);
        }

        for (int set = 0; set < 1 << traces.Symbols.Count; set++)
        {
            (string Name, TracedSize Size)[] chosen = [.. traces.Symbols.Where((_, i) => (set >> i & 1) != 0)];
            if (chosen.Length < 2)
                continue;
            TracedSize product = chosen.Select(one => one.Size).Aggregate((a, b) => a.With(b, (x, y) => x * y));
            if (Linear(size, product) is var (factor, offset) && offset == 0)
                return new Expression(factor, [.. chosen.Select(one => one.Name)], 0);
        }

        return null;
    }

    /// <summary>The whole a and b of <c>size = a · of + b</c> in all runs; null when there are none.</summary>
    private static (int Factor, int Offset)? Linear(TracedSize size, TracedSize of)
    {
        int other = of.Values.IndexOfAnyExcept(of.Values[0]);
        int rise = size.Values[other] - size.Values[0], run = of.Values[other] - of.Values[0];
        if (rise == 0 || rise % run != 0)
            return null;
        int factor = rise / run, offset = size.Values[0] - (factor * of.Values[0]);
        return size.With(of, (s, o) => s - (factor * o) - offset).Is(0) ? (factor, offset) : null;
    }

    private string Write(Expression size)
    {
        string result = size.Symbols.Select(Symbol).Aggregate((a, b) => graph.Node("Mul", [a, b]));
        if (size.Factor != 1)
            result = graph.Node("Mul", [result, graph.Integers(size.Factor)]);
        return size.Offset == 0 ? result : graph.Node("Add", [result, graph.Integers(size.Offset)]);
    }

    private string Symbol(string name) => graph.Shared((nameof(Symbol), name), () =>
    {
        foreach (OnnxInput input in traces.Inputs)
        {
            int axis = input.Shape.ToList().FindIndex(size => size.Size is null && size.Name == name);
            if (axis >= 0)
                return graph.Node("Shape", [input.Name], ("start", axis), ("end", axis + 1));
        }

        throw new InvalidOperationException($"SizeWriter: no input has a size '{name}'.");
    });

    /// <summary>A size as a formula, <c>factor · symbol · symbol + offset</c>.</summary>
    private sealed record Expression(int Factor, string[] Symbols, int Offset)
    {
        public override string ToString() => $"{(Factor == 1 ? "" : $"{Factor}*")}{string.Join("*", Symbols)}{(Offset == 0 ? "" : $"{Offset:+0;-0}")}";
    }
}
