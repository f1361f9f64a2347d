using System.Globalization;

namespace Inkling.Training;

/// <summary>Why training stopped because numbers were no longer finite.</summary>
/// <param name="Step">The step that was not taken, from 0.</param>
/// <param name="What">What was not finite: the loss, the gradient, the parameters.</param>
/// <param name="Where">Where it came from: item, operation or parameter.</param>
/// <param name="Cause">The likely cause and what to do.</param>
public sealed record Divergence(long Step, string What, string Where, string Cause)
{
    /// <summary>All of it in a sentence or two.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Step {Step}: {What}. First seen in {Where}. Likely cause: {Cause}. Training stopped before this step changed the model.");
}
