using System.Text.Json;
using System.Text.Json.Serialization;
using Inkling.Nn.Checkpoints;

namespace Inkling.Language;

/// <summary>
/// <c>config.json</c> of a model folder: what the model is. Sections that this floor does not know (such as <c>calibration</c>) are kept
/// as they stand when the file is read and written again.
/// </summary>
public sealed record ModelManifest
{
    /// <summary>The version of the folder's format that this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The only architecture there is so far.</summary>
    public const string Lstm = "lstm";

    /// <summary>The version of the folder's format.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The kind of model; <see cref="Lstm"/>.</summary>
    public string Architecture { get; init; } = Lstm;

    /// <summary>Its sizes.</summary>
    public required LstmLanguageModelConfig Model { get; init; }

    /// <summary>How the weights are kept: <c>int8</c>, with a scale for each row of each matrix.</summary>
    public string Weights { get; init; } = "int8";

    /// <summary>Bits per character on held-out mail, if measured.</summary>
    public double? BitsPerCharacter { get; init; }

    /// <summary>Further sections of the file.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Sections { get; } = [];

    /// <summary>Reads and checks the <c>config.json</c> of a folder.</summary>
    /// <exception cref="CheckpointException">Missing, not readable, of another version, or with sizes that cannot be; the message says which.</exception>
    public static ModelManifest Load(string folder)
    {
        string path = Path.Combine(folder, ModelFiles.Config);
        try
        {
            ModelManifest manifest = JsonSerializer.Deserialize(File.ReadAllBytes(path), ModelManifestJson.Default.ModelManifest)
                ?? throw new JsonException("it is empty");
            if (manifest.Version != CurrentVersion)
                throw new CheckpointException($"'{path}' is of version {manifest.Version}; this program reads version {CurrentVersion}. Train the model again, or use the program it was made with.");
            if (manifest.Architecture != Lstm || manifest.Weights != "int8")
                throw new CheckpointException($"'{path}' describes a model '{manifest.Architecture}' with '{manifest.Weights}' weights; this program reads '{Lstm}' with 'int8'.");
            manifest.Model.Validate();
            return manifest;
        }
        catch (Exception error) when (error is JsonException or ArgumentException or NotSupportedException)
        {
            throw new CheckpointException($"'{path}' is damaged: {error.Message.TrimEnd('.')}. Copy or train the model again.", error);
        }
        catch (Exception error) when (error is IOException and not CheckpointException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"There is no readable model in '{folder}': {error.Message}", error);
        }
    }

    /// <summary>Writes the <c>config.json</c> of a folder, in one stroke.</summary>
    /// <exception cref="CheckpointException">It cannot be written.</exception>
    public void Save(string folder) =>
        AtomicFile.WriteText(Path.Combine(folder, ModelFiles.Config), JsonSerializer.Serialize(this, ModelManifestJson.Default.ModelManifest) + "\n");
}

/// <summary>Source-generated JSON of <see cref="ModelManifest"/>: no reflection at run time.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelManifest))]
internal sealed partial class ModelManifestJson : JsonSerializerContext;
