using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>Keeps gradients from exploding.</summary>
public static class GradientClipping
{
    /// <summary>Scales all gradients so that their common Euclidean norm is at most <paramref name="maxNorm"/> (Pascanu et al. 2013, Alg. 1).</summary>
    /// <param name="parameters">Whose gradients.</param>
    /// <param name="maxNorm">The largest norm allowed, more than 0.</param>
    /// <returns>The norm before; NaN or ∞ when a gradient is, and then nothing is scaled.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The norm is not positive.</exception>
    public static real ClipByGlobalNorm(ParameterSet parameters, real maxNorm)
    {
        if (!(maxNorm > 0)) throw new ArgumentOutOfRangeException(nameof(maxNorm), maxNorm, "ClipByGlobalNorm: the norm must be more than 0.");
        real norm = (real)Math.Sqrt(Reduce.SumOfSquares(parameters.Gradients));
        if (norm > maxNorm && real.IsFinite(norm)) Elementwise.Scale(parameters.Gradients, maxNorm / norm);
        return norm;
    }
}
