using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Inkling.Nn.Checkpoints;
using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// The small form in which vectors ship: a folder with <c>config.json</c>, the words in <c>words.txt</c> and <c>weights.safetensors</c> with
/// <c>vectors</c> I8 [V, E] and <c>vectors.scale</c> F32 [V]: a quarter of the size, each number within 0.4 % of the largest of its row.
/// </summary>
public sealed class QuantizedFolderFormat : IWordVectorFormat
{
    internal const string FormatName = "folder";

    internal const string Config = "config.json";

    private const string Kind = "inkling-word-vectors", Words = "words.txt", Weights = "weights.safetensors", Tensor = "vectors", WordsHash = "words.sha256", Remedy = "Copy or make it again.";

    /// <inheritdoc/>
    public string Name => FormatName;

    /// <inheritdoc/>
    public string Summary => "a folder with config.json, words.txt and 8-bit rows in weights.safetensors, as vectors ship";

    /// <inheritdoc/>
    public bool Recognises(string path, ReadOnlySpan<byte> start)
    {
        string config = Path.Combine(path, Config);
        return File.Exists(config) && new FileInfo(config).Length < 1 << 20 && File.ReadAllText(config).Contains($"\"{Kind}\"", StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public WordVectors Read(string path)
    {
        (int count, int width) = ReadConfig(Path.Combine(path, Config));
        string list = Path.Combine(path, Words);
        string[] words;
        try
        {
            words = File.ReadAllLines(list, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new InvalidDataException($"'{list}' cannot be read: {error.Message} {Remedy}", error);
        }

        if (words.Length != count) throw new InvalidDataException($"'{list}' has {words.Length} words, {Config} says {count}. {Remedy}");
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(path, Weights));
            if (file.Metadata.TryGetValue(WordsHash, out string? hash) && hash != HashOf(File.ReadAllBytes(list))) throw new InvalidDataException($"'{path}' has rows of other words than '{list}': writing it was cut off. {Remedy}");
            QuantizedMatrix matrix = QuantizedWeights.ReadMatrix(file, Tensor, count, width);
            float[] values = new float[checked(count * width)];
            for (int row = 0; row < count; row++) matrix.Dequantize(row, values.AsSpan(row * width, width));
            return new WordVectors(words, values);
        }
        catch (Exception error) when (error is CheckpointException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException(error is CheckpointException ? error.Message : $"'{path}' is damaged: {error.Message} {Remedy}", error);
        }
    }

    /// <inheritdoc/>
    public void Write(WordVectors vectors, string path) => Write(vectors, path, training: null);

    /// <summary>Writes the folder; config.json last, so that a folder that was cut off is not taken for a whole one.</summary>
    /// <param name="vectors">The table.</param>
    /// <param name="path">The folder, made if it is not there.</param>
    /// <param name="training">What to keep about how the vectors were made; null, the default, for nothing.</param>
    /// <inheritdoc cref="IWordVectorFormat.Write" path="/exception"/>
    public static void Write(WordVectors vectors, string path, JsonObject? training)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (vectors.Words.FirstOrDefault(word => word.AsSpan().ContainsAny('\r', '\n')) is { } broken)
            throw new ArgumentException($"the word '{broken.ReplaceLineEndings("\\n")}' holds the end of a line, with which a list of words ends a word.");
        QuantizedMatrix matrix = QuantizedMatrix.Quantize(vectors.Values, vectors.Count, vectors.Width);
        SafetensorsWriter writer = new();
        writer.Metadata["format"] = "int8 rows, float32 scale for each row";
        writer.Add(Tensor, [vectors.Count, vectors.Width], matrix.Values.ToArray());
        writer.Add(Tensor + ".scale", [vectors.Count], matrix.Scales.ToArray());
        JsonObject config = new() { ["format"] = Kind, ["version"] = 1, ["words"] = vectors.Count, ["width"] = vectors.Width, ["weights"] = "int8" };
        if (training is not null) config["training"] = training.DeepClone();
        string list = string.Join('\n', vectors.Words) + "\n";
        // Each file is replaced whole; that the two belong together is seen by this.
        writer.Metadata[WordsHash] = HashOf(Encoding.UTF8.GetBytes(list));
        AtomicFile.WriteText(Path.Combine(path, Words), list);
        writer.Save(Path.Combine(path, Weights));
        AtomicFile.WriteText(Path.Combine(path, Config), config.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }

    private static string HashOf(byte[] bytes) => System.Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

    private static (int Count, int Width) ReadConfig(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            int version = root.GetProperty("version").GetInt32(), count = root.GetProperty("words").GetInt32(), width = root.GetProperty("width").GetInt32();
            if (version != 1) throw new InvalidDataException($"'{path}' is of version {version}; this program reads version 1. Update it.");
            if (count < 1 || width is < 1 or > WordVectorsBuilder.MostWidth || (long)count * width > WordVectors.MostValues) throw new InvalidDataException($"'{path}' claims {count} words of {width} numbers, which cannot be. {Remedy}");
            return (count, width);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {error.Message} {Remedy}", error);
        }
    }
}
