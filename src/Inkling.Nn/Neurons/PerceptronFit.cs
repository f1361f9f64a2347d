namespace Inkling.Nn;

/// <summary>How the perceptron rule went.</summary>
/// <param name="Converged">Whether the last pass was without a mistake.</param>
/// <param name="MistakesPerPass">Mistakes, and so changes of the weights, in each pass over the examples.</param>
public sealed record PerceptronFit(bool Converged, IReadOnlyList<int> MistakesPerPass)
{
    /// <summary>Passes over the examples.</summary>
    public int Passes => MistakesPerPass.Count;

    /// <summary>All mistakes.</summary>
    public int Mistakes => MistakesPerPass.Sum();

    /// <summary>A sentence.</summary>
    public override string ToString() => $"{(Converged ? "converged" : "did not converge")} in {Passes} passes with {Mistakes} mistakes";
}
