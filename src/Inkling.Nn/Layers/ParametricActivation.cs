using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>A formula with chosen numbers as a layer: <c>new ParametricActivation&lt;LeakyRelu&gt;(new(0.2f))</c>. Any shape.</summary>
/// <typeparam name="TOp">The formula.</typeparam>
/// <param name="formula">The formula with its numbers.</param>
public sealed class ParametricActivation<TOp>(TOp formula) : Module, ILayer
    where TOp : struct, IParametricOp<TOp>
{
    /// <summary>With the numbers that are usual for it.</summary>
    public ParametricActivation()
        : this(TOp.Usual)
    {
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => x.Apply(formula);

    /// <inheritdoc/>
    public override string ToString() => typeof(TOp).Name;
}
