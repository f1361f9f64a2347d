using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling.Ops;

/// <summary>Applies a formula with chosen numbers to every element; any shape.</summary>
/// <param name="formula">The formula.</param>
public readonly struct Parametric<TOp>(TOp formula) : IOp
    where TOp : struct, IParametricOp<TOp>
{
    /// <inheritdoc/>
    public static string Name => typeof(TOp).Name;

    internal TOp Formula => formula;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs) => outputs[0] = inputs[0];

    /// <inheritdoc/>
    public void Forward(in OpForward context) => ParametricMap.Apply(formula, context.Input(0), context.Output(), context.Team);

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
        => ParametricMap.Backward(formula, context.Input(0), context.Output(), context.OutputGradient(), context.InputGradient(0, out bool add), add, context.Team);
}
