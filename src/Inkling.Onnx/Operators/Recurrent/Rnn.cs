using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>Elman's recurrent network: <c>h = f(x Wᵀ + h₀ Rᵀ + b)</c>, f being tanh by default.</summary>
internal sealed class Rnn() : RecurrentOperator(gates: 1)
{
    /// <inheritdoc/>
    protected override RecurrentCell<T> CreateCell<T>(OperatorCall call, Sequences<T> sequences, int direction)
    {
        int units = sequences.Units;
        T[] bias = sequences.Part(3, direction, 2 * units);
        return new RnnCell<T>(RecurrentActivations.Of<T>(call, direction, "Tanh")[0], sequences.RecurrentWeights(direction, 0, 1))
        {
            InputBias = bias[..units],
            RecurrentBias = bias[units..],
            Clip = T.CreateTruncating(call.Attributes.Float("clip", float.PositiveInfinity)),
            Hidden = sequences.InitialState(5, direction),
            Units = units,
        };
    }
}

/// <summary>The cell of <see cref="Rnn"/>.</summary>
/// <param name="activation">f.</param>
/// <param name="recurrent">Rᵀ.</param>
internal sealed class RnnCell<T>(RecurrentActivation<T> activation, SharedRight<T> recurrent) : RecurrentCell<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override void Step(Span<T> gates, ReadOnlySpan<bool> running)
    {
        recurrent.AddProduct(Batch, Hidden, gates, Units);
        AddRows(gates, RecurrentBias);
        Activate(activation, gates);
        for (int b = 0; b < running.Length; b++)
        {
            if (running[b])
                gates.Slice(b * Units, Units).CopyTo(Hidden.AsSpan(b * Units));
        }
    }
}
