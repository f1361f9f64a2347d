using System.Collections.Immutable;
using System.Text;
using Inkling.App.Running;

namespace Inkling.App.Tuning;

/// <summary>
/// A command line with <c>{name}</c> where values go. It is parted into words as a shell does, quotes and backslashes included, before values are put in: a value
/// is never more than a part of one word, and there is no shell. <c>{{</c> and <c>}}</c> are braces, <c>{trial}</c> is the number of the trial.
/// </summary>
internal sealed class CommandTemplate
{
    /// <summary>The hole for the number of the trial.</summary>
    public const string Trial = "trial";

    private readonly ImmutableArray<string> _words;

    private CommandTemplate(string text, ImmutableArray<string> words, ImmutableArray<string> holes)
    {
        bool same = true;
        Fill(words[0], _ =>
        {
            same = false;
            return "";
        });
        (Text, _words, Holes, HasOneProgram) = (text, words, holes, same);
    }

    /// <summary>As it was given.</summary>
    public string Text { get; }

    /// <summary>The names in it.</summary>
    public ImmutableArray<string> Holes { get; }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="FailureException">A quote or a brace is not closed, or there is no command.</exception>
    public static CommandTemplate Parse(string text)
    {
        ImmutableArray<string> words = Split(text);
        if (words.Length == 0) throw FailureException.Usage("--command is empty; give a command such as 'train.sh --lr {lr}'");
        var holes = new List<string>();
        foreach (string word in words)
            Fill(word, name =>
            {
                holes.Add(name);
                return "";
            });
        return new CommandTemplate(text, words, [.. holes.Distinct()]);
    }

    /// <summary>The words with values.</summary>
    /// <param name="value">The text for a name.</param>
    public IReadOnlyList<string> Fill(Func<string, string> value) => [.. _words.Select(word => Fill(word, value))];

    /// <summary>Whether the program is the same in every trial: there is no hole in its name.</summary>
    public bool HasOneProgram { get; }

    /// <summary>The path of the program, looked for as a shell would, along the PATH, and last in the present folder.</summary>
    /// <exception cref="FailureException">There is none, or it may not be executed.</exception>
    public string FindProgram(Func<string, string> value)
    {
        string name = Fill(_words[0], value);
        bool isPath = name.Contains('/', StringComparison.Ordinal);
        string[] places = isPath
            ? [name]
            : [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)), name];
        if (places.FirstOrDefault(IsProgram) is { } found) return Path.GetFullPath(found);
        throw new FailureException(places.FirstOrDefault(File.Exists) is { } idle
            ? $"--command: {idle} may not be executed; `chmod +x {Quote(idle)}` allows it"
            : $"--command: there is no program '{name}'{(isPath ? "" : ", neither here nor on the PATH")}");
    }

    /// <summary>With values, as a line for a shell.</summary>
    /// <param name="value">The text for a name.</param>
    public string Line(Func<string, string> value) => string.Join(' ', Fill(value).Select(Quote));

    private static string Quote(string value)
        => value.Length > 0 && value.All(letter => char.IsAsciiLetterOrDigit(letter) || "-+_.,:/@%=".Contains(letter, StringComparison.Ordinal)) ? value
            : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsProgram(string file)
        => File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);

    private static string Fill(string word, Func<string, string> value)
    {
        var filled = new StringBuilder();
        for (int i = 0; i < word.Length; i++)
        {
            if (word[i] is '{' or '}' && i + 1 < word.Length && word[i + 1] == word[i])
            {
                filled.Append(word[i++]);
            }
            else if (word[i] == '{')
            {
                int end = word.IndexOf('}', i);
                if (end < 0) throw FailureException.Usage($"--command: a brace of '{word}' is not closed; write {{{{ for a brace itself");
                filled.Append(value(word[(i + 1)..end]));
                i = end;
            }
            else
            {
                filled.Append(word[i]);
            }
        }

        return filled.ToString();
    }

    private static ImmutableArray<string> Split(string text)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        char quote = '\0';
        bool begun = false;
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            bool escapes = letter == '\\' && i + 1 < text.Length && (quote == '\0' || quote == '"' && text[i + 1] is '"' or '\\' or '$' or '`' or '\n');
            if (escapes && text[i + 1] == '\n' && quote != '\'')
            {
                // The line goes on in the next.
                i++;
                continue;
            }

            if (escapes && quote != '\'') word.Append(text[++i]);
            else if (quote != '\0' && letter == quote) quote = '\0';
            else if (quote == '\0' && letter is '"' or '\'' && quote == '\0') quote = letter;
            else if (quote == '\0' && char.IsWhiteSpace(letter))
            {
                if (begun) words.Add(word.ToString());
                word.Clear();
                begun = false;
                continue;
            }
            else word.Append(letter);
            begun = true;
        }

        if (quote != '\0') throw FailureException.Usage($"--command: a quote {quote} is not closed");
        if (begun) words.Add(word.ToString());
        return words.ToImmutable();
    }
}
