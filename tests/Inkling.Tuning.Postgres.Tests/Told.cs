namespace Inkling.Tuning.Tests;

internal sealed class Told(Action<TrialRecord> tell) : IProgress<TrialRecord>
{
    public void Report(TrialRecord value) => tell(value);
}
