using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Inkling.Nn.Checkpoints;

namespace Inkling.Mail;

/// <summary>What a run was begun with and cannot change on its way; kept beside its state, so that going on with something else is refused and not silently another run.</summary>
internal sealed record RunSettings
{
    private const string FileName = "run.json";

    /// <summary>The highest learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Dropout while training.</summary>
    public required double Dropout { get; init; }

    /// <summary>Mails read side by side, at most.</summary>
    public required int Lanes { get; init; }

    /// <summary>Tokens that back-propagation reaches back.</summary>
    public required int Steps { get; init; }

    /// <summary>Width of token vectors; null where it is that of the model to go on from.</summary>
    public int? EmbeddingWidth { get; init; }

    /// <summary>Width of the recurrent state; null as above.</summary>
    public int? HiddenWidth { get; init; }

    /// <summary>Tokens of the tokenizer at most; null as above.</summary>
    public int? VocabularySize { get; init; }

    /// <summary>Seed of everything random.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Passes over the mail, over which the learning rate falls.</summary>
    public required double Epochs { get; init; }

    /// <summary>The share of the background that a pass reads.</summary>
    public required double BackgroundWeight { get; init; }

    /// <summary>The settings of a run.</summary>
    public static RunSettings Of(MailTrainingOptions options) => new()
    {
        LearningRate = options.HighestRate,
        Dropout = options.Preset.Dropout,
        Lanes = options.Preset.Lanes,
        Steps = options.Preset.Steps,
        EmbeddingWidth = options.From is null ? options.Preset.EmbeddingWidth : null,
        HiddenWidth = options.From is null ? options.Preset.HiddenWidth : null,
        VocabularySize = options.From is null ? options.Preset.VocabularySize : null,
        Seed = options.Seed,
        Epochs = options.Epochs ?? options.Preset.Epochs,
        BackgroundWeight = options.BackgroundWeight,
    };

    /// <summary>Writes them down.</summary>
    /// <param name="folder">Where the state of the run is.</param>
    public void Save(string folder) => AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, RunSettingsJson.Default.RunSettings) + "\n");

    /// <summary>Refuses to go on with a run that was begun with others; runs of versions that did not write them down are let through.</summary>
    /// <param name="folder">Where the state of the run is.</param>
    /// <exception cref="CheckpointException">Something is different; the message names it.</exception>
    public void Check(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return;
        RunSettings begun;
        try
        {
            begun = JsonSerializer.Deserialize(File.ReadAllText(path), RunSettingsJson.Default.RunSettings) ?? throw new JsonException("it is empty");
        }
        catch (JsonException damage)
        {
            throw new CheckpointException($"'{path}' is damaged: {damage.Message} Delete it and go on with the same command as the run was begun with.", damage);
        }

        string[] others = [.. Different("learning rate", begun.LearningRate, LearningRate), .. Different("dropout", begun.Dropout, Dropout), .. Different("lanes", begun.Lanes, Lanes),
            .. Different("steps", begun.Steps, Steps), .. Different("embedding", begun.EmbeddingWidth, EmbeddingWidth), .. Different("hidden", begun.HiddenWidth, HiddenWidth),
            .. Different("vocabulary", begun.VocabularySize, VocabularySize), .. Different("seed", begun.Seed, Seed), .. Different("epochs", begun.Epochs, Epochs), .. Different("background weight", begun.BackgroundWeight, BackgroundWeight)];
        if (others.Length > 0)
            throw new CheckpointException($"The interrupted run in '{Path.GetDirectoryName(folder)}' was begun with {string.Join(", ", others)}. Go on with the command it was begun with and --resume, or start another run in another folder.");
    }

    private static IEnumerable<string> Different<T>(string name, T begun, T now)
        => EqualityComparer<T>.Default.Equals(begun, now) ? [] : [string.Create(CultureInfo.InvariantCulture, $"{name} {(begun is null ? "of the model it went on from" : begun)}, not {(now is null ? "that of a model to go on from" : now)}")];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunSettings))]
internal sealed partial class RunSettingsJson : JsonSerializerContext;
