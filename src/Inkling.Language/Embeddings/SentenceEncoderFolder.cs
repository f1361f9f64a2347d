using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Inkling.Nn.Checkpoints;
using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>The files of a <see cref="SentenceEncoder"/>'s model folder, and how they are read together.</summary>
internal static class SentenceEncoderFolder
{
    private const string Format = "inkling-sentence-encoder";
    private const int Version = 1;
    private const string Config = "config.json";
    private const string Words = "words.txt";
    private const string Weights = "weights.safetensors";
    private const string Table = "words.weight";
    private const string Remedy = "Copy or train the model again.";

    /// <summary>Reads a folder and checks that its files belong together.</summary>
    /// <exception cref="InvalidDataException">A file is missing, damaged or does not fit the others.</exception>
    public static SentenceEncoder Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        (int width, int hidden) = LoadConfig(folder, Path.Combine(folder, Config));
        SentenceVocabulary vocabulary = LoadWords(Path.Combine(folder, Words));
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder, Weights));
            return new SentenceEncoder(vocabulary, QuantizedWeights.ReadMatrix(file, Table, vocabulary.Rows, width),
                Read(file, "linear.weight", width, width), Read(file, "linear.bias", width), Read(file, "up.weight", hidden, width), Read(file, "up.bias", hidden), Read(file, "down.weight", width, hidden));
        }
        catch (CheckpointException error)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    /// <summary>Writes a folder.</summary>
    public static void Save(SentenceEncoder encoder, string folder, JsonObject? training)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        AtomicFile.Write(Path.Combine(folder, Words), encoder.Vocabulary.Write);
        SafetensorsWriter writer = new();
        writer.Metadata["format"] = "int8 rows, float32 scale for each row";
        writer.Add(Table, [encoder.Words.Rows, encoder.Words.Columns], encoder.Words.Values.ToArray());
        writer.Add(Table + ".scale", [encoder.Words.Rows], encoder.Words.Scales.ToArray());
        foreach ((string name, int[] shape, float[] values) in encoder.Projection) writer.Add(name, shape, values);
        writer.Save(Path.Combine(folder, Weights));
        JsonObject config = new()
        {
            ["format"] = Format,
            ["version"] = Version,
            ["dimensions"] = encoder.Dimensions,
            ["hidden"] = encoder.Hidden,
            ["weights"] = "int8",
        };
        if (training is not null) config["training"] = training.DeepClone();
        AtomicFile.WriteText(Path.Combine(folder, Config), config.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n");
    }

    private static float[] Read(SafetensorsFile file, string name, params int[] shape)
    {
        float[] values = new float[shape.Aggregate(1, (a, b) => a * b)];
        file.ReadSingles(name, shape, values);
        return values;
    }

    private static (int Width, int Hidden) LoadConfig(string folder, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format"u8, out JsonElement format) || format.ValueKind != JsonValueKind.String || !format.ValueEquals(Format))
                throw new InvalidDataException($"'{path}' does not describe a sentence encoder (\"format\" is not \"{Format}\"). Name the folder of one.");
            if (Whole(root, "version", int.MaxValue) != Version)
                throw new InvalidDataException($"'{path}' is not of version {Version}, which this program reads. Train the model again, or use the program it was made with.");
            return (Whole(root, "dimensions", SentenceEncoder.MostDimensions), Whole(root, "hidden", SentenceEncoder.MostDimensions));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"'{folder}' is no model folder: it has no {Config}. Name the folder of a sentence encoder.", error);
        }
        catch (Exception error) when (error is JsonException or FormatException or UnauthorizedAccessException or IOException)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {error.Message} {Remedy}", error);
        }
    }

    private static int Whole(JsonElement root, string name, int most) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= 1 && number <= most
            ? number : throw new FormatException($"\"{name}\" is no whole number from 1 to {most}.");

    private static SentenceVocabulary LoadWords(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return SentenceVocabulary.Read(stream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            throw new InvalidDataException($"'{path}' cannot be used: {error.Message} {Remedy}", error);
        }
    }
}
