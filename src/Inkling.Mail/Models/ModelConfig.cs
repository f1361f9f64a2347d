using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Inkling.Language;
using Inkling.Nn.Checkpoints;

namespace Inkling.Mail;

/// <summary>The file <c>config.json</c> of a model folder: what the model is, how its weights are stored, how its completions are judged.</summary>
public sealed record ModelConfig
{
    /// <summary>The file's name.</summary>
    public const string FileName = "config.json";

    /// <summary>What <see cref="Format"/> must say.</summary>
    public const string MailFormat = "inkling-mail";

    /// <summary>The version this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>What the folder holds: <see cref="MailFormat"/>.</summary>
    public string Format { get; init; } = MailFormat;

    /// <summary>Version of the folder format.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The neural model's sizes.</summary>
    public required ModelArchitecture Architecture { get; init; }

    /// <summary>How the matrices in <c>weights.safetensors</c> are stored: <c>int8</c> or <c>f32</c>; <c>none</c> when there is no such file.</summary>
    public string Weights { get; init; } = "int8";

    /// <summary>How completions are judged; the defaults until the model is calibrated.</summary>
    public CompletionSettings Completion { get; init; } = new();

    /// <summary>How the model came about: preset, data, figures. For people; nothing depends on it.</summary>
    public JsonObject? Training { get; init; }

    /// <summary>Reads and checks the file of a model folder.</summary>
    /// <param name="folder">The model folder.</param>
    /// <exception cref="InvalidDataException">The file is missing, damaged or of another version; the message names it and the remedy.</exception>
    public static ModelConfig Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        ModelConfig config;
        try
        {
            config = ModelConfigReader.Read(path, File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"'{folder}' is no model folder: it has no {FileName}. Train a model with 'inkling train', or name another folder.", error);
        }
        catch (Exception error) when (error is JsonException or FormatException or UnauthorizedAccessException or IOException)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {error.Message} Copy or train the model again.", error);
        }
        config.Completion.Validate(path);
        return config;
    }

    /// <summary>Writes the file; one already there is replaced only when the new one is complete.</summary>
    /// <param name="folder">The model folder; must exist.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string folder) =>
        AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, ModelConfigJson.Default.ModelConfig) + "\n");
}

/// <summary>The sizes of a mail model's neural network.</summary>
public sealed record ModelArchitecture
{
    /// <summary>The kind of network: <c>lstm</c>.</summary>
    public string Type { get; init; } = "lstm";

    /// <summary>Tokens, V.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the embedding, E.</summary>
    public required int EmbeddingWidth { get; init; }

    /// <summary>Width of the recurrent layers, H.</summary>
    public required int HiddenWidth { get; init; }

    /// <summary>Number of recurrent layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Dropout it was trained with.</summary>
    public double Dropout { get; init; }

    internal static ModelArchitecture Of(LstmLanguageModelConfig model) => new()
    {
        VocabularySize = model.VocabularySize, EmbeddingWidth = model.EmbeddingWidth, HiddenWidth = model.HiddenWidth, Layers = model.Layers, Dropout = model.Dropout,
    };

    internal LstmLanguageModelConfig ToModel() => new()
    {
        VocabularySize = VocabularySize, EmbeddingWidth = EmbeddingWidth, HiddenWidth = HiddenWidth, Layers = Layers, Dropout = Dropout,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ModelConfig))]
internal sealed partial class ModelConfigJson : JsonSerializerContext;
