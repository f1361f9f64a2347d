using System.CommandLine;
using System.CommandLine.Help;

namespace Inkling.App.Commands;

/// <summary>The help: what the parser knows of options and arguments, followed by examples.</summary>
internal static class Help
{
    /// <summary>Writes the help that <paramref name="result"/> asks for to standard output.</summary>
    public static int Write(ParseResult result)
    {
        _ = ((HelpAction)result.Action!).Invoke(result);
        Console.WriteLine("Examples:");
        if (result.CommandResult.Command is AppCommand command)
        {
            WriteExamples(command.Examples);
        }
        else
        {
            WriteExamples([
                ("inkling", "start the studio in your browser"),
                ("inkling complete \"Thank you\"", "one suggestion for a draft"),
                ("inkling train --help", "the options of one command, with examples"),
            ]);
        }

        return Running.ExitCode.Done;
    }

    private static void WriteExamples(IReadOnlyList<(string Line, string Purpose)> examples)
    {
        foreach ((string line, string purpose) in examples)
        {
            Console.WriteLine($"  # {purpose}");
            Console.WriteLine($"  {line}");
        }
    }
}
