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
        if (!HasSection(root, "architecture", out JsonElement architecture))
            throw new FormatException("\"architecture\" is missing.");
        var defaults = new ModelConfig { Architecture = Architecture(architecture) };
        return defaults with
        {
            Weights = Text(root, "weights", defaults.Weights),
            Completion = HasSection(root, "completion", out JsonElement completion) ? Completion(completion) : defaults.Completion,
            Training = HasSection(root, "training", out JsonElement training) ? JsonObject.Create(training) : null,
        };
    }

    private static void CheckVersion(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format"u8, out JsonElement format) || format.ValueKind != JsonValueKind.String || !format.ValueEquals(ModelConfig.MailFormat))
            throw new InvalidDataException($"'{path}' does not describe a mail model (\"format\" is not \"{ModelConfig.MailFormat}\"). Name the folder of a mail model.");
        bool has = root.TryGetProperty("version"u8, out JsonElement version);
        if (!has || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out int number) || number != ModelConfig.CurrentVersion)
            throw new InvalidDataException(
                $"'{path}' is of version {(has ? version.GetRawText() : "unknown")}, this program reads version {ModelConfig.CurrentVersion}. Train the model again, or use the program it was made with.");
    }

    private static ModelArchitecture Architecture(JsonElement section)
    {
        var defaults = new ModelArchitecture
        {
            VocabularySize = Whole(section, "vocabularySize"), EmbeddingWidth = Whole(section, "embeddingWidth"), HiddenWidth = Whole(section, "hiddenWidth"), Layers = Whole(section, "layers"),
        };
        return defaults with { Type = Text(section, "type", defaults.Type), Dropout = Number(section, "dropout", defaults.Dropout) };
    }

    private static CompletionSettings Completion(JsonElement section)
    {
        var defaults = new CompletionSettings();
        return defaults with
        {
            Threshold = Number(section, "threshold", defaults.Threshold),
            Certainty = Number(section, "certainty", defaults.Certainty),
            ModelShares = Numbers(section, "modelShares", defaults.ModelShares),
            Calibration = section.TryGetProperty("calibration", out JsonElement calibration) ? Calibration(calibration) : defaults.Calibration,
        };
    }

    private static ConfidenceCalibration Calibration(JsonElement section)
    {
        Expect("calibration", section, JsonValueKind.Object, "an object");
        return new ConfidenceCalibration { Weights = Numbers(section, "weights", null), Bias = Number(section, "bias", 0) };
    }

    /// <summary>Whether a section is there; one that is null is not.</summary>
    private static bool HasSection(JsonElement root, string name, out JsonElement section)
    {
        if (!root.TryGetProperty(name, out section) || section.ValueKind == JsonValueKind.Null)
            return false;
        Expect(name, section, JsonValueKind.Object, "an object");
        return true;
    }

    private static string Text(JsonElement of, string name, string otherwise)
    {
        if (!of.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return otherwise;
        Expect(name, value, JsonValueKind.String, "a text");
        return value.GetString()!;
    }

    private static int Whole(JsonElement of, string name)
    {
        if (!of.TryGetProperty(name, out JsonElement value))
            throw new FormatException($"\"{name}\" is missing.");
        Expect(name, value, JsonValueKind.Number, "a whole number");
        return value.TryGetInt32(out int number) ? number : throw Wrong(name, value, "a whole number");
    }

    private static double Number(JsonElement of, string name, double otherwise) => of.TryGetProperty(name, out JsonElement value) ? Number(name, value) : otherwise;

    private static double Number(string name, JsonElement value)
    {
        Expect(name, value, JsonValueKind.Number, "a number");
        return value.GetDouble();
    }

    private static IReadOnlyList<double> Numbers(JsonElement of, string name, IReadOnlyList<double>? otherwise)
    {
        if (!of.TryGetProperty(name, out JsonElement list))
            return otherwise ?? throw new FormatException($"\"{name}\" is missing.");
        Expect(name, list, JsonValueKind.Array, "a list of numbers");
        var numbers = new double[list.GetArrayLength()];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = Number(name, list[i]);
        return numbers;
    }

    private static void Expect(string name, JsonElement value, JsonValueKind kind, string expected)
    {
        if (value.ValueKind != kind)
            throw Wrong(name, value, expected);
    }

    private static FormatException Wrong(string name, JsonElement value, string expected)
    {
        string text = value.GetRawText();
        return new FormatException($"\"{name}\" is {(text.Length <= 40 ? text : text[..40] + "…").ReplaceLineEndings(" ")}, not {expected}.");
    }
}
