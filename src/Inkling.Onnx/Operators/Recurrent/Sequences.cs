using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>The operands of a recurrent operator, checked and with time first.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal sealed class Sequences<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly OperatorCall _call;
    private readonly OnnxValue<T> _x;
    private readonly int _gates;
    private readonly string _direction;

    /// <summary>Reads the operands that all recurrent operators share.</summary>
    /// <param name="call">The call.</param>
    /// <param name="gates">Gates of a cell.</param>
    /// <exception cref="OnnxException">They do not fit together.</exception>
    public Sequences(OperatorCall call, int gates)
    {
        _call = call;
        _gates = gates;
        _direction = call.Attributes.Text("direction", "forward");
        Directions = _direction switch
        {
            "forward" or "reverse" => 1,
            "bidirectional" => 2,
            _ => throw new OnnxException($"'direction' is '{_direction}', forward, reverse or bidirectional is wanted"),
        };
        IsBatchFirst = call.Attributes.Flag("layout");
        OnnxValue<T> x = call.Input<T>(0), r = call.Input<T>(2);
        if (x.Rank != 3 || r.Rank != 3)
            throw new OnnxException("X with time, batch and inputs, and R [directions, gates · hidden, hidden] are wanted");
        _x = IsBatchFirst ? x.Transpose(1, 0, 2).As<T>() : x;
        Units = r.Sizes[2];
        Require(1, [Directions, gates * Units, Inputs]);
        Require(2, [Directions, gates * Units, Units]);
        Lengths = call.Integers(4) ?? [.. Enumerable.Repeat((long)Steps, Batch)];
        if (Lengths.Length != Batch || Array.Exists(Lengths, length => length < 0 || length > Steps))
            throw new OnnxException($"{Batch} lengths of {Steps} at most are wanted");
    }

    /// <summary>T, steps of the longest sequence.</summary>
    public int Steps => _x.Sizes[0];

    /// <summary>B, sequences.</summary>
    public int Batch => _x.Sizes[1];

    /// <summary>H, hidden units.</summary>
    public int Units { get; }

    /// <summary>D, directions: 1 or 2.</summary>
    public int Directions { get; }

    /// <summary>Whether the batch comes before time.</summary>
    public bool IsBatchFirst { get; }

    /// <summary>Steps of each sequence.</summary>
    public long[] Lengths { get; }

    private int Inputs => _x.Sizes[2];

    /// <summary>Whether a direction runs from the end.</summary>
    public bool IsReverse(int direction) => direction == 1 || _direction == "reverse";

    /// <summary>The part of one direction of an operand [D, …]; zeros when it is left out.</summary>
    /// <param name="input">Which operand.</param>
    /// <param name="direction">Which direction.</param>
    /// <param name="length">Elements of a direction.</param>
    /// <exception cref="OnnxException">It has another length.</exception>
    public T[] Part(int input, int direction, int length)
    {
        if (_call.Optional<T>(input) is not { } value)
            return new T[length];
        return value.Length == Directions * length
            ? value.Data.AsSpan(direction * length, length).ToArray()
            : throw new OnnxException($"input {input} must have {Directions} · {length} elements");
    }

    /// <summary>The recurrent weights of some gates of one direction, to be multiplied with the state from the right.</summary>
    /// <param name="direction">Which direction.</param>
    /// <param name="first">The first gate.</param>
    /// <param name="count">How many gates.</param>
    public SharedRight<T> RecurrentWeights(int direction, int first, int count)
    {
        ReadOnlySpan<T> weights = _call.Input<T>(2).Data.AsSpan(((direction * _gates) + first) * Units * Units, count * Units * Units);
        return new SharedRight<T>(weights.ToArray(), transposed: true, Units, count * Units);
    }

    /// <summary>The state at the start of one direction, [B, H].</summary>
    public T[] InitialState(int input, int direction)
    {
        if (_call.Optional<T>(input) is not { } value)
            return new T[Batch * Units];
        Require(input, IsBatchFirst ? [Batch, Directions, Units] : [Directions, Batch, Units]);
        OnnxValue<T> state = IsBatchFirst ? value.Transpose(1, 0, 2).As<T>() : value;
        return state.Data.AsSpan(direction * Batch * Units, Batch * Units).ToArray();
    }

    /// <summary>The input's part of the gates of all steps, <c>X · Wᵀ + bias</c>, [T · B, G · H].</summary>
    public T[] InputGates(int direction, T[] bias)
    {
        int width = _gates * Units;
        T[] result = new T[Steps * Batch * width];
        ReadOnlySpan<T> weights = _call.Input<T>(1).Data.AsSpan(direction * width * Inputs, width * Inputs);
        MatrixProduct.Multiply<T>(false, true, Steps * Batch, width, Inputs, _x.Data, Inputs, weights, Inputs, result, width);
        if (width > 0)
            RecurrentCell<T>.AddRows(result, bias);
        return result;
    }

    /// <summary>A state [D, B, H] as an output.</summary>
    public OnnxValue State(T[] state)
    {
        OnnxValue value = new OnnxValue<T>([Directions, Batch, Units], state);
        return IsBatchFirst ? value.Transpose(1, 0, 2) : value;
    }

    private void Require(int input, int[] shape)
    {
        if (!_call.Input(input).Shape.SequenceEqual(shape))
            throw new OnnxException($"input {input} must be {Dimensions.Text(shape)}");
    }
}
