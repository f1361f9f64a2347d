using Inkling.App.Studio.Learning;
using Inkling.App.Tuning;
using Inkling.Tuning;

namespace Inkling.App.Studio.Studying.Plots;

/// <summary>The value against each parameter alone.</summary>
internal static class SlicePlot
{
    private const string Title = "Slices";
    private const int Across = 3, CellWidth = 216, CellHeight = 180, Left = 44, Top = 22, Bottom = 34, Right = 10;

    public static StudyPlot Of(StudyFacts facts)
    {
        string[] names = [.. facts.Parameters.Keys];
        string words = facts.Best is [var best, ..] ? $"The best trial has {TuneWords.Parameters(best)}." : "No trial is complete yet.";
        return new StudyPlot("slice", Title, "The value against each parameter alone; later trials are stronger.", words, ["Parameter", "Values", "Best trial", "Best ten, from", "to"],
            [.. names.Select(name => Row(facts, name))], alone => facts.Sorted.Count == 0 || names.Length == 0 ? PlotFrame.Empty(alone, Title, words) : Draw(facts, names, alone, words));
    }

    private static IReadOnlyList<string> Row(StudyFacts facts, string name)
    {
        ParameterValue[] ranked = [.. (facts.Directions[0] == Direction.Minimize ? facts.Complete.OrderBy(trial => trial.Values[0]) : facts.Complete.OrderByDescending(trial => trial.Values[0]))
            .Where(trial => trial.Parameters.ContainsKey(name)).Take(10).Select(trial => trial.Parameters[name])];
        return ranked.Length == 0 ? [name, facts.Parameters[name].ToJson(), "–", "–", "–"]
            : [name, facts.Parameters[name].ToJson(), TuneWords.Parameter(ranked[0]), TuneWords.Parameter(ranked.MinBy(value => value.Value)), TuneWords.Parameter(ranked.MaxBy(value => value.Value))];
    }

    private static string Draw(StudyFacts facts, string[] names, bool alone, string words)
    {
        int rows = (names.Length + Across - 1) / Across;
        var drawing = new Drawing(Across * CellWidth, rows * CellHeight, alone);
        for (int i = 0; i < names.Length; i++)
        {
            double left = (i % Across * CellWidth) + Left, right = (i % Across * CellWidth) + CellWidth - Right, top = (i / Across * CellHeight) + Top, bottom = (i / Across * CellHeight) + CellHeight - Bottom;
            var x = new ParameterAxis(facts.Parameters[names[i]], left + 4, right - 4);
            var y = new ChartScale(Math.Min(facts.Sorted[0], facts.Limit), Math.Max(facts.Sorted[0], facts.Limit), bottom, top, 3);
            foreach (double tick in y.Ticks)
            {
                drawing.Line("grid", left, y.At(tick), right, y.At(tick));
                drawing.Text(left - 5, y.At(tick) + 4, y.Label(tick), "end");
            }

            foreach ((double pixel, string name) in x.Ticks(3))
                drawing.Text(pixel, bottom + 15, name);
            drawing.Text((left + right) / 2, top - 8, names[i], style: "name");
            foreach (TrialRecord trial in facts.Some(facts.Complete))
            {
                if (!trial.Parameters.TryGetValue(names[i], out ParameterValue value)) continue;
                int age = PlotStyle.Steps - 1 - (int)((long)trial.Number * PlotStyle.Steps / Math.Max(1, facts.All.Length));
                drawing.Dot(PlotStyle.Cell(Math.Clamp(age, 0, PlotStyle.Steps - 1)), x.At(value.Value), y.At(facts.Shown(trial.Values[0])), 2.5, StudyFacts.Tip(trial));
            }
        }

        return drawing.Finish(Title, words);
    }
}
