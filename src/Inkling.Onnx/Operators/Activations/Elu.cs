using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>Exponential linear unit: <c>x</c> from 0 on, <c>α (eˣ − 1)</c> below; α is 1 by default (Clevert 2015).</summary>
internal readonly struct Elu(float alpha) : IFloatFormula<Elu>
{
    public static Elu From(OperatorCall call) => new(call.Attributes.Float("alpha", 1));

    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x < T.Zero ? T.CreateTruncating(alpha) * Accurate.ExpMinusOne(x) : x;
}
