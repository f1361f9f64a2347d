using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Inkling.App.Running;
using Inkling.App.Words;
using Inkling.Language;
using Inkling.Nn.Checkpoints;

namespace Inkling.App.Commands;

/// <summary><c>vectors train</c>, <c>vectors convert</c> and <c>vectors map</c>: word vectors of one's own, in other formats, and as a picture.</summary>
internal sealed class VectorsCommand : AppCommand
{
    private const int MostNeighbors = 500;

    private readonly Argument<string> _action = new("ACTION") { Description = "What to do: train, convert or map." };
    private readonly Argument<string[]> _given = new("GIVEN") { Description = "convert: the file to read and the one to write. map: the words.", Arity = ArgumentArity.ZeroOrMore };
    private readonly VectorsTrainingOptions _training = new();
    private readonly Option<string?> _format = new("--format") { Description = "convert, train: the format to write; by default what the name's ending says.", HelpName = string.Join('|', WordVectorFormats.All.Select(one => one.Name)) };
    private readonly Option<int?> _words = new("--words") { Description = "convert, train: keep so many words, the most frequent.", HelpName = "N" };
    private readonly Option<string?> _svg = new("--svg") { Description = "map: the picture to write.", HelpName = "FILE" };
    private readonly Option<int> _neighbors = new("--neighbors") { Description = "map: how many nearest words of each to show too.", DefaultValueFactory = _ => 15, HelpName = "N" };
    private readonly Option<string?> _vectors = WordOptions.Vectors();
    private readonly Option<bool> _json = new("--json") { Description = "Print what came out as one JSON document." };

    public VectorsCommand() : base("vectors", "Learn word vectors from text or mail, write them in another format, or draw a map of words.")
    {
        _action.AcceptOnlyFromAmong("train", "convert", "map");
        Add(_action);
        Add(_given);
        foreach (Option option in (Option[])[.. _training.All, _format, _words, _svg, _neighbors, _vectors, _json]) Add(option);
    }

    public override IReadOnlyList<(string Line, string Purpose)> Examples =>
    [
        ("inkling vectors train --mail sent.mbox --me ann@example.org --out my-words", "learn from your own mail; then: inkling similar --vectors my-words WORD"),
        ("inkling vectors train --text books/ --method subwords --epochs 10 --out words.bin", "from text files, with parts of words"),
        ("inkling vectors convert glove.6B.100d.txt glove --words 50000", "a folder a quarter as large"),
        ("inkling vectors map --svg map.svg invoice payment budget meeting", "where words lie, with their neighbours"),
    ];

    public override Task<int> RunAsync(ParseResult given, CancellationToken stop)
    {
        string[] pieces = given.GetValue(_given) ?? [];
        return given.GetValue(_action) switch
        {
            "train" => Task.FromResult(Train(given, pieces, stop)),
            "convert" => ConvertAsync(given, pieces, stop),
            _ => Task.FromResult(Map(given, pieces, stop)),
        };
    }

    private int Train(ParseResult given, string[] pieces, CancellationToken stop)
    {
        if (pieces.Length > 0) throw FailureException.Usage($"vectors train: '{pieces[0]}' is not expected; text goes behind --text, mail behind --mail");
        VectorsTraining training = _training.Read(given, given.GetValue(_words));
        IWordVectorFormat format = FormatOf(given, training.Out);
        format.CheckTarget(training.Out);
        (WordVectors vectors, SubwordVectors? withParts) = training.Run(stop);
        Write(vectors, withParts, training.Out, format);
        Tell(vectors, training.Out, format, given.GetValue(_json));
        if (!stop.IsCancellationRequested) return ExitCode.Done;
        Console.Error.WriteLine($"inkling: interrupted (and nothing lost): what was learnt so far is in {training.Out}");
        return ExitCode.Interrupted;
    }

