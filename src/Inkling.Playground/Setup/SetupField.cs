namespace Inkling.Playground;

/// <summary>A field of the setup as it stands in an address.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Effect">What a change of it means for a run.</param>
/// <param name="Allowed">The values that are allowed, in words.</param>
/// <param name="Get">Its value as text.</param>
/// <param name="Set">The setup with another value; null when the text is no such value.</param>
public sealed record SetupField(string Name, SetupEffect Effect, string Allowed, Func<PlaygroundSetup, string> Get, Func<PlaygroundSetup, string, PlaygroundSetup?> Set);
