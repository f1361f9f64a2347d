using System.Numerics;
using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997; peepholes: Gers 2002), gates in the order i, o, f, c:
/// <c>i = f(x Wiᵀ + h₀ Riᵀ + pᵢ c₀ + b)</c>, f likewise, or <c>f = 1 − i</c> with <c>input_forget</c>; <c>c = f c₀ + i g(x Wcᵀ + h₀ Rcᵀ + b)</c>,
/// <c>o = f(x Woᵀ + h₀ Roᵀ + pₒ c + b)</c>, <c>h = o h(c)</c>.
/// </summary>
internal sealed class Lstm() : RecurrentOperator(gates: 4)
{
    private const int Peepholes = 7;

    /// <inheritdoc/>
    protected override RecurrentCell<T> CreateCell<T>(OperatorCall call, Sequences<T> sequences, int direction)
    {
        int units = sequences.Units;
        T[] bias = sequences.Part(3, direction, 8 * units);
        return new LstmCell<T>(RecurrentActivations.Of<T>(call, direction, "Sigmoid", "Tanh", "Tanh"), sequences.RecurrentWeights(direction, 0, 4))
        {
            InputBias = bias[..(4 * units)],
            RecurrentBias = bias[(4 * units)..],
            Clip = T.CreateTruncating(call.Attributes.Float("clip", float.PositiveInfinity)),
            Hidden = sequences.InitialState(5, direction),
            Units = units,
            Cells = sequences.InitialState(6, direction),
            Peephole = call.Optional(Peepholes) is null ? null : sequences.Part(Peepholes, direction, 3 * units),
            CouplesForget = call.Attributes.Flag("input_forget"),
        };
    }
}

/// <summary>The cell of <see cref="Lstm"/>.</summary>
/// <param name="activations">f, g and h.</param>
/// <param name="recurrent">Rᵀ of all gates.</param>
internal sealed class LstmCell<T>(RecurrentActivation<T>[] activations, SharedRight<T> recurrent) : RecurrentCell<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The memory cells, [B, H].</summary>
    public required T[] Cells { get; init; }

    /// <summary>Weights from the cells to the gates i, o and f, [3 H]; null when there are none.</summary>
    public required T[]? Peephole { get; init; }

    /// <summary>Whether the forget gate is 1 minus the input gate.</summary>
    public required bool CouplesForget { get; init; }

    /// <inheritdoc/>
    public override void Step(Span<T> gates, ReadOnlySpan<bool> running)
    {
        int width = 4 * Units;
        recurrent.AddProduct(Batch, Hidden, gates, width);
        for (int b = 0; b < running.Length; b++)
        {
            if (running[b])
                Advance(gates.Slice(b * width, width), Cells.AsSpan(b * Units, Units), Hidden.AsSpan(b * Units, Units));
        }
    }

    [MethodImpl(Jit.Kernel)]
    private void Advance(Span<T> gates, Span<T> cells, Span<T> hidden)
    {
        AddRows(gates, RecurrentBias);
        Span<T> input = gates[..Units], output = gates.Slice(Units, Units), forget = gates.Slice(2 * Units, Units), candidate = gates[(3 * Units)..];
        AddPeephole(input, cells, 0);
        AddPeephole(forget, cells, 2);
        Activate(activations[0], input);
        Activate(activations[0], forget);
        Activate(activations[1], candidate);
        for (int i = 0; i < cells.Length; i++)
            cells[i] = ((CouplesForget ? T.One - input[i] : forget[i]) * cells[i]) + (input[i] * candidate[i]);
        AddPeephole(output, cells, 1);
        Activate(activations[0], output);
        cells.CopyTo(hidden);
        activations[2].Apply(hidden);
        for (int i = 0; i < hidden.Length; i++)
            hidden[i] *= output[i];
    }

    private void AddPeephole(Span<T> gate, ReadOnlySpan<T> cells, int which)
    {
        if (Peephole is null)
            return;
        for (int i = 0; i < gate.Length; i++)
            gate[i] += Peephole[(which * Units) + i] * cells[i];
    }
}
