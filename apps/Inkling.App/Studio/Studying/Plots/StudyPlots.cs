namespace Inkling.App.Studio.Studying.Plots;

/// <summary>The plots of a study, in the order of the page. To add one, add a file beside this one and a line here.</summary>
internal static class StudyPlots
{
    private static readonly (string Id, Func<StudyFacts, bool> Fits, Func<StudyFacts, Choice, StudyPlot> Of)[] s_all =
    [
        ("pareto", facts => facts.Directions.Length == 2, (facts, _) => ParetoPlot.Of(facts)),
        ("history", facts => facts.Directions.Length == 1, (facts, choice) => HistoryPlot.Of(facts, choice.Other)),
        ("parallel", _ => true, (facts, _) => ParallelPlot.Of(facts)),
        ("slice", _ => true, (facts, _) => SlicePlot.Of(facts)),
        ("importance", _ => true, (facts, _) => ImportancePlot.Of(facts)),
        ("contour", _ => true, (facts, choice) => ContourPlot.Of(facts, choice.Across, choice.Upwards)),
        ("intermediate", facts => facts.Directions.Length == 1, (facts, _) => IntermediatePlot.Of(facts)),
        ("edf", _ => true, (facts, choice) => EdfPlot.Of(facts, choice.Other)),
        ("timeline", _ => true, (facts, _) => TimelinePlot.Of(facts)),
    ];

    /// <summary>All plots that make sense for a study.</summary>
    /// <param name="facts">The study.</param>
    /// <param name="other">Another to compare it with; null for none.</param>
    /// <param name="across">Parameter to the right in the contour; null for the first.</param>
    /// <param name="upwards">Parameter upwards in the contour; null for the next.</param>
    public static IReadOnlyList<StudyPlot> Of(StudyFacts facts, StudyFacts? other = null, string? across = null, string? upwards = null)
        => [.. s_all.Where(one => one.Fits(facts)).Select(one => one.Of(facts, new Choice(other, across, upwards)))];

    /// <summary>One plot, without the work of the others; null if there is none of this name for the study.</summary>
    /// <param name="id">Its name in addresses.</param>
    /// <param name="facts">The study.</param>
    /// <param name="other">Another to compare it with; null for none.</param>
    /// <param name="across">Parameter to the right in the contour; null for the first.</param>
    /// <param name="upwards">Parameter upwards in the contour; null for the next.</param>
    public static StudyPlot? One(string id, StudyFacts facts, StudyFacts? other = null, string? across = null, string? upwards = null)
        => Array.Find(s_all, one => one.Id == id && one.Fits(facts)) is { Of: { } of } ? of(facts, new Choice(other, across, upwards)) : null;

    private sealed record Choice(StudyFacts? Other, string? Across, string? Upwards);
}
