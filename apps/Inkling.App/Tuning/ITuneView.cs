namespace Inkling.App.Tuning;

/// <summary>Shows a study at work to the person who waits for it.</summary>
internal interface ITuneView : IDisposable
{
    /// <summary>Shows where it stands.</summary>
    /// <param name="watch">The trials.</param>
    /// <param name="elapsed">How long this run has taken.</param>
    void Show(TrialWatch watch, TimeSpan elapsed);

    /// <summary>Tells that only trials of other workers are left, which may be gone.</summary>
    /// <param name="trials">How many; 0 when there is something to do again.</param>
    void Wait(int trials);

    /// <summary>Tells that the run was asked to stop.</summary>
    void Stopping();

    /// <summary>The view that fits where standard error goes: a live table on a terminal, lines elsewhere.</summary>
    /// <param name="title">What is tuned.</param>
    /// <param name="total">Trials of the study in the end.</param>
    static ITuneView Create(string title, int total)
    {
        bool plain = Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb" || Environment.GetEnvironmentVariable("CI") is { Length: > 0 };
        return plain ? new PlainTuneView(Console.Error, title, total) : new LiveTuneView(title, total);
    }
}
