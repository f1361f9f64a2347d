using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling.Ops;

/// <summary>Any formula of one variable, element by element.</summary>
internal static class Unary
{
    public static Tensor Record<TOp>(Tensor x)
        where TOp : struct, IUnaryOp
        => Tape.Record(default(Unary<TOp>), x);
}

/// <summary>Applies <typeparamref name="TOp"/> to every element; any shape.</summary>
public readonly struct Unary<TOp> : IOp
    where TOp : struct, IUnaryOp
{
    /// <inheritdoc/>
    public static string Name => typeof(TOp).Name;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs) => outputs[0] = inputs[0];

    /// <inheritdoc/>
    public void Forward(in OpForward context) => Map.Apply<TOp>(context.Input(0), context.Output(), context.Team);

    /// <inheritdoc/>
    public void Backward(in OpBackward context) => Map.Backward<TOp>(context.Input(0), context.Output(), context.OutputGradient(), context.InputGradient(0, out bool add), add, context.Team);
}
