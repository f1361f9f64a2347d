namespace Inkling.App.Running;

/// <summary>Something the user can act on: its message is printed as it stands, without a stack trace.</summary>
/// <param name="message">What was tried, what was given, and the remedy, in one line.</param>
/// <param name="exitCode">1 (failed) by default, 2 for wrong usage.</param>
internal sealed class FailureException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    /// <summary>What the program returns.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>Wrong usage: the command line itself asks for something that cannot be.</summary>
    public static FailureException Usage(string message) => new(message, Running.ExitCode.Usage);
}
