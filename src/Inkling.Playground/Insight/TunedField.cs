namespace Inkling.Playground;

/// <summary>A field of the setup of which several values can be tried one beside the other, in a race or a sweep.</summary>
/// <param name="Name">Its name in an address, see <see cref="SetupFields"/>.</param>
/// <param name="Label">How it is written on the page.</param>
/// <param name="Values">Values to choose from, in the order in which they are drawn.</param>
/// <param name="Usual">Those of <paramref name="Values"/> that are tried unless others are chosen.</param>
/// <param name="Scale">How values lie between the first and the last.</param>
/// <param name="KeepsStart">Whether the points and the first weights are the same with every value: such a field can be raced.</param>
public sealed record TunedField(string Name, string Label, IReadOnlyList<string> Values, IReadOnlyList<string> Usual, TunedScale Scale, bool KeepsStart);
