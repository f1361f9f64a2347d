using System.CommandLine;

namespace Inkling.App.Commands;

/// <summary>One command of the program: its syntax, its examples and what it does. To add one, add a file beside this one and a
/// line to <see cref="Catalogue"/>.</summary>
/// <param name="name">What is typed after <c>inkling</c>.</param>
/// <param name="summary">One line for the help.</param>
internal abstract class AppCommand(string name, string summary) : Command(name, summary)
{
    /// <summary>Command lines that work, with what they are for: shown by <c>--help</c>.</summary>
    public abstract IReadOnlyList<(string Line, string Purpose)> Examples { get; }

    /// <summary>Does it.</summary>
    /// <param name="given">The parsed options and arguments.</param>
    /// <param name="stop">Fires at Ctrl+C.</param>
    /// <returns>An exit code (<see cref="Running.ExitCode"/>).</returns>
    public abstract Task<int> RunAsync(ParseResult given, CancellationToken stop);
}
