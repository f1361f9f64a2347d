namespace Inkling.Playground;

/// <summary>What came of reading a table.</summary>
/// <param name="Table">The points; null when there is a problem.</param>
/// <param name="Notes">What was done, a sentence each.</param>
/// <param name="Columns">Names of all columns that there were, to choose the target from.</param>
/// <param name="Target">The name of the target.</param>
/// <param name="Problem">Why it cannot be, and what to do; null when it can.</param>
public sealed record PointCsvReading(PointTable? Table, IReadOnlyList<string> Notes, IReadOnlyList<string> Columns, string? Target, string? Problem)
{
    internal static PointCsvReading Refused(string problem, IReadOnlyList<string>? columns = null) => new(null, [], columns ?? [], null, problem);
}
