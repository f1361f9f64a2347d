using Inkling.Ops;
using Inkling.Recording;

namespace Inkling.Onnx.Export;

/// <summary>
/// Which values do not depend on the inputs: parameters, what the model made of numbers of its own, and what formulas make of these (such as the sum of two biases). They are in the
/// file as they were on the tape.
/// </summary>
internal sealed class ConstantFinder(ModelTraces traces)
{
    private static readonly HashSet<Type> s_formulas = [typeof(Unary<>), typeof(Binary<>), typeof(Parametric<>)];
    private static readonly HashSet<Type> s_movements = [typeof(Permute), typeof(Concat), typeof(SliceAxis)];

    private readonly Dictionary<int, bool> _known = [];

    /// <summary>Whether a value is the same in every run, whatever the inputs.</summary>
    public bool IsConstant(int slot)
    {
        if (!_known.TryGetValue(slot, out bool constant))
            _known[slot] = constant = Find(slot);
        return constant;
    }

    /// <summary>The elements of a constant; null for what is none.</summary>
    public float[]? Elements(int slot) => IsConstant(slot) ? traces.First.Elements(slot).ToArray() : null;

    /// <summary>The number that all elements of a value are that no operation made, such as a state of zeros; null where they differ or the value depends on the inputs.</summary>
    public float? IsUniform(int slot)
    {
        if (traces.InputOf(slot) is not null || traces.Producer(slot) is not null || traces.First.Value(slot) is not { Parameter: null, Base: null })
            return null;
        float? value = null;
        foreach (TapeTrace trace in traces.Traces)
        {
            ReadOnlySpan<float> elements = trace.Elements(slot);
            if (elements.IsEmpty)
                continue;
            value ??= elements[0];
            if (elements.ContainsAnyExcept(value.Value))
                return null;
        }

        return value;
    }

    private bool Find(int slot)
    {
        TracedValue value = traces.First.Value(slot);
        if (value.Parameter is not null)
            return true;
        if (traces.InputOf(slot) is not null || !Array.TrueForAll(traces.ShapeOf(slot), size => size.IsConstant))
            return false;
        if (value.Base is { } from)
            return IsConstant(from) && traces.Each(trace => trace.Value(slot).Offset).IsConstant;
        if (traces.Producer(slot) is not { } producer)
            return Array.TrueForAll(traces.Traces, trace => trace.Elements(slot).SequenceEqual(traces.First.Elements(slot)));
        TracedNode node = traces.First.Nodes[producer.Node];
        Type type = node.Operation.GetType();
        return (s_movements.Contains(type) || (type.IsGenericType && s_formulas.Contains(type.GetGenericTypeDefinition()))) && Array.TrueForAll(node.Inputs, IsConstant);
    }
}
