using System.Globalization;
using Inkling.App.Tuning;

namespace Inkling.App.Studio.Studying.Plots;

/// <summary>The share of the trials that are at least as good as a value: the higher the line on the left, the better the search.</summary>
internal static class EdfPlot
{
    private const string Title = "Distribution of values";

    public static StudyPlot Of(StudyFacts facts, StudyFacts? other)
    {
        int[] places = facts.Sorted.Count == 0 ? [] : [.. new[] { 0, 0.1, 0.25, 0.5, 0.75, 0.9, 1 }.Select(share => (int)(share * (facts.Sorted.Count - 1)))];
        string words = facts.Sorted.Count == 0 ? "No trial is complete yet." : $"Half of the trials are at {TuneWords.Value(facts.Sorted[facts.Sorted.Count / 2])} or better, a tenth at {TuneWords.Value(facts.Sorted[facts.Sorted.Count / 10])}.";
        return new StudyPlot("edf", Title, "The share of the trials that are at least as good as the value below (EDF).", words, ["Share of trials", "Value or better"],
            [.. places.Select(IReadOnlyList<string> (place) => [((place + 1.0) / facts.Sorted.Count).ToString("0 %", CultureInfo.InvariantCulture), TuneWords.Value(facts.Sorted[place])])],
            alone => facts.Sorted.Count == 0 ? PlotFrame.Empty(alone, Title, words) : Draw(facts, other, alone, words));
    }

    private static string Draw(StudyFacts facts, StudyFacts? other, bool alone, string words)
    {
        double[] shown = [.. facts.Sorted.Concat(other?.Sorted ?? []).Select(facts.Shown)];
        var frame = new PlotFrame(alone, (shown.Min(), shown.Max()), (0, 1), "value", "share of trials");
        if (other is not null) frame.Drawing.Path("line-other", Stairs(other.Sorted, facts, frame));
        frame.Drawing.Path("line", Stairs(facts.Sorted, facts, frame));
        return frame.Drawing.Finish(Title, words);
    }

    private static IEnumerable<(double, double)> Stairs(IReadOnlyList<double> sorted, StudyFacts facts, PlotFrame frame)
    {
        int step = Math.Max(1, sorted.Count / StudyFacts.MostDrawn);
        for (int i = 0; i < sorted.Count; i += step)
        {
            double x = frame.X.At(facts.Shown(sorted[i]));
            yield return (x, frame.Y.At((double)i / sorted.Count));
            yield return (x, frame.Y.At((i + 1.0) / sorted.Count));
        }
    }
}
