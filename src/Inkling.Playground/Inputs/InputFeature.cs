namespace Inkling.Playground;

/// <summary>What a network may see of a point.</summary>
/// <param name="Name">Its name in an address.</param>
/// <param name="Label">How it is written on the page.</param>
/// <param name="Formula">As C#, of <c>x</c> and <c>y</c>.</param>
/// <param name="Of">Its value at a point.</param>
public sealed record InputFeature(string Name, string Label, string Formula, Func<float, float, float> Of);
