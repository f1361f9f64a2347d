using System.Globalization;
using Inkling.App.Training;
using Inkling.App.Tuning;
using Inkling.Tuning;

namespace Inkling.App.Studio.Studying.Plots;

/// <summary>When trials ran, and on which worker.</summary>
internal static class TimelinePlot
{
    private const string Title = "Timeline";
    private const int Left = 84, Right = 16, Top = 12, Bottom = 40, MostLanes = 24;

    public static StudyPlot Of(StudyFacts facts)
    {
        TrialRecord[] begun = [.. facts.All.Where(trial => trial.Started is not null)];
        if (begun.Length == 0) return new StudyPlot("timeline", Title, Hint, "No trial has begun.", [], [], alone => PlotFrame.Empty(alone, Title, "No trial has begun."));
        DateTimeOffset first = begun.Min(trial => trial.Started!.Value), last = begun.Max(trial => trial.Finished ?? trial.Heartbeat ?? trial.Started!.Value);
        TimeSpan span = last - first > TimeSpan.FromMilliseconds(1) ? last - first : TimeSpan.FromMilliseconds(1);
        List<List<TrialRecord>> lanes = Lanes(begun);
        TimeSpan busy = begun.Aggregate(TimeSpan.Zero, (sum, trial) => sum + (trial.Duration ?? TimeSpan.Zero));
        string words = $"{begun.Length} trials in {Time(span)}, up to {lanes.Count} at a time; {Time(busy / begun.Length)} each on average.";
        return new StudyPlot("timeline", Title, Hint, words, ["Trial", "State", "Begun after", "Took", "Worker"],
            [.. begun.TakeLast(StudyPlot.MostRows).Select(IReadOnlyList<string> (trial) => [$"{trial.Number}", TuneWords.State(trial.State), Time(trial.Started!.Value - first), trial.Duration is { } time ? Time(time) : "–", trial.Worker ?? "–"])],
            alone => Draw(lanes, first, span, alone, words));
    }

    private const string Hint = "A bar is a trial, a row runs one after the other; the colour is how it ended.";

    private static string Draw(List<List<TrialRecord>> lanes, DateTimeOffset first, TimeSpan span, bool alone, string words)
    {
        int shown = Math.Min(lanes.Count, MostLanes), height = Top + Bottom + (Math.Max(3, shown) * 22);
        var drawing = new Drawing(PlotFrame.Width, height, alone);
        double X(DateTimeOffset time) => Left + ((time - first) / span * (PlotFrame.Width - Left - Right));
        for (int lane = 0; lane < shown; lane++)
        {
            double y = Top + (lane * 22);
            drawing.Text(Left - 8, y + 14, $"slot {lane + 1}", "end");
            foreach (TrialRecord trial in lanes[lane])
            {
                double from = X(trial.Started!.Value), to = X(trial.Finished ?? trial.Heartbeat ?? trial.Started.Value);
                string style = trial.State switch { TrialState.Complete => "bar", TrialState.Pruned => "bar-pruned", TrialState.Failed => "bar-failed", _ => "bar-running" };
                drawing.Box(style, from, y + 3, Math.Max(1, to - from - 0.5), 15, $"Trial {trial.Number}, {TuneWords.State(trial.State)}");
            }
        }

        for (int tick = 0; tick <= 4; tick++)
            drawing.Text(Left + (tick / 4.0 * (PlotFrame.Width - Left - Right)), height - 22, Time(span * (tick / 4.0)), tick == 4 ? "end" : "middle");
        drawing.Text((Left + PlotFrame.Width - Right) / 2.0, height - 5, "time since the first trial", style: "name");
        return drawing.Finish(Title, words);
    }

    private static string Time(TimeSpan time) => time.TotalMinutes >= 2 ? TrainingWords.Time(time) : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s");

    private static List<List<TrialRecord>> Lanes(TrialRecord[] begun)
    {
        var lanes = new List<List<TrialRecord>>();
        foreach (TrialRecord trial in begun.OrderBy(trial => trial.Started))
        {
            List<TrialRecord>? free = lanes.Find(lane => lane[^1].Finished <= trial.Started);
            if (free is null) lanes.Add([trial]);
            else free.Add(trial);
        }

        return lanes;
    }
}
