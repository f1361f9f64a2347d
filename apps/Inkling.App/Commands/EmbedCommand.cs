using System.CommandLine;
using System.Globalization;
using System.Text;
using Inkling.App.Running;
using Inkling.App.Searching;
using Inkling.Language;

namespace Inkling.App.Commands;

/// <summary><c>embed</c>: vectors of texts, whose cosines tell how alike they are in meaning.</summary>
internal sealed class EmbedCommand : AppCommand
{
    private readonly Argument<string[]> _text = new("TEXT") { Description = "Texts; - or nothing reads one a line from standard input.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _model = new("--model") { Description = "The folder of a sentence encoder; by default the shipped one.", HelpName = "DIR" };
    private readonly Option<bool> _json = new("--json") { Description = "Print a JSON array a line; without it, numbers with blanks between." };

    public EmbedCommand() : base("embed", "Turn texts into vectors: one text a line in, one vector a line out.")
    {
        Add(_text);
        Add(_model);
        Add(_json);
    }

    public override IReadOnlyList<(string Line, string Purpose)> Examples =>
    [
        ("inkling embed --json - < sentences.txt", "a JSON array for every line"),
        ("inkling embed \"Shall we meet on Friday?\"", "the vector of one text"),
    ];

    public override Task<int> RunAsync(ParseResult given, CancellationToken stop)
    {
        string[] texts = given.GetValue(_text) ?? [];
        if (texts is [['-', '-', _, ..] mistyped, ..] && !given.Tokens.Any(token => token.Type is System.CommandLine.Parsing.TokenType.DoubleDash))
        {
            throw FailureException.Usage($"embed has no option {mistyped}; put -- before a text that begins with dashes");
        }

        SentenceEncoder encoder = SearchPlaces.LoadEncoder(given.GetValue(_model));
        bool read = texts is [] or ["-"];
        if (read && !Console.IsInputRedirected)
        {
            Console.Error.WriteLine("inkling: type a text a line, then Ctrl+D");
        }

        using StreamWriter output = new(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        float[] vector = new float[encoder.Dimensions];
        foreach (string text in read ? Lines() : texts)
        {
            stop.ThrowIfCancellationRequested();
            encoder.Encode(text, vector);
            Write(output, vector, given.GetValue(_json));
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static IEnumerable<string> Lines()
    {
        using StreamReader reader = new(Console.OpenStandardInput(), new UTF8Encoding(false));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static void Write(StreamWriter output, float[] vector, bool json)
    {
        Span<char> number = stackalloc char[32];
        if (json) output.Write('[');
        for (int i = 0; i < vector.Length; i++)
        {
            if (i > 0) output.Write(json ? ", " : " ");
            vector[i].TryFormat(number, out int length, "0.######", CultureInfo.InvariantCulture);
            output.Write(number[..length]);
        }

        output.WriteLine(json ? "]" : "");
    }
}
