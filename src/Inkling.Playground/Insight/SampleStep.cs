namespace Inkling.Playground;

/// <summary>One step of the arithmetic of a sample.</summary>
/// <param name="Phase">Where it belongs.</param>
/// <param name="Title">What is done.</param>
/// <param name="Explains">Why, in a sentence.</param>
/// <param name="Layer">The layer of weights that it is about, 0 for the first; −1 for none.</param>
/// <param name="Lines">What is computed.</param>
public sealed record SampleStep(SamplePhase Phase, string Title, string Explains, int Layer, IReadOnlyList<SampleLine> Lines);
