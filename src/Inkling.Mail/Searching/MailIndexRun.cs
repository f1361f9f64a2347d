using System.Diagnostics;
using Inkling.Training;

namespace Inkling.Mail;

/// <summary>One run of indexing: who is told, what holds it and ends it, and the time it takes.</summary>
internal sealed class MailIndexRun(IProgress<MailIndexProgress>? progress, PauseGate? pause, CancellationToken stop)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private TimeSpan _paused;

    /// <summary>What was understood of the mail.</summary>
    public MailReadReport Report { get; } = new();

    /// <summary>Ends it.</summary>
    public CancellationToken Stop => stop;

    /// <summary>Mails that were there when it began.</summary>
    public int Known { get; set; }

    /// <summary>Since it began, without pauses.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started) - _paused;

    /// <summary>Waits while it is held.</summary>
    public void Hold()
    {
        if (pause is not null) _paused += pause.Wait(stop);
    }

    /// <summary>Tells where it stands.</summary>
    public void Tell(int mails, MailIndexStage stage, double share, TimeSpan? remaining) =>
        progress?.Report(new MailIndexProgress(stage, mails, mails - Known, share, Elapsed, remaining));
}
