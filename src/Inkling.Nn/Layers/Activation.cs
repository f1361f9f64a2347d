using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling.Nn;

/// <summary>A formula of one variable as a layer: <c>new Activation&lt;Tanh&gt;()</c>. Any shape.</summary>
/// <typeparam name="TOp">The formula.</typeparam>
public sealed class Activation<TOp> : Module, ILayer
    where TOp : struct, IUnaryOp
{
    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => Tape.Record(default(Unary<TOp>), x);

    /// <inheritdoc/>
    public override string ToString() => typeof(TOp).Name;
}
