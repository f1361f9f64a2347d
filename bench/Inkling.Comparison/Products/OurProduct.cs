using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>Our matrix product of a case.</summary>
internal sealed class OurProduct(ProductCase one, Team team)
{
    public Operands Operands { get; } = new(one);

    /// <summary>Computes C.</summary>
    public void Multiply() => Gemm.Multiply(
        one.TransposeA, one.TransposeB, one.M, one.N, one.K, Operands.A.Span, one.StrideA, Operands.B.Span, one.StrideB, Operands.C.Span, one.N, false, team);
}
