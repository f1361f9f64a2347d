using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Inkling.App.Running;
using Inkling.App.Searching;
using Inkling.Language;

namespace Inkling.App.Commands;

/// <summary><c>embed</c>: vectors of texts, whose cosines tell how alike they are in meaning.</summary>
internal sealed class EmbedCommand : AppCommand
{
    private const int Ahead = 256; // lines read before they are asked for

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

    public override async Task<int> RunAsync(ParseResult given, CancellationToken stop)
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
        ChannelReader<string> waiting = read ? Lines() : Given(texts);
        while (true)
        {
            // Who writes a line and waits for its vector gets it; who writes many is not slowed down.
            if (!waiting.TryRead(out string? text))
            {
                await output.FlushAsync(stop).ConfigureAwait(false);
                if (!await waiting.WaitToReadAsync(stop).ConfigureAwait(false)) break;
                continue;
            }

            stop.ThrowIfCancellationRequested();
            encoder.Encode(text, vector);
            Write(output, vector, given.GetValue(_json));
        }

        return ExitCode.Done;
    }

    private static ChannelReader<string> Given(string[] texts)
    {
        Channel<string> given = Channel.CreateUnbounded<string>();
        foreach (string text in texts) given.Writer.TryWrite(text);
        given.Writer.Complete();
        return given.Reader;
    }

    // Reading a pipe cannot be cancelled: it has a thread of its own, which ends with the program.
    private static ChannelReader<string> Lines()
    {
        Channel<string> lines = Channel.CreateBounded<string>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        _ = Task.Factory.StartNew(() => ReadAsync(lines.Writer), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return lines.Reader;
    }

    private static async Task ReadAsync(ChannelWriter<string> lines)
    {
        try
        {
            using StreamReader reader = new(Console.OpenStandardInput(), new UTF8Encoding(false));
            while (reader.ReadLine() is { } line) await lines.WriteAsync(line).ConfigureAwait(false);
            lines.Complete();
        }
        catch (Exception problem)
        {
            lines.Complete(problem);
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
