using Inkling.App.Studio.Learning;
using Inkling.App.Tuning;
using Inkling.Tuning;

namespace Inkling.App.Studio.Studying.Plots;

/// <summary>Every trial a line across all parameters, to its value at the right; the better, the darker.</summary>
internal static class ParallelPlot
{
    private const string Title = "Parallel coordinates";
    private const int Height = 340, Top = 40, Bottom = 24, Left = 64, Right = 72, MostAxes = 9, MostLines = 400;

    public static StudyPlot Of(StudyFacts facts)
    {
        string[] names = [.. facts.Parameters.Keys.Take(MostAxes)];
        TrialRecord[] best = [.. Ranked(facts).Take(10)];
        string words = facts.Complete.Length == 0 ? "No trial is complete yet."
            : $"{facts.Complete.Length} trials across {names.Length} parameters{(names.Length < facts.Parameters.Count ? $" of {facts.Parameters.Count}" : "")}. " + Agreement(best, names);
        return new StudyPlot("parallel", Title, "A line is a trial; the strongest are the best. Where they meet, a parameter matters.", words, ["Trial", "Value", .. names],
            [.. best.Select(IReadOnlyList<string> (trial) => [$"{trial.Number}", TuneWords.Values(trial), .. names.Select(name => trial.Parameters.TryGetValue(name, out ParameterValue value) ? TuneWords.Parameter(value) : "–")])],
            alone => facts.Sorted.Count == 0 || names.Length == 0 ? PlotFrame.Empty(alone, Title, words) : Draw(facts, names, alone, words));
    }

    private static string Draw(StudyFacts facts, string[] names, bool alone, string words)
    {
        int width = Math.Max(PlotFrame.Width, Left + Right + (names.Length * 96));
        var drawing = new Drawing(width, Height, alone);
        double X(int axis) => Left + (axis * (double)(width - Left - Right) / names.Length);
        ParameterAxis[] axes = [.. names.Select(name => new ParameterAxis(facts.Parameters[name], Height - Bottom, Top))];
        var values = new ChartScale(Math.Min(facts.Sorted[0], facts.Limit), Math.Max(facts.Sorted[0], facts.Limit), Height - Bottom, Top, 5, wide: false);
        for (int axis = 0; axis <= names.Length; axis++)
            drawing.Line("axis", X(axis), Top, X(axis), Height - Bottom);

        foreach (TrialRecord trial in Ranked(facts).Take(MostLines).Reverse())
        {
            var points = new List<(double, double)>();
            for (int axis = 0; axis < names.Length; axis++)
            {
                if (trial.Parameters.TryGetValue(names[axis], out ParameterValue value)) points.Add((X(axis), axes[axis].At(value.Value)));
            }

            points.Add((X(names.Length), values.At(facts.Shown(trial.Values[0]))));
            drawing.Path(PlotStyle.Strand(facts.StepOf(trial.Values[0])), points, StudyFacts.Tip(trial));
        }

        for (int axis = 0; axis < names.Length; axis++)
        {
            drawing.Text(X(axis), Top - (axis % 2 == 0 ? 24 : 10), names[axis], style: "name");
            foreach ((double pixel, string name) in axes[axis].Ticks(6))
                drawing.Text(X(axis) - 5, pixel + 4, name, "end");
        }

        drawing.Text(X(names.Length), Top - 10, "value", style: "name");
        foreach (double tick in values.Ticks)
            drawing.Text(X(names.Length) + 6, values.At(tick) + 4, values.Label(tick), "start");
        return drawing.Finish(Title, words);
    }

    private static IEnumerable<TrialRecord> Ranked(StudyFacts facts) => facts.Directions[0] == Direction.Minimize ? facts.Complete.OrderBy(trial => trial.Values[0]) : facts.Complete.OrderByDescending(trial => trial.Values[0]);

    // What the best have in common is what the eye would see.
    private static string Agreement(TrialRecord[] best, string[] names)
    {
        string[] common = [.. names.Select(name => (name, Values: best.Where(trial => trial.Parameters.ContainsKey(name)).Select(trial => trial.Parameters[name]).ToArray()))
            .Where(one => one.Values.Length == best.Length && one.Values.Length > 2)
            .Where(one => one.Values[0].Distribution is CategoricalDistribution ? one.Values.All(value => value.Value == one.Values[0].Value) : one.Values.Max(value => value.Unit) - one.Values.Min(value => value.Unit) < 0.3)
            .Select(one => one.Values[0].Distribution is CategoricalDistribution ? $"{one.name} {one.Values[0].Text}"
                : $"{one.name} from {TuneWords.Parameter(one.Values.MinBy(value => value.Value))} to {TuneWords.Parameter(one.Values.MaxBy(value => value.Value))}")];
        return common.Length == 0 ? "The best trials agree in no parameter." : $"The best {best.Length} agree in {string.Join(", ", common)}.";
    }
}
