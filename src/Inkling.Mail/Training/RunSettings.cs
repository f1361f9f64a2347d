using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Inkling.Nn.Checkpoints;

namespace Inkling.Mail;

/// <summary>What a run was begun with and keeps to its end; beside its state, so that who goes on need not say it again, and nothing else becomes of it half-way.</summary>
internal sealed record RunSettings
{
    private const string FileName = "run.json";

    /// <summary>Name of the preset.</summary>
    public required string Preset { get; init; }

    /// <summary>The highest learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Dropout while training.</summary>
    public required double Dropout { get; init; }

    /// <summary>Mails read side by side, at most.</summary>
    public required int Lanes { get; init; }

    /// <summary>Tokens that back-propagation reaches back.</summary>
    public required int Steps { get; init; }

    /// <summary>Tokens that a validation reads.</summary>
    public required int ValidationTokens { get; init; }

    /// <summary>Width of token vectors; without meaning in a run that went on from a model.</summary>
    public required int EmbeddingWidth { get; init; }

    /// <summary>Width of the recurrent state; as above.</summary>
    public required int HiddenWidth { get; init; }

    /// <summary>Seed of everything random.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Passes over the mail, over which the learning rate falls.</summary>
    public required double Epochs { get; init; }

    /// <summary>The share of the background that a pass reads.</summary>
    public required double BackgroundWeight { get; init; }

    /// <summary>Writes down what a run is begun with.</summary>
    /// <param name="options">What it is begun with.</param>
    /// <param name="folder">Where the state of the run is.</param>
    public static void Save(MailTrainingOptions options, string folder)
    {
        var settings = new RunSettings
        {
            Preset = options.Preset.Name, LearningRate = options.HighestRate, Dropout = options.Preset.Dropout, Lanes = options.Preset.Lanes, Steps = options.Preset.Steps,
            ValidationTokens = options.Preset.ValidationTokens, EmbeddingWidth = options.Preset.EmbeddingWidth, HiddenWidth = options.Preset.HiddenWidth,
            Seed = options.Seed, Epochs = options.Epochs ?? options.Preset.Epochs, BackgroundWeight = options.BackgroundWeight,
        };
        AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(settings, RunSettingsJson.Default.RunSettings) + "\n");
    }

    /// <summary>Options with what the interrupted run was begun with; as they are where an older version did not write it down.</summary>
    /// <param name="options">The options of who goes on.</param>
    /// <param name="folder">Where the state of the run is.</param>
    /// <exception cref="CheckpointException">A rate or a number of passes is given that is not that of the run, or the file is damaged.</exception>
    public static MailTrainingOptions Adopt(MailTrainingOptions options, string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return options;
        RunSettings begun;
        try
        {
            begun = JsonSerializer.Deserialize(File.ReadAllText(path), RunSettingsJson.Default.RunSettings) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException damage)
        {
            throw new CheckpointException($"'{path}' is damaged: {damage.Message} Delete it and go on with the same command as the run was begun with.", damage);
        }

        if (options.LearningRate is { } rate && rate != begun.LearningRate) throw Other("a learning rate of", begun.LearningRate, rate);
        if (options.Epochs is { } epochs && epochs != begun.Epochs) throw Other("passes:", begun.Epochs, epochs);
        return options with
        {
            LearningRate = begun.LearningRate,
            Seed = begun.Seed,
            Epochs = begun.Epochs,
            BackgroundWeight = begun.BackgroundWeight,
            Preset = options.Preset with
            {
                Name = begun.Preset,
                Dropout = begun.Dropout,
                Lanes = begun.Lanes,
                Steps = begun.Steps,
                ValidationTokens = begun.ValidationTokens,
                EmbeddingWidth = begun.EmbeddingWidth,
                HiddenWidth = begun.HiddenWidth,
            },
        };

        CheckpointException Other(string what, double then, double now) => new(string.Create(CultureInfo.InvariantCulture,
            $"The interrupted run in '{Path.GetDirectoryName(folder)}' was begun with {what} {then}, not {now}, and keeps to it. Leave it out, or start another run in another folder."));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RunSettings))]
internal sealed partial class RunSettingsJson : JsonSerializerContext;
