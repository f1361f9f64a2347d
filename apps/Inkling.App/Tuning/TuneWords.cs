using System.Collections.Immutable;
using System.Globalization;
using Inkling.Tuning;

namespace Inkling.App.Tuning;

/// <summary>How trials are said.</summary>
internal static class TuneWords
{
    /// <summary>A value with as many figures as matter.</summary>
    public static string Value(double value) => value.ToString(Math.Abs(value) is >= 1e-4 and < 1e6 or 0 ? "0.######" : "0.####e+0", CultureInfo.InvariantCulture);

    /// <summary>The values of all objectives.</summary>
    public static string Values(TrialRecord trial) => trial.Values.Length == 0 ? "–" : string.Join(", ", trial.Values.Select(Value));

    /// <summary>For example <c>lr=0.0123 optimizer=adam</c>.</summary>
    public static string Parameters(TrialRecord trial) => string.Join(' ', trial.Parameters.Select(one => $"{one.Key}={Parameter(one.Value)}"));

    /// <summary>A value of a parameter for people; <see cref="ParameterValue.Text"/> has every digit.</summary>
    public static string Parameter(ParameterValue value) => value.Distribution is FloatDistribution
        ? value.Value.ToString(Math.Abs(value.Value) is >= 1e-3 and < 1e5 or 0 ? "G4" : "0.###e+0", CultureInfo.InvariantCulture) : value.Text;

    /// <summary>In small letters.</summary>
    public static string State(TrialState state) => state switch
    {
        TrialState.Running => "running",
        TrialState.Complete => "complete",
        TrialState.Pruned => "pruned",
        TrialState.Failed => "failed",
        _ => "waiting",
    };

    /// <summary>For example <c>minimize</c>, or <c>minimize, maximize</c>.</summary>
    public static string Directions(ImmutableArray<Direction> directions)
        => string.Join(", ", directions.Select(direction => direction == Direction.Minimize ? "minimize" : "maximize"));

    /// <summary>For example <c>12 of 50, 1 failed</c>.</summary>
    public static string Counts(TuneProgress progress, int total)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{progress.Finished:#,0} of {total:#,0}");
        foreach ((int count, string word) in (ReadOnlySpan<(int, string)>)[(progress.Running, "running"), (progress.Waiting, "waiting"), (progress.Pruned, "pruned"), (progress.Failed, "failed")])
        {
            if (count > 0) text += string.Create(CultureInfo.InvariantCulture, $", {count:#,0} {word}");
        }

        return text;
    }

    /// <summary>That only trials of others are left.</summary>
    /// <param name="trials">How many; at least 1.</param>
    public static string Wait(int trials) => string.Create(CultureInfo.InvariantCulture,
        $"waiting for {trials:#,0} {(trials == 1 ? "trial" : "trials")} of another worker (if it is gone, at most {TuneRun.Silence.TotalSeconds:0} s)");

    /// <summary>For example <c>4 of 30, 1 failed; time was up</c>; the reason is only said of a study that is not full.</summary>
    /// <param name="progress">The study at the end of a run.</param>
    /// <param name="total">Trials that it was to have.</param>
    /// <param name="end">Why the run ended; null if it was interrupted.</param>
    public static string Outcome(TuneProgress progress, int total, StopReason? end)
    {
        string counts = Counts(progress, Math.Max(total, progress.Finished));
        return progress.Finished >= total ? counts : counts + end switch
        {
            null => "; interrupted",
            StopReason.Time => "; time was up",
            StopReason.Cost => "; the cost was reached",
            StopReason.Exhausted => "; there is nothing else to try",
            _ => "; stopped",
        };
    }
}
