using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using System.Text.Json;
using Inkling.App.Running;
using Inkling.App.Web;
using Inkling.Mail;

namespace Inkling.App.Commands;

/// <summary><c>complete</c>: one suggestion for a draft.</summary>
internal sealed class CompleteCommand : AppCommand
{
    // What a message answered may have: more than any mail, less than what would fill the memory.
    private const int PreviousLimit = 1024 * 1024;

    private readonly Argument<string[]> _text = new("TEXT")
    {
        Description = "The draft up to the caret; - or nothing reads standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _model = new("--model")
    {
        Description = "The model folder; by default the one chosen in the studio, else the shipped one.",
        HelpName = "DIR",
    };

    private readonly Option<string> _subject = new("--subject") { Description = "The subject line.", DefaultValueFactory = _ => "", HelpName = "S" };
    private readonly Option<string?> _previous = new("--previous") { Description = "A text file with the message being answered.", HelpName = "FILE" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the whole answer as one JSON document." };

    public CompleteCommand() : base("complete", "Print one suggestion for a draft.")
    {
        Add(_text);
        Add(_model);
        Add(_subject);
        Add(_previous);
        Add(_json);
    }

    public override IReadOnlyList<(string Line, string Purpose)> Examples =>
    [
        ("inkling complete \"Thank you very much for\"", "what may follow"),
        ("inkling complete --subject \"Lunch on Friday\" --json \"Would it be poss\"", "inside a word, with a subject, as JSON"),
        ("inkling complete --previous question.txt - < draft.txt", "the draft from a file, as an answer to a message"),
    ];

    public override Task<int> RunAsync(ParseResult given, CancellationToken stop)
    {
        // Everything that can be wrong with the arguments is told before the model is loaded.
        string[] words = given.GetValue(_text) ?? [];
        if (words.Length > 1)
        {
            throw FailureException.Usage("complete takes one draft: put it in quotes");
        }

        // The parser takes an option it does not know for a draft; a mistyped one should not be completed.
        if (words is [['-', '-', _, ..] mistyped] && !given.Tokens.Any(token => token.Type is TokenType.DoubleDash))
        {
            throw FailureException.Usage($"complete has no option {mistyped}; put -- before a draft that begins with dashes");
        }

        string previous = ReadPrevious(given.GetValue(_previous));
        string folder = ModelChoice.Resolve(given.GetValue(_model), DataFolder.OfUser());
        string text = words is [var draft] && draft != "-" ? draft : StandardInput.ReadText("draft");
        using Completer completer = Completer.Load(folder);
        Completion completion = completer.Complete(new CompletionRequest { Text = text, Subject = given.GetValue(_subject)!, Previous = previous });
        if (given.GetValue(_json))
        {
            StandardOutput.WriteLine(JsonSerializer.Serialize(CompletionAnswer.From(completion), AppJson.Readable.CompletionAnswer));
        }
        else if (completion.Suggestion is { } suggestion)
        {
            StandardOutput.WriteLine(suggestion.Text);
        }
        else
        {
            Console.Error.WriteLine($"inkling: no suggestion ({completion.Reason})");
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static string ReadPrevious(string? file)
    {
        if (file is null)
        {
            return "";
        }

        try
        {
            using var reader = new StreamReader(file, Encoding.UTF8);
            char[] text = new char[PreviousLimit];
            return new string(text, 0, reader.ReadBlock(text));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"--previous {file}: {problem.Message}");
        }
    }
}
