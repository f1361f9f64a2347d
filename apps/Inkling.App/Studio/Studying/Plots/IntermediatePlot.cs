using Inkling.App.Tuning;
using Inkling.Tuning;

namespace Inkling.App.Studio.Studying.Plots;

/// <summary>What trials reported on their way.</summary>
internal static class IntermediatePlot
{
    private const string Title = "Intermediate values";
    private const int MostLines = 300;

    public static StudyPlot Of(StudyFacts facts)
    {
        TrialRecord[] reporting = [.. facts.All.Where(trial => trial.Intermediate.Values.Any(double.IsFinite))];
        int pruned = reporting.Count(trial => trial.State == TrialState.Pruned);
        long steps = reporting.Sum(trial => (long)trial.Intermediate.Count);
        string words = reporting.Length == 0 ? "No trial has reported anything on its way." : $"{reporting.Length} trials have reported {steps} values; {pruned} were stopped early.";
        return new StudyPlot("intermediate", Title, "What trials reported step by step; dashed ones were stopped early.", words, ["Trial", "State", "Last step", "Last value"],
            [.. reporting.TakeLast(StudyPlot.MostRows).Select(IReadOnlyList<string> (trial) => [$"{trial.Number}", TuneWords.State(trial.State), $"{trial.LastStep}", TuneWords.Value(trial.Intermediate[trial.LastStep!.Value])])],
            alone => reporting.Length == 0 ? PlotFrame.Empty(alone, Title, words) : Draw(facts, reporting, alone, words));
    }

    private static string Draw(StudyFacts facts, TrialRecord[] reporting, bool alone, string words)
    {
        TrialRecord[] drawn = [.. reporting.Where((_, i) => i * MostLines / reporting.Length != (i - 1) * MostLines / reporting.Length || reporting.Length <= MostLines)];
        double[] values = [.. drawn.SelectMany(trial => trial.Intermediate.Values).Where(double.IsFinite).Order()];
        bool small = facts.Directions[0] == Direction.Minimize;
        (double least, double most) = small ? (values[0], values[(int)(0.95 * (values.Length - 1))]) : (values[(int)(0.05 * (values.Length - 1))], values[^1]);
        var frame = new PlotFrame(alone, (drawn.Min(trial => trial.Intermediate.Keys.First()), drawn.Max(trial => trial.LastStep!.Value)), (least, most), "step", "value", whole: true);
        foreach (TrialRecord trial in drawn)
        {
            frame.Drawing.Path(trial.State == TrialState.Pruned ? "line-pruned" : facts.Best.Contains(trial) ? "line" : "line-thin",
                trial.Intermediate.Where(one => double.IsFinite(one.Value)).Select(one => (frame.X.At(one.Key), frame.Y.At(Math.Clamp(one.Value, least, most)))), StudyFacts.Tip(trial));
        }

        return frame.Drawing.Finish(Title, words);
    }
}
