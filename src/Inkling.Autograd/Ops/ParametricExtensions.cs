using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>The public face of <see cref="Parametric{TOp}"/>.</summary>
public static class ParametricExtensions
{
    extension(Tensor x)
    {
        /// <summary>Applies a formula with chosen numbers to every element: <c>x.Apply(new LeakyRelu(0.2f))</c>. Any shape.</summary>
        public Tensor Apply<TOp>(TOp formula)
            where TOp : struct, IParametricOp<TOp>
            => Tape.Record(new Parametric<TOp>(formula), x);
    }
}
