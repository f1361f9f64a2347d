namespace Inkling.App.Studio.Studying.Plots;

/// <summary>The plots of a study, in the order of the page. To add one, add a file beside this one and a line here.</summary>
internal static class StudyPlots
{
    /// <summary>All plots that make sense for a study.</summary>
    /// <param name="facts">The study.</param>
    /// <param name="other">Another to compare it with; null for none.</param>
    /// <param name="across">Parameter to the right in the contour; null for the first.</param>
    /// <param name="upwards">Parameter upwards in the contour; null for the next.</param>
    public static IReadOnlyList<StudyPlot> Of(StudyFacts facts, StudyFacts? other = null, string? across = null, string? upwards = null)
    {
        var plots = new List<StudyPlot>();
        if (facts.Directions.Length == 2) plots.Add(ParetoPlot.Of(facts));
        if (facts.Directions.Length == 1) plots.Add(HistoryPlot.Of(facts, other));
        plots.Add(ParallelPlot.Of(facts));
        plots.Add(SlicePlot.Of(facts));
        plots.Add(ImportancePlot.Of(facts));
        plots.Add(ContourPlot.Of(facts, across, upwards));
        if (facts.Directions.Length == 1) plots.Add(IntermediatePlot.Of(facts));
        plots.Add(EdfPlot.Of(facts, other));
        plots.Add(TimelinePlot.Of(facts));
        return plots;
    }
}
