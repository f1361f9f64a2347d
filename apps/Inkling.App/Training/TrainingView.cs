namespace Inkling.App.Training;

/// <summary>Chooses the view that fits where standard error goes: the results are on standard output and stay clean.</summary>
internal static class TrainingView
{
    /// <summary>A live view on a terminal, plain lines elsewhere.</summary>
    public static ITrainingView Create()
    {
        bool plain = Console.IsErrorRedirected
            || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb"
            || Environment.GetEnvironmentVariable("CI") is { Length: > 0 };
        return plain ? new PlainTrainingView(Console.Error) : new LiveTrainingView();
    }
}
