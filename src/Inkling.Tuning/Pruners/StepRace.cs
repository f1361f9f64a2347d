namespace Inkling.Tuning;

/// <summary>At which reports a pruner that looks only now and then looks.</summary>
internal static class StepRace
{
    /// <summary>Whether this is the first report of a trial in the interval its step falls into: trials need not report every step.</summary>
    public static bool IsFirstOfInterval(TrialRecord trial, int step, int warmup, int interval)
    {
        int begin = warmup + (step - warmup) / interval * interval;
        return !trial.Intermediate.Keys.Any(other => other >= begin && other < step);
    }
}
