namespace Inkling.Playground;

/// <summary>A setup that was read from an address.</summary>
/// <param name="Setup">What was understood; fields that were not have their defaults.</param>
/// <param name="Problems">What was not understood, a sentence each.</param>
public sealed record SetupReading(PlaygroundSetup Setup, IReadOnlyList<string> Problems);
