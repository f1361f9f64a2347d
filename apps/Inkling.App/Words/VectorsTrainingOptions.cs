using System.CommandLine;
using Inkling.App.Running;
using Inkling.Language;

namespace Inkling.App.Words;

/// <summary>The options of <c>vectors train</c>.</summary>
internal sealed class VectorsTrainingOptions
{
    private readonly Option<string[]> _text = Paths("--text", "train: text files or folders of .txt, a sentence or a paragraph a line.");
    private readonly Option<string[]> _mail = Paths("--mail", "train: mail: .eml, .mbox, a Maildir, a folder of any of these, .jsonl or .jsonl.gz.");
    private readonly Option<string?> _me = new("--me") { Description = "train: your address, to tell your own mail from others'.", HelpName = "ADDRESS" };
    private readonly Option<string?> _out = new("--out") { Description = "train: where the vectors go; without an ending a folder with 8-bit rows.", HelpName = "FILE" };
    private readonly Option<string?> _from = new("--from") { Description = "train: vectors to begin with.", HelpName = "FILE" };
    private readonly Option<string?> _method = new("--method") { Description = "train: how to learn, skipgram by default. map: pca or tsne, tsne by default.", HelpName = "skipgram|cbow|subwords|glove|pca|tsne" };
    private readonly Option<int?> _width = new("--width") { Description = "train: numbers of a vector; by default 100, or as --from.", HelpName = "N" };
    private readonly Option<int?> _window = new("--window") { Description = "train: the farthest neighbour in words; by default 5, glove 10.", HelpName = "N" };
    private readonly Option<int?> _epochs = new("--epochs") { Description = "train: passes over the text; by default 5, glove 25.", HelpName = "N" };
    private readonly Option<float?> _rate = new("--rate") { Description = "train: the learning rate; by default 0.025, others than skipgram 0.05.", HelpName = "R" };
    private readonly Option<int> _negative = new("--negative") { Description = "train: words drawn for each that was there.", DefaultValueFactory = _ => 5, HelpName = "N" };
    private readonly Option<double> _sample = new("--sample") { Description = "train: skip words more frequent than this share now and then.", DefaultValueFactory = _ => 1e-3, HelpName = "S" };
    private readonly Option<int> _least = new("--min-count") { Description = "train: leave out words that occur less often.", DefaultValueFactory = _ => 5, HelpName = "N" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "train: the same seed and text give the same vectors.", DefaultValueFactory = _ => 1, HelpName = "N" };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_text, _mail, _me, _out, _from, _method, _width, _window, _epochs, _rate, _negative, _sample, _least, _seed];

    /// <summary>How a map is laid out.</summary>
    /// <exception cref="FailureException">It is no way to lay out a map.</exception>
    public WordMapMethod MapMethod(ParseResult given) => given.GetValue(_method) switch
    {
        null or "tsne" => WordMapMethod.Tsne,
        "pca" => WordMapMethod.Pca,
        var other => throw FailureException.Usage($"--method {other}: a map is laid out by pca or tsne"),
    };

    /// <summary>Reads what is given.</summary>
    /// <param name="given">The command line.</param>
    /// <param name="most">How many words to keep.</param>
    /// <exception cref="FailureException">Something is missing or wrong.</exception>
    public VectorsTraining Read(ParseResult given, int? most)
    {
        string[] text = given.GetValue(_text) ?? [], mail = given.GetValue(_mail) ?? [];
        if (text.Length + mail.Length == 0) throw FailureException.Usage("vectors train needs text: name it with --text or --mail");
        string target = given.GetValue(_out) ?? throw FailureException.Usage("vectors train needs --out: where the vectors go");
        if (most is < 1) throw FailureException.Usage($"--words {most}: give 1 or more");
        int least = given.GetValue(_least);
        if (least < 1) throw FailureException.Usage($"--min-count {least}: give 1 or more");
        IWordVectorTrainer trainer = WordVectorTrainers.All.FirstOrDefault(one => one.Name == (given.GetValue(_method) ?? "skipgram"))
            ?? throw FailureException.Usage($"--method {given.GetValue(_method)}: give {string.Join(", ", WordVectorTrainers.All.Select(one => one.Name))}");
        WordVectors? start = given.GetValue(_from) is { } from ? ShippedVectors.Load(from) : null;
        return new VectorsTraining(MailPaths.Existing("--text", text), MailPaths.Existing("--mail", mail), given.GetValue(_me), Path.GetFullPath(target), trainer, least, most ?? int.MaxValue, new WordVectorTrainingOptions
        {
            Width = given.GetValue(_width) ?? start?.Width ?? 100,
            Window = given.GetValue(_window),
            Epochs = given.GetValue(_epochs),
            Rate = given.GetValue(_rate),
            Negative = given.GetValue(_negative),
            Sample = given.GetValue(_sample),
            Seed = given.GetValue(_seed),
            Start = start,
        });
    }

    private static Option<string[]> Paths(string name, string description) => new(name) { Description = description, HelpName = "PATH...", AllowMultipleArgumentsPerToken = true };
}
