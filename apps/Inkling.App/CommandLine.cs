using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using Inkling.App.Commands;
using Inkling.App.Running;

namespace Inkling.App;

/// <summary>Reads the command line, runs one command and turns whatever happens into an exit code and one clear line.</summary>
internal static class CommandLine
{
    /// <summary>Runs the program.</summary>
    /// <param name="arguments">What the shell gave; without a command, the studio starts.</param>
    /// <returns>0 done, 1 failed, 2 wrong usage, 130 interrupted.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["--version"])
        {
            Console.WriteLine(ProgramVersion.Text);
            return ExitCode.Done;
        }

        string[] given = WithDefaultCommand(arguments);
        if (given[0] is [not '-', ..] name && !Catalogue.Names.Contains(name))
        {
            Console.Error.WriteLine($"inkling: there is no command '{name}'; choose one of {string.Join(", ", Catalogue.Names)} (`inkling --help` says more)");
            return ExitCode.Usage;
        }

        Command root = BuildSyntax(given);
        ParseResult result = root.Parse(given);
        if (result.Action is HelpAction)
        {
            return Help.Write(result);
        }

        if (result.Errors.Count > 0)
        {
            return Usage(result);
        }

        if (result.CommandResult.Command is not AppCommand command)
        {
            Console.Error.WriteLine("inkling: no command given; `inkling --help` lists them");
            return ExitCode.Usage;
        }

        return await Guard.RunAsync(stop => command.RunAsync(result, stop)).ConfigureAwait(false);
    }

    // `inkling` and `inkling --port 7071` mean the studio.
    private static string[] WithDefaultCommand(string[] arguments) => arguments switch
    {
        [] => [Catalogue.Default],
        ["-h" or "-?" or "--help", ..] => arguments,
        [['-', ..], ..] => [Catalogue.Default, .. arguments],
        _ => arguments,
    };

    // Building one command instead of all of them keeps the start of `complete` short; help shows all.
    private static Command BuildSyntax(string[] given)
    {
        var root = new Command("inkling", "Completes the e-mail you are writing, on your own machine.") { new HelpOption() };
        bool known = Catalogue.TryCreate(given[0], out AppCommand? one);
        foreach (AppCommand command in known ? [one!] : Catalogue.CreateAll())
        {
            root.Add(command);
        }

        return root;
    }

    private static int Usage(ParseResult result)
    {
        string path = result.CommandResult.Command is AppCommand command ? $"inkling {command.Name}" : "inkling";
        if (PlainWords(result.Errors[0]) is { } plain)
        {
            Console.Error.WriteLine($"{path}: {plain}; `{path} --help` shows the usage");
            return ExitCode.Usage;
        }

        // Some messages of the parser go over several lines; ours is one.
        string message = string.Join(' ', result.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        Console.Error.WriteLine($"{path}: {message}; `{path} --help` shows the usage");
        return ExitCode.Usage;
    }

    // The parser names types of .NET where a number is expected.
    private static string? PlainWords(ParseError error)
    {
        if (error.SymbolResult is not OptionResult { Tokens: [var token], Option: { } option }) return null;
        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        (bool reads, string words) = type == typeof(int) ? (int.TryParse(token.Value, CultureInfo.InvariantCulture, out _), long.TryParse(token.Value, CultureInfo.InvariantCulture, out long far) && far > int.MaxValue ? "a smaller whole number" : "a whole number")
            : type == typeof(ulong) ? (ulong.TryParse(token.Value, CultureInfo.InvariantCulture, out _), "a whole number, 0 or more")
            : type == typeof(double) ? (double.TryParse(token.Value, CultureInfo.InvariantCulture, out _), "a number") : (true, "");
        return reads ? null : $"{option.Name} {token.Value}: give {words}";
    }
}
