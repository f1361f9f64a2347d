using System.Text.Json;
using System.Text.Json.Nodes;

namespace Inkling.Language;

/// <summary>
/// What <c>config.json</c> of a text classifier's folder says. Read value by value: a serializer would take a good part of the time that a program may
/// take from start to answer, and would not tell a value left out from one that is null.
/// </summary>
internal sealed record TextClassifierConfig(SequenceClassifierConfig Architecture, string Weights, IReadOnlyList<string> Labels, TextClassifierOptions Options)
{
    private const string Format = "inkling-text-classifier";
    private const int Version = 1;
    private const string Network = "lstm";

    private static readonly (string Name, SequencePooling Kind)[] s_poolings =
        [("last", SequencePooling.Last), ("mean", SequencePooling.Mean), ("max", SequencePooling.Max), ("words", SequencePooling.Words)];

    /// <summary>Reads the file's bytes.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="FormatException">A value is missing or of another kind.</exception>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    /// <exception cref="InvalidDataException">It describes something else, or is of another version.</exception>
    public static TextClassifierConfig Read(string path, byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format"u8, out JsonElement format) || format.ValueKind != JsonValueKind.String || !format.ValueEquals(Format))
            throw new InvalidDataException($"'{path}' does not describe a text classifier (\"format\" is not \"{Format}\"). Name the folder of one.");
        if (!root.TryGetProperty("version"u8, out JsonElement version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out int number) || number != Version)
            throw new InvalidDataException($"'{path}' is not of version {Version}, which this program reads. Train the model again, or use the program it was made with.");
        SequenceClassifierConfig architecture = ReadArchitecture(Value(root, "architecture", JsonValueKind.Object, "an object"));
        architecture.Validate();
        string weights = Text(root, "weights");
        if (weights is not ("int8" or "f32")) throw new FormatException($"\"weights\" is \"{Shown(weights)}\", not \"int8\" or \"f32\".");
        JsonElement calibration = Value(root, "calibration", JsonValueKind.Object, "an object");
        TextClassifierOptions options = new() { Temperature = Value(calibration, "temperature", JsonValueKind.Number, "a number").GetDouble(), PieceWords = Whole(root, "pieceWords") };
        options.Validate();
        return new TextClassifierConfig(architecture, weights, Texts(root, "labels"), options);
    }

    /// <summary>The file's bytes.</summary>
    /// <param name="training">A section for people; null for none.</param>
    public byte[] Write(JsonObject? training)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("format"u8, Format);
            json.WriteNumber("version"u8, Version);
            WriteArchitecture(json);
            json.WriteString("weights"u8, Weights);
            WriteTexts(json, "labels", Labels);
            json.WriteNumber("pieceWords"u8, Options.PieceWords);
            json.WriteStartObject("calibration"u8);
            json.WriteNumber("temperature"u8, Options.Temperature);
            json.WriteEndObject();
            if (training is not null)
            {
                json.WritePropertyName("training"u8);
                training.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static SequenceClassifierConfig ReadArchitecture(JsonElement section)
    {
        string type = Text(section, "type");
        if (type != Network) throw new FormatException($"\"type\" is \"{Shown(type)}\", not \"{Network}\".");
        SequencePooling pooling = SequencePooling.None;
        foreach (string name in Texts(section, "pooling"))
        {
            SequencePooling kind = s_poolings.FirstOrDefault(pair => pair.Name == name).Kind;
            pooling |= kind != SequencePooling.None ? kind : throw new FormatException($"\"pooling\" names \"{Shown(name)}\", not one of {string.Join(", ", s_poolings.Select(pair => pair.Name))}.");
        }

        bool bidirectional = section.TryGetProperty("bidirectional"u8, out JsonElement value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw new FormatException("\"bidirectional\" is missing, or not true or false.");
        return new SequenceClassifierConfig
        {
            VocabularySize = Whole(section, "vocabularySize"),
            EmbeddingWidth = Whole(section, "embeddingWidth"),
            HiddenWidth = Whole(section, "hiddenWidth"),
            Layers = Whole(section, "layers"),
            Classes = Whole(section, "classes"),
            Bidirectional = bidirectional,
            Pooling = pooling,
        };
    }

    private void WriteArchitecture(Utf8JsonWriter json)
    {
        json.WriteStartObject("architecture"u8);
        json.WriteString("type"u8, Network);
        json.WriteNumber("vocabularySize"u8, Architecture.VocabularySize);
        json.WriteNumber("embeddingWidth"u8, Architecture.EmbeddingWidth);
        json.WriteNumber("hiddenWidth"u8, Architecture.HiddenWidth);
        json.WriteNumber("layers"u8, Architecture.Layers);
        json.WriteBoolean("bidirectional"u8, Architecture.Bidirectional);
        WriteTexts(json, "pooling", [.. s_poolings.Where(pair => Architecture.Pooling.HasFlag(pair.Kind)).Select(pair => pair.Name)]);
        json.WriteNumber("classes"u8, Architecture.Classes);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string Text(JsonElement of, string name) => Value(of, name, JsonValueKind.String, "a text").GetString()!;

    private static string[] Texts(JsonElement of, string name)
    {
        JsonElement list = Value(of, name, JsonValueKind.Array, "a list of texts");
        return [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(name, list, "a list of texts"))];
    }

    private static int Whole(JsonElement of, string name)
    {
        JsonElement value = Value(of, name, JsonValueKind.Number, "a whole number");
        return value.TryGetInt32(out int number) ? number : throw Wrong(name, value, "a whole number");
    }

    private static JsonElement Value(JsonElement of, string name, JsonValueKind kind, string expected)
    {
        if (!of.TryGetProperty(name, out JsonElement value)) throw new FormatException($"\"{name}\" is missing.");
        return value.ValueKind == kind ? value : throw Wrong(name, value, expected);
    }

    private static FormatException Wrong(string name, JsonElement value, string expected) => new($"\"{name}\" is {Shown(value.GetRawText())}, not {expected}.");

    private static string Shown(string text) => (text.Length <= 40 ? text : text[..40] + "…").ReplaceLineEndings(" ");
}
