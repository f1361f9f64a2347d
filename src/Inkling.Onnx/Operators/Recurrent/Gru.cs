using System.Numerics;
using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// Gated recurrent unit (Cho 2014), gates in the order z, r, h: <c>z = f(x Wzᵀ + h₀ Rzᵀ + b)</c>, r likewise,
/// <c>ĥ = g(x Whᵀ + (r h₀) Rhᵀ + b)</c>, or with <c>linear_before_reset</c> <c>ĥ = g(x Whᵀ + r (h₀ Rhᵀ + Rb) + Wb)</c>, and <c>h = (1 − z) ĥ + z h₀</c>.
/// </summary>
internal sealed class Gru() : RecurrentOperator(gates: 3)
{
    /// <inheritdoc/>
    protected override RecurrentCell<T> CreateCell<T>(OperatorCall call, Sequences<T> sequences, int direction)
    {
        int units = sequences.Units;
        T[] bias = sequences.Part(3, direction, 6 * units);
        bool linearBeforeReset = call.Attributes.Flag("linear_before_reset");
        SharedRight<T> first = sequences.RecurrentWeights(direction, 0, linearBeforeReset ? 3 : 2);
        SharedRight<T>? second = linearBeforeReset ? null : sequences.RecurrentWeights(direction, 2, 1);
        return new GruCell<T>(RecurrentActivations.Of<T>(call, direction, "Sigmoid", "Tanh"), first, second)
        {
            InputBias = bias[..(3 * units)],
            RecurrentBias = bias[(3 * units)..],
            Clip = T.CreateTruncating(call.Attributes.Float("clip", float.PositiveInfinity)),
            Hidden = sequences.InitialState(5, direction),
            Units = units,
        };
    }
}

/// <summary>The cell of <see cref="Gru"/>.</summary>
/// <param name="activations">f and g.</param>
/// <param name="first">Rᵀ of the gates that take the state as it is: z, r, and with <c>linear_before_reset</c> h.</param>
/// <param name="second">Rᵀ of the gate h, which takes the state times r; null with <c>linear_before_reset</c>.</param>
internal sealed class GruCell<T>(RecurrentActivation<T>[] activations, SharedRight<T> first, SharedRight<T>? second) : RecurrentCell<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private bool LinearBeforeReset => second is null;

    /// <inheritdoc/>
    [MethodImpl(Jit.Kernel)]
    public override void Step(Span<T> gates, ReadOnlySpan<bool> running)
    {
        int width = 3 * Units;
        T[] recurrent = new T[gates.Length], reset = new T[Hidden.Length];
        first.AddProduct(Batch, Hidden, recurrent, width);
        for (int b = 0; b < Batch; b++)
        {
            Span<T> updateAndReset = gates.Slice(b * width, 2 * Units), product = recurrent.AsSpan(b * width, width);
            for (int i = 0; i < updateAndReset.Length; i++)
                updateAndReset[i] += product[i] + RecurrentBias[i];
            Activate(activations[0], updateAndReset);
            for (int i = 0; i < Units; i++)
                reset[(b * Units) + i] = updateAndReset[Units + i] * (LinearBeforeReset ? product[(2 * Units) + i] + RecurrentBias[(2 * Units) + i] : Hidden[(b * Units) + i]);
        }

        second?.AddProduct(Batch, reset, gates[(2 * Units)..], width);
        for (int b = 0; b < Batch; b++)
            Finish(gates.Slice(b * width, width), reset.AsSpan(b * Units, Units), Hidden.AsSpan(b * Units, Units), running[b]);
    }

    private void Finish(Span<T> gates, ReadOnlySpan<T> reset, Span<T> hidden, bool running)
    {
        if (!running)
            return;
        Span<T> candidate = gates[(2 * Units)..];
        for (int i = 0; i < candidate.Length; i++)
            candidate[i] += LinearBeforeReset ? reset[i] : RecurrentBias[(2 * Units) + i];
        Activate(activations[1], candidate);
        for (int i = 0; i < hidden.Length; i++)
            hidden[i] = ((T.One - gates[i]) * candidate[i]) + (gates[i] * hidden[i]);
    }
}