    private async Task<int> ConvertAsync(ParseResult given, string[] pieces, CancellationToken stop)
    {
        if (pieces is not [string from, string to]) throw FailureException.Usage($"vectors convert takes the file to read and the one to write, {pieces.Length} {(pieces.Length == 1 ? "was" : "were")} given");
        IWordVectorFormat format = FormatOf(given, to);
        format.CheckTarget(to);
        int? words = given.GetValue(_words);
        (WordVectors vectors, SubwordVectors? parts) = await Leaving.RunAsync(
            () =>
            {
                SubwordVectors? withParts = ShippedVectors.LoadWithParts(from);
                WordVectors all = withParts?.Words ?? ShippedVectors.Load(from), first = First(all, words);
                return (first, ReferenceEquals(first, all) ? withParts : null);
            },
            stop).ConfigureAwait(false);
        // What is being written is finished: half a file would be left behind otherwise.
        stop.ThrowIfCancellationRequested();
        Write(vectors, parts, to, format);
        Tell(vectors, to, format, given.GetValue(_json));
        return ExitCode.Done;
    }

    private int Map(ParseResult given, string[] words, CancellationToken stop)
    {
        string file = given.GetValue(_svg) ?? throw FailureException.Usage("vectors map needs --svg: the picture to write");
        int neighbors = given.GetValue(_neighbors);
        if (neighbors is < 0 or > MostNeighbors) throw FailureException.Usage($"--neighbors {neighbors}: give 0 to {MostNeighbors}");
        WordMap map = WordMap.Of(ShippedVectors.Load(given.GetValue(_vectors)), words, neighbors, _training.MapMethod(given), stop);
        stop.ThrowIfCancellationRequested();
        AtomicFile.WriteText(file, WordMapPicture.Draw(map, alone: true));
        StandardOutput.WriteLine(given.GetValue(_json)
            ? JsonSerializer.Serialize(new VectorsAnswer(Path.GetFullPath(file), map.Words.Count, 2, "svg"), AppJson.Readable.VectorsAnswer)
            : $"{file}: {map.Words.Count} words");
        return ExitCode.Done;
    }

    private IWordVectorFormat FormatOf(ParseResult given, string path)
    {
        try
        {
            return given.GetValue(_format) is { } name ? WordVectorFormats.Named(name) : WordVectorFormats.ForName(path);
        }
        catch (ArgumentException error)
        {
            throw FailureException.Usage(error.Message.Split(" (Parameter", StringSplitOptions.None)[0]);
        }
    }

    // Parts of other words must not stay beside the new ones.
    private static void Write(WordVectors vectors, SubwordVectors? withParts, string path, IWordVectorFormat format)
    {
        if (withParts is not null)
        {
            withParts.Save(path, format);
            return;
        }

        format.Write(vectors, path);
        SubwordVectors.RemoveBeside(path);
    }

    private static WordVectors First(WordVectors vectors, int? words) => words switch
    {
        null => vectors,
        < 1 => throw FailureException.Usage($"--words {words}: give 1 or more"),
        { } most when most >= vectors.Count => vectors,
        { } most => new WordVectors([.. vectors.Words.Take(most)], vectors.Values[..(most * vectors.Width)].ToArray()),
    };

    private static void Tell(WordVectors vectors, string path, IWordVectorFormat format, bool json) => StandardOutput.WriteLine(json
        ? JsonSerializer.Serialize(new VectorsAnswer(Path.GetFullPath(path), vectors.Count, vectors.Width, format.Name), AppJson.Readable.VectorsAnswer)
        : string.Create(CultureInfo.InvariantCulture, $"{path}: {vectors.Count:#,0} words × {vectors.Width}, {format.Name}"));
}

/// <summary>What <c>vectors --json</c> prints.</summary>
/// <param name="File">What was written.</param>
/// <param name="Words">How many words it holds.</param>
/// <param name="Width">Numbers of a vector.</param>
/// <param name="Format">The format.</param>
internal sealed record VectorsAnswer(string File, int Words, int Width, string Format);
