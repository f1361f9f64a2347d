using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// One step of Adam (Kingma, Ba 2015, Alg. 1) with decoupled decay (Loshchilov, Hutter 2019, Alg. 2): <c>m ← β₁ m + (1 − β₁) g</c>,
/// <c>v ← β₂ v + (1 − β₂) g²</c>, <c>w ← (1 − η λ) w − η (m / c₁) / (√(v / c₂) + ε)</c>. 28 bytes move for each parameter.
/// </summary>
internal struct AdamRule : IUpdateRule
{
    public real Beta1;
    public real Beta2;
    public real Epsilon;

    /// <summary>What decay leaves of a weight, 1 − η λ.</summary>
    public real Keep;

    /// <summary>−η / c₁.</summary>
    public real MinusRate;

    /// <summary>1 / √c₂.</summary>
    public real InverseRootCorrection;

    public static int States => 2;

    /// <summary>The rule of a step.</summary>
    /// <param name="lr">η.</param>
    /// <param name="beta1">β₁, below 1.</param>
    /// <param name="beta2">β₂, below 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="decay">λ; 0 for none.</param>
    /// <param name="correction1">c₁ = 1 − β₁ᵗ at step t = 1, 2, …</param>
    /// <param name="correction2">c₂ = 1 − β₂ᵗ.</param>
    public static AdamRule Of(real lr, real beta1, real beta2, real epsilon, real decay, real correction1, real correction2) => new()
    {
        Beta1 = beta1,
        Beta2 = beta2,
        Epsilon = epsilon,
        Keep = 1 - (lr * decay),
        MinusRate = -lr / correction1,
        InverseRootCorrection = 1 / real.Sqrt(correction2),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Apply<V>(ref V weight, V gradient, ref V first, ref V second, ref V third)
        where V : struct, ILane<V>
    {
        first = V.MulAdd((V)Beta1, first, (V)(1 - Beta1) * gradient);
        second = V.MulAdd((V)Beta2, second, (V)(1 - Beta2) * gradient * gradient);
        V step = (V)MinusRate * first / V.MulAdd(V.Sqrt(second), (V)InverseRootCorrection, (V)Epsilon);
        weight = V.MulAdd((V)Keep, weight, step);
    }
}
