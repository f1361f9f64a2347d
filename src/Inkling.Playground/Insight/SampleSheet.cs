namespace Inkling.Playground;

/// <summary>The whole arithmetic of one sample: forward, the loss, backward, and the new weights.</summary>
/// <param name="Point">The sample.</param>
/// <param name="Loss">Its loss.</param>
/// <param name="Steps">What is computed, in order.</param>
public sealed record SampleSheet(LabelledPoint Point, float Loss, IReadOnlyList<SampleStep> Steps);
