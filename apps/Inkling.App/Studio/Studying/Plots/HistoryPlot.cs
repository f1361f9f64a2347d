using System.Globalization;
using Inkling.App.Tuning;
using Inkling.Tuning;

namespace Inkling.App.Studio.Studying.Plots;

/// <summary>The value of every trial in the order of their numbers, and the best so far.</summary>
internal static class HistoryPlot
{
    private const string Title = "History";

    public static StudyPlot Of(StudyFacts facts, StudyFacts? other)
    {
        (TrialRecord Trial, double Best)[] rise = [.. Rise(facts)];
        string words = rise.Length == 0 ? "No trial is complete yet." : $"{facts.Complete.Length} complete trials; the best value, {TuneWords.Value(rise[^1].Best)}, was found in trial {facts.Best[0].Number}."
            + (other is { Best: [var best, ..] } ? $" The best of {other.Study.Name} is {TuneWords.Value(best.Values[0])}, in trial {best.Number}." : "");
        return new StudyPlot("history", Title, "Each dot is a trial, the line is the best so far; rings were stopped early (those beyond the axis lie on its edge).", words, ["Trial", "Value", "Best so far"],
            [.. rise.TakeLast(StudyPlot.MostRows).Select(IReadOnlyList<string> (one) => [one.Trial.Number.ToString(CultureInfo.InvariantCulture), TuneWords.Value(one.Trial.Values[0]), TuneWords.Value(one.Best)])],
            alone => rise.Length == 0 ? PlotFrame.Empty(alone, Title, words) : Draw(facts, other, rise, alone, words));
    }

    private static string Draw(StudyFacts facts, StudyFacts? other, (TrialRecord Trial, double Best)[] rise, bool alone, string words)
    {
        double[] values = [.. facts.Complete.Concat(other?.Complete ?? []).Select(trial => facts.Shown(trial.Values[0]))];
        var frame = new PlotFrame(alone, (0, Math.Max(1, Math.Max(facts.All.Length, other?.All.Length ?? 0) - 1)), (values.Min(), values.Max()), "trial", "value", whole: true);
        foreach (TrialRecord trial in facts.Some(facts.All))
        {
            double x = frame.X.At(trial.Number);
            if (trial.State == TrialState.Complete) frame.Drawing.Dot(trial.IsFeasible ? "dot" : "dot-failed", x, frame.Y.At(facts.Shown(trial.Values[0])), 3, StudyFacts.Tip(trial));
            else if (trial is { State: TrialState.Pruned, Values.Length: > 0 }) frame.Drawing.Dot("dot-pruned", x, frame.Y.At(facts.Shown(trial.Values[0])), 3, StudyFacts.Tip(trial));
        }

        if (other is not null) frame.Drawing.Path("line-other", Stairs(Rise(other), frame, facts, other.All.Length));
        frame.Drawing.Path("line", Stairs(rise, frame, facts, facts.All.Length));
        TrialRecord best = facts.Best[0];
        frame.Drawing.Dot("dot-best", frame.X.At(best.Number), frame.Y.At(facts.Shown(best.Values[0])), 5, StudyFacts.Tip(best));
        return frame.Drawing.Finish(Title, words);
    }

    private static IEnumerable<(double, double)> Stairs(IEnumerable<(TrialRecord Trial, double Best)> rise, PlotFrame frame, StudyFacts facts, int count)
    {
        double? last = null;
        foreach ((TrialRecord trial, double best) in rise)
        {
            if (last == best) continue;
            if (last is { } before) yield return (frame.X.At(trial.Number), frame.Y.At(facts.Shown(before)));
            yield return (frame.X.At(trial.Number), frame.Y.At(facts.Shown(best)));
            last = best;
        }

        if (last is { } end) yield return (frame.X.At(Math.Max(0, count - 1)), frame.Y.At(facts.Shown(end)));
    }

    private static IEnumerable<(TrialRecord Trial, double Best)> Rise(StudyFacts facts)
    {
        double? best = null;
        foreach (TrialRecord trial in facts.Complete)
        {
            if (best is null || facts.IsBetter(trial.Values[0], best.Value)) best = trial.Values[0];
            yield return (trial, best.Value);
        }
    }
}
