namespace Inkling.Training;

/// <summary>Where numbers that are not finite came from.</summary>
/// <param name="Where">Item, operation or parameter.</param>
/// <param name="Cause">The likely cause and what to do.</param>
public sealed record Suspect(string Where, string Cause);
