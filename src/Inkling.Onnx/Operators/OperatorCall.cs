using Inkling.Onnx.Evaluation;

namespace Inkling.Onnx.Operators;

/// <summary>One run of an operator: its operands, its attributes and the version of the operator set it is written for.</summary>
/// <param name="node">The node that runs.</param>
/// <param name="inputs">Its operands; null where one is left out.</param>
/// <param name="frame">The values of the graph around it, for operators that run graphs of their own.</param>
internal sealed class OperatorCall(PlannedNode node, OnnxValue?[] inputs, Frame? frame)
{
    /// <summary>The version of the operator set of the operator's domain that the model was written for.</summary>
    public int Opset => node.Opset;

    /// <summary>The constants of the node.</summary>
    public NodeAttributes Attributes => node.Attributes;

    /// <summary>The operands; null where one is left out.</summary>
    public OnnxValue?[] Inputs => inputs;

    /// <summary>How many outputs the node names, left-out ones in between included.</summary>
    public int OutputCount => node.Outputs.Length;

    /// <summary>An operand that must be there.</summary>
    /// <exception cref="OnnxException">It is left out.</exception>
    public OnnxValue Input(int index) => Optional(index) ?? throw new OnnxException($"input {index} is missing");

    /// <summary>An operand of a known type that must be there.</summary>
    /// <exception cref="OnnxException">It is left out or of another type.</exception>
    public OnnxValue<T> Input<T>(int index)
    {
        OnnxValue value = Input(index);
        return value as OnnxValue<T> ?? throw new OnnxException($"input {index} is {ElementTypes.Text(value.Type)} {value.ShapeText}, {ElementTypes.Text(ElementTypes.Of<T>())} is wanted");
    }

    /// <summary>An operand that may be left out.</summary>
    public OnnxValue? Optional(int index) => index < inputs.Length ? inputs[index] : null;

    /// <summary>An operand of a known type that may be left out.</summary>
    /// <exception cref="OnnxException">It is of another type.</exception>
    public OnnxValue<T>? Optional<T>(int index) => Optional(index) is null ? null : Input<T>(index);

    /// <summary>All operands of an operator that takes any number, one at least.</summary>
    public OnnxValue[] AllInputs()
    {
        if (inputs.Length == 0)
            throw new OnnxException("it has no inputs");
        OnnxValue[] all = new OnnxValue[inputs.Length];
        for (int i = 0; i < all.Length; i++)
            all[i] = Input(i);
        return all;
    }

    /// <summary>Whether an output is wanted.</summary>
    public bool Wants(int output) => output < node.Outputs.Length && node.Outputs[output] >= 0;

    /// <summary>The same call with other operands.</summary>
    public OperatorCall With(OnnxValue?[] others) => new(node, others, frame);

    /// <summary>A graph among the attributes, ready to run with the values around the node in sight.</summary>
    /// <exception cref="OnnxException">There is none of this name.</exception>
    public Subgraph Graph(string name) => new(Attributes.Graph(name), frame);

    /// <summary>Whole numbers of 32 or 64 bits, as shapes, axes and pads are given.</summary>
    /// <exception cref="OnnxException">The input is of another type.</exception>
    public long[]? Integers(int index) => Optional(index) switch
    {
        null => null,
        OnnxValue<long> longs => longs.Data,
        OnnxValue<int> ints => Array.ConvertAll(ints.Data, value => (long)value),
        OnnxValue other => throw new OnnxException($"input {index} is {ElementTypes.Text(other.Type)} {other.ShapeText}, int32 or int64 is wanted"),
    };

    /// <summary>The only whole number of an input.</summary>
    /// <exception cref="OnnxException">The input has another type or another number of elements.</exception>
    public long Integer(int index) => Integers(index) switch
    {
        [long only] => only,
        null => throw new OnnxException($"input {index} is missing"),
        var several => throw new OnnxException($"input {index} has {several.Length} elements, one is wanted"),
    };

    /// <summary>An axis, counted from the end when negative.</summary>
    /// <param name="axis">The axis as given.</param>
    /// <param name="rank">The axes there are.</param>
    /// <exception cref="OnnxException">There is no such axis.</exception>
    public static int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw new OnnxException($"axis {axis} is not among the {rank} axes there are");

    /// <summary>Several axes, counted from the end when negative; each once.</summary>
    /// <exception cref="OnnxException">There is no such axis, or one is named twice.</exception>
    public static int[] Axes(ReadOnlySpan<long> axes, int rank)
    {
        int[] normal = new int[axes.Length];
        for (int i = 0; i < normal.Length; i++)
        {
            normal[i] = Axis(axes[i], rank);
            if (normal.AsSpan(0, i).Contains(normal[i]))
                throw new OnnxException($"axis {axes[i]} is named twice");
        }

        return normal;
    }

    /// <summary>A size as given, which must fit into memory.</summary>
    /// <exception cref="OnnxException">It is negative or too large.</exception>
    public static int Size(long size) => size is >= 0 and <= int.MaxValue ? (int)size : throw new OnnxException($"{size} is not a size");
}
