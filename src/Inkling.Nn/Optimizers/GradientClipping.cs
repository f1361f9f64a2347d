using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>Keeps gradients from exploding: between <see cref="Tape.Backward"/> and <see cref="Optimizer.Step"/>.</summary>
public static class GradientClipping
{
    /// <summary>The Euclidean norm of all gradients together; of row-sparse ones only the touched rows are read.</summary>
    public static double GlobalNorm(ParameterSet parameters)
    {
        double sum = 0;
        foreach ((int offset, int length) in parameters.GradientRuns()) sum += Reduce.SumOfSquares(parameters.Gradients.Slice(offset, length));
        return Math.Sqrt(sum);
    }

    /// <summary>Scales all gradients so that their common Euclidean norm is at most <paramref name="maxNorm"/> (Pascanu et al. 2013, Alg. 1).</summary>
    /// <param name="parameters">Whose gradients.</param>
    /// <param name="maxNorm">The largest norm allowed, more than 0.</param>
    /// <returns>The norm before; NaN or ∞ when a gradient is, and then nothing is scaled: <see cref="NonFiniteGradientException.ThrowIfAny"/> says which and why.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The norm is not positive.</exception>
    public static real ClipByGlobalNorm(ParameterSet parameters, real maxNorm)
    {
        if (!(maxNorm > 0)) throw new ArgumentOutOfRangeException(nameof(maxNorm), maxNorm, "ClipByGlobalNorm: the norm must be more than 0.");
        real norm = (real)GlobalNorm(parameters);
        if (!(norm > maxNorm && real.IsFinite(norm))) return norm;
        foreach ((int offset, int length) in parameters.GradientRuns()) Elementwise.Scale(parameters.Gradients.Slice(offset, length), maxNorm / norm);
        return norm;
    }

    /// <summary>Limits every gradient to <c>±limit</c>; NaN stays NaN.</summary>
    /// <param name="parameters">Whose gradients.</param>
    /// <param name="limit">The largest magnitude allowed, more than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public static void ClipByValue(ParameterSet parameters, real limit)
    {
        if (!(limit > 0)) throw new ArgumentOutOfRangeException(nameof(limit), limit, "ClipByValue: the limit must be more than 0.");
        foreach ((int offset, int length) in parameters.GradientRuns())
        {
            Span<real> gradients = parameters.Gradients.Slice(offset, length);
            ParameterUpdate.Run(new LimitRule { Limit = limit }, gradients, gradients, default, Team.Single);
        }
    }

    private struct LimitRule : IUpdateRule
    {
        public real Limit;

        public static int States => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<V>(ref V weight, V gradient, ref V first, ref V second, ref V third)
            where V : struct, ILane<V>
            => weight = V.Max(V.Min(gradient, (V)Limit), (V)(-Limit));
    }
}
