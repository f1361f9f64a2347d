using Inkling.App.Tuning;
using Inkling.Tuning;

namespace Inkling.App.Studio.Studying.Plots;

/// <summary>Two objectives against each other, and the trials than which none is better in both.</summary>
internal static class ParetoPlot
{
    private const string Title = "Pareto front";

    public static StudyPlot Of(StudyFacts facts)
    {
        TrialRecord[] front = [.. facts.Best.OrderBy(trial => trial.Values[0])];
        string words = front.Length == 0 ? "No trial is complete yet." : $"{front.Length} of {facts.Complete.Length} trials are on the front, from {TuneWords.Values(front[0])} to {TuneWords.Values(front[^1])}.";
        return new StudyPlot("pareto", Title, "Two objectives; none is better than those on the line in both.", words, ["Trial", "First", "Second", "Parameters"],
            [.. front.Take(StudyPlot.MostRows).Select(IReadOnlyList<string> (trial) => [$"{trial.Number}", TuneWords.Value(trial.Values[0]), TuneWords.Value(trial.Values[1]), TuneWords.Parameters(trial)])],
            alone => front.Length == 0 ? PlotFrame.Empty(alone, Title, words) : Draw(facts, front, alone, words));
    }

    private static string Draw(StudyFacts facts, TrialRecord[] front, bool alone, string words)
    {
        TrialRecord[] trials = [.. facts.Some(facts.Complete).Where(trial => trial.Values.All(double.IsFinite))];
        (double, double) Range(int objective) => (trials.Min(trial => trial.Values[objective]), trials.Max(trial => trial.Values[objective]));
        string Name(int objective) => $"objective {objective + 1} ({(facts.Directions[objective] == Direction.Minimize ? "smaller" : "larger")} is better)";
        var frame = new PlotFrame(alone, Range(0), Range(1), Name(0), Name(1));
        foreach (TrialRecord trial in trials)
            frame.Drawing.Dot("dot", frame.X.At(trial.Values[0]), frame.Y.At(trial.Values[1]), 3, StudyFacts.Tip(trial));
        frame.Drawing.Path("line", front.Select(trial => (frame.X.At(trial.Values[0]), frame.Y.At(trial.Values[1]))));
        foreach (TrialRecord trial in front)
            frame.Drawing.Dot("dot-best", frame.X.At(trial.Values[0]), frame.Y.At(trial.Values[1]), 4, StudyFacts.Tip(trial));
        return frame.Drawing.Finish(Title, words);
    }
}
