using Inkling.App.Tuning;
using Inkling.Tuning;

namespace Inkling.App.Studio.Studying.Plots;

/// <summary>The value over two parameters, smoothed between the trials.</summary>
internal static class ContourPlot
{
    private const string Title = "Contour";
    private const int Left = 84, Right = 16, Top = 30, Bottom = 44, Height = 356, Cells = 32;
    private const double Reach = 0.09;

    public static StudyPlot Of(StudyFacts facts, string? across, string? upwards)
    {
        string[] names = [.. facts.Parameters.Where(one => !one.Value.IsSingle).Select(one => one.Key)];
        string? x = names.Contains(across) ? across : names.FirstOrDefault(), y = names.Contains(upwards) && upwards != x ? upwards : names.FirstOrDefault(name => name != x);
        if (x is null || y is null || facts.Sorted.Count == 0)
        {
            string none = names.Length < 2 ? "It takes two parameters." : "No trial is complete yet.";
            return new StudyPlot("contour", Title, Hint, none, [], [], alone => PlotFrame.Empty(alone, Title, none));
        }

        TrialRecord[] trials = [.. facts.Some(facts.Complete).Where(trial => trial.Parameters.ContainsKey(x) && trial.Parameters.ContainsKey(y))];
        TrialRecord? best = facts.Directions[0] == Direction.Minimize ? trials.MinBy(trial => trial.Values[0]) : trials.MaxBy(trial => trial.Values[0]);
        string words = best is null ? $"No trial has both {x} and {y}." : $"{x} to the right, {y} upwards; the best trial of those that have both is at {TuneWords.Parameter(best.Parameters[x])} and {TuneWords.Parameter(best.Parameters[y])}.";
        return new StudyPlot("contour", Title, Hint, words, [x, y, "Value"],
            [.. trials.OrderBy(trial => facts.Directions[0] == Direction.Minimize ? trial.Values[0] : -trial.Values[0]).Take(20).Select(IReadOnlyList<string> (trial) => [TuneWords.Parameter(trial.Parameters[x]), TuneWords.Parameter(trial.Parameters[y]), TuneWords.Value(trial.Values[0])])],
            alone => best is null ? PlotFrame.Empty(alone, Title, words) : Draw(facts, trials, x, y, best, alone, words));
    }

    private const string Hint = "The value over two parameters, smoothed between the trials (dots): the stronger, the better. Nothing is drawn far from all trials.";

    private static string Draw(StudyFacts facts, TrialRecord[] trials, string x, string y, TrialRecord best, bool alone, string words)
    {
        var drawing = new Drawing(PlotFrame.Width, Height, alone);
        ParameterAxis across = new(facts.Parameters[x], Left, PlotFrame.Width - Right), upwards = new(facts.Parameters[y], Height - Bottom, Top);
        double cellWidth = (PlotFrame.Width - Left - Right) / (double)Cells, cellHeight = (Height - Top - Bottom) / (double)Cells;
        (double X, double Y, double Value)[] points = [.. trials.Select(trial => (across.At(trial.Parameters[x].Value), upwards.At(trial.Parameters[y].Value), facts.Shown(trial.Values[0])))];
        for (int row = 0; row < Cells; row++)
        {
            for (int column = 0; column < Cells; column++)
            {
                double left = Left + (column * cellWidth), top = Top + (row * cellHeight);
                if (Smooth(points, left + (cellWidth / 2), top + (cellHeight / 2)) is { } value)
                    drawing.Box(PlotStyle.Cell(facts.StepOf(value)), left, top, cellWidth + 0.4, cellHeight + 0.4);
            }
        }

        foreach ((double px, double py, _) in points)
            drawing.Dot("dot-mark", px, py, 2.2);
        drawing.Dot("dot-best", across.At(best.Parameters[x].Value), upwards.At(best.Parameters[y].Value), 5, StudyFacts.Tip(best));
        foreach ((double pixel, string name) in across.Ticks(6))
            drawing.Text(pixel, Height - Bottom + 16, name);
        foreach ((double pixel, string name) in upwards.Ticks(6))
            drawing.Text(Left - 6, pixel + 4, name, "end");
        drawing.Text((Left + PlotFrame.Width - Right) / 2.0, Height - 8, x, style: "name");
        drawing.Text(4, Top - 14, y, "start", "name");
        return drawing.Finish(Title, words);
    }

    // Nadaraya–Watson with a Gaussian; null where no trial is near.
    private static double? Smooth((double X, double Y, double Value)[] points, double x, double y)
    {
        double sum = 0, weights = 0;
        foreach ((double px, double py, double value) in points)
        {
            double dx = (x - px) / (PlotFrame.Width - Left - Right), dy = (y - py) / (Height - Top - Bottom);
            double weight = Math.Exp(-((dx * dx) + (dy * dy)) / (2 * Reach * Reach));
            sum += weight * value;
            weights += weight;
        }

        return weights > 0.05 ? sum / weights : null;
    }
}
