namespace Inkling.Training.Logs;

/// <summary>Bars that stand side by side in a <see cref="BarPicture"/>.</summary>
/// <param name="Name">What they are about.</param>
/// <param name="Values">The height of each, one for each series.</param>
public sealed record BarGroup(string Name, IReadOnlyList<double> Values);
