using System.Globalization;
using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Numerics;
using Inkling.Training.Data;
using Inkling.Training.Logs;

namespace Inkling.Language;

/// <summary>
/// From text to text: an <see cref="EncoderDecoder"/> with the symbols of both its sides. For languages, but as well for anything that is rewritten:
/// dates, names, spelling. One thread at a time.
/// </summary>
/// <example><code>
/// using Translator translator = Translator.Create(PieceSymbols.Train(german), PieceSymbols.Train(english), seed: 1);
/// DataLoader loader = new(translator.Pairs(german, english), new LoaderOptions { BatchSize = 64, Shuffle = true, BucketBy = "source", TimeFirst = true });
/// translator.Model.Fit(translator.Model.Forward, loader, translator.Model.Loss, new Adam(translator.Model.Parameters), new FitOptions { ClipNorm = 1 });
/// string english = translator.Translate("Ein Hund rennt.");
/// </code></example>
public sealed class Translator : IDisposable
{
    private const string ModelFile = "model.safetensors", SourceName = "source", TargetName = "target";

    private readonly SequenceDecoder _decoder;

    /// <summary>Puts a model and its symbols together.</summary>
    /// <param name="model">A built model.</param>
    /// <param name="source">The symbols that it reads.</param>
    /// <param name="target">The symbols that it writes.</param>
    /// <param name="team">The threads for translating; null for all cores. Results do not depend on it.</param>
    /// <exception cref="ArgumentException">The model has other numbers of symbols.</exception>
    public Translator(EncoderDecoder model, TextSymbols source, TextSymbols target, Team? team = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        if (model.Config.SourceVocabulary != source.Count || model.Config.TargetVocabulary != target.Count)
            throw new ArgumentException($"Translator: the model is for {model.Config.SourceVocabulary} → {model.Config.TargetVocabulary} symbols, those given are {source.Count} → {target.Count}.", nameof(model));
        (Model, Source, Target) = (model, source, target);
        _decoder = new SequenceDecoder(model, team);
    }

    /// <summary>What is trained.</summary>
    public EncoderDecoder Model { get; }

    /// <summary>The symbols that are read.</summary>
    public TextSymbols Source { get; }

    /// <summary>The symbols that are written.</summary>
    public TextSymbols Target { get; }

    /// <summary>Makes and builds a model for symbols.</summary>
    /// <param name="source">The symbols that it reads.</param>
    /// <param name="target">The symbols that it writes.</param>
    /// <param name="seed">Decides the initial parameters.</param>
    /// <param name="sizes">The other sizes; its numbers of symbols are replaced. Null for the defaults.</param>
    /// <param name="team">The threads for translating; null for all cores.</param>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public static Translator Create(TextSymbols source, TextSymbols target, ulong seed, EncoderDecoderConfig? sizes = null, Team? team = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        EncoderDecoderConfig config = (sizes ?? new EncoderDecoderConfig()) with { SourceVocabulary = source.Count, TargetVocabulary = target.Count };
        return new Translator(new EncoderDecoder(config).Build(seed), source, target, team);
    }

    /// <summary>Pairs of texts as a data set for training (<see cref="SequencePairs"/>).</summary>
    /// <param name="sources">What is read.</param>
    /// <param name="targets">What shall be written for each.</param>
    /// <exception cref="ArgumentException">There are no pairs, or not as many targets as sources, or a source is empty, or a text has what no symbol stands for.</exception>
    public DataSet Pairs(IEnumerable<string> sources, IEnumerable<string> targets) => SequencePairs.ToDataSet([.. sources.Select(Source.Encode)], [.. targets.Select(Target.Encode)]);

    /// <summary>Translates a text.</summary>
    /// <param name="text">The text, not empty.</param>
    /// <param name="options">How the best translation is looked for; null for the defaults.</param>
    /// <exception cref="ArgumentException">The text is empty or too long, or has what no symbol stands for.</exception>
    public string Translate(string text, DecodingOptions? options = null) => Translate([text], options)[0];

    /// <summary>Translates texts, many at once.</summary>
    /// <param name="texts">The texts, none empty.</param>
    /// <param name="options">How the best translations are looked for; null for the defaults.</param>
    /// <param name="cancellation">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The translation of each.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long, or has what no symbol stands for; the message says which.</exception>
    public IReadOnlyList<string> Translate(IReadOnlyList<string> texts, DecodingOptions? options = null, CancellationToken cancellation = default) =>
        [.. _decoder.Decode([.. texts.Select(Source.Encode)], options, cancellation).Select(result => Target.Decode(result.Symbols))];

    /// <summary>A picture of where the model looks, as SVG: source symbols across, target symbols down.</summary>
    /// <param name="text">The source.</param>
    /// <param name="translation">The target; null for what <see cref="Translate(string, DecodingOptions?)"/> gives.</param>
    /// <exception cref="ArgumentException">The source is empty or too long, or a text has what no symbol stands for.</exception>
    public string DrawAttention(string text, string? translation = null)
    {
        int[] source = Source.Encode(text);
        IReadOnlyList<int> target = translation is null ? _decoder.Decode([source])[0].Symbols : Target.Encode(translation);
        return HeatMapPicture.Draw("Attention", "read", "written",
            [.. source.Append(EncoderDecoder.End).Select(Source.LabelOf)], [.. target.Append(EncoderDecoder.End).Select(Target.LabelOf)], _decoder.Attention(source, target));
    }

    /// <summary>Writes model and symbols to a folder: <c>model.safetensors</c>, with the sizes in its metadata, and a file of symbols for each side.</summary>
    /// <exception cref="IOException">A file cannot be written; each that was there stays as it was until its new one is complete.</exception>
    public void Save(string folder)
    {
        EncoderDecoderConfig config = Model.Config;
        Source.Save(folder, SourceName);
        Target.Save(folder, TargetName);
        ModelCheckpoint.Save(Path.Combine(folder, ModelFile), Model.Parameters, new Dictionary<string, string>
        {
            ["embedding_width"] = Text(config.EmbeddingWidth),
            ["hidden_width"] = Text(config.HiddenWidth),
            ["attention_width"] = Text(config.AttentionWidth),
            ["layers"] = Text(config.Layers),
        });
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="team">The threads for translating; null for all cores.</param>
    /// <exception cref="IOException">A file is missing or damaged, or the files do not belong together; the message names it.</exception>
    public static Translator Load(string folder, Team? team = null)
    {
        TextSymbols source = TextSymbols.Load(folder, SourceName), target = TextSymbols.Load(folder, TargetName);
        string path = Path.Combine(folder, ModelFile);
        EncoderDecoderConfig config;
        using (SafetensorsFile file = SafetensorsFile.Open(path))
        {
            config = new EncoderDecoderConfig
            {
                SourceVocabulary = source.Count,
                TargetVocabulary = target.Count,
                EmbeddingWidth = Number(file, path, "embedding_width"),
                HiddenWidth = Number(file, path, "hidden_width"),
                AttentionWidth = Number(file, path, "attention_width"),
                Layers = Number(file, path, "layers"),
            };
        }

        try
        {
            EncoderDecoder model = new EncoderDecoder(config).Build(seed: 0);
            ModelCheckpoint.Load(path, model.Parameters);
            return new Translator(model, source, target, team);
        }
        catch (ArgumentException error)
        {
            throw new CheckpointException($"Reading '{path}' failed: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(SafetensorsFile file, string path, string name) =>
        file.Metadata.TryGetValue(name, out string? text) && int.TryParse(text, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new CheckpointException($"Reading '{path}' failed: its metadata have no {name}. Is it the model of a translator, written by Translator.Save?");
}
