using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Inkling.Mail;

/// <summary>
/// Reads <c>config.json</c> value by value. A serializer would take a tenth of a second to set itself up, half of what <c>complete</c> may take
/// from start to answer, and would not tell a value left out from one that is null.
/// </summary>
internal static class ModelConfigReader
{
    /// <summary>Reads the file's bytes; what they leave out has its default.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="FormatException">A value is missing or of another kind.</exception>
    /// <exception cref="InvalidDataException">It describes no mail model, or is of another version.</exception>
    public static ModelConfig Read(string path, byte[] json)
    {
        // Not disposed: the section for people stays as it is read.
        JsonElement root = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement;
        CheckVersion(path, root);
        var config = new ModelConfig { Architecture = Architecture(Section(root, "architecture") ?? throw new FormatException("\"architecture\" is missing.")) };
        return config with
        {
            Weights = Text(root, "weights") ?? config.Weights,
            Completion = Section(root, "completion", mayBeNull: true) is { } completion ? Completion(completion) : config.Completion,
            Training = Section(root, "training", mayBeNull: true) is { } training ? JsonObject.Create(training) : null,
        };
    }

    private static void CheckVersion(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format"u8, out JsonElement format) || format.ValueKind != JsonValueKind.String || !format.ValueEquals(ModelConfig.MailFormat))
            throw new InvalidDataException($"'{path}' does not describe a mail model (\"format\" is not \"{ModelConfig.MailFormat}\"). Name the folder of a mail model.");
        JsonElement? version = Find(root, "version");
        if (version is not { ValueKind: JsonValueKind.Number } number || !number.TryGetInt32(out int given) || given != ModelConfig.CurrentVersion)
            throw new InvalidDataException(
                $"'{path}' is of version {version?.GetRawText() ?? "unknown"}, this program reads version {ModelConfig.CurrentVersion}. Train the model again, or use the program it was made with.");
    }

    private static ModelArchitecture Architecture(JsonElement section)
    {
        var architecture = new ModelArchitecture
        {
            VocabularySize = Whole(section, "vocabularySize"), EmbeddingWidth = Whole(section, "embeddingWidth"), HiddenWidth = Whole(section, "hiddenWidth"), Layers = Whole(section, "layers"),
        };
        return architecture with { Type = Text(section, "type") ?? architecture.Type, Dropout = Number(section, "dropout", architecture.Dropout) };
    }

    private static CompletionSettings Completion(JsonElement section)
    {
        var settings = new CompletionSettings();
        return settings with
        {
            Threshold = Number(section, "threshold", settings.Threshold),
            Certainty = Number(section, "certainty", settings.Certainty),
            ModelShares = Numbers(section, "modelShares") ?? settings.ModelShares,
            Calibration = Section(section, "calibration") is { } calibration
                ? new ConfidenceCalibration { Weights = Numbers(calibration, "weights") ?? throw new FormatException("\"weights\" of the calibration are missing."), Bias = Number(calibration, "bias", 0) }
                : settings.Calibration,
        };
    }

    private static JsonElement? Find(JsonElement of, string name) => of.TryGetProperty(name, out JsonElement value) ? value : null;

    private static JsonElement? Section(JsonElement of, string name, bool mayBeNull = false) => Find(of, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Null } when mayBeNull => null,
        { ValueKind: JsonValueKind.Object } section => section,
        { } other => throw Wrong(name, other, "an object"),
    };

    private static string? Text(JsonElement of, string name) => Find(of, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => throw Wrong(name, other, "a text"),
    };

    private static int Whole(JsonElement of, string name)
    {
        JsonElement value = Find(of, name) ?? throw new FormatException($"\"{name}\" is missing.");
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : throw Wrong(name, value, "a whole number");
    }

    private static double Number(JsonElement of, string name, double otherwise) => Find(of, name) is { } value ? Number(name, value) : otherwise;

    private static double Number(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) ? number : throw Wrong(name, value, "a number");

    private static double[]? Numbers(JsonElement of, string name)
    {
        if (Find(of, name) is not { } list)
            return null;
        if (list.ValueKind != JsonValueKind.Array)
            throw Wrong(name, list, "a list of numbers");
        var numbers = new double[list.GetArrayLength()];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = Number(name, list[i]);
        return numbers;
    }

    private static FormatException Wrong(string name, JsonElement value, string expected)
    {
        string text = value.GetRawText();
        return new FormatException(string.Create(CultureInfo.InvariantCulture, $"\"{name}\" is {(text.Length <= 40 ? text : text[..40] + "…").ReplaceLineEndings(" ")}, not {expected}."));
    }
}
