using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Numerics;
using Inkling.Text;

namespace Inkling.Language;

/// <summary>The files of a <see cref="TextClassifier"/>'s model folder, and how they are read together.</summary>
internal static class TextClassifierFolder
{
    public const string Config = "config.json";

    public const string Words = "words.txt";

    public const string Weights = "weights.safetensors";

    private const string Remedy = "Copy or train the model again.";

    /// <summary>Reads a folder and checks that its files belong together.</summary>
    /// <exception cref="InvalidDataException">A file is missing, damaged or does not fit the others; the message names it and the remedy.</exception>
    public static TextClassifier Load(string folder, Team? team)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string path = Path.Combine(folder, Config);
        Task<Vocabulary> words = Task.Run(() => LoadWords(folder));
        TextClassifierConfig config = LoadConfig(folder, path);
        try
        {
            SequenceClassifier model = new SequenceClassifier(config.Architecture, initialWords: (_, _) => { }).Build(seed: 0);
            string weights = Path.Combine(folder, Weights);
            if (config.Weights == "int8") QuantizedWeights.Load(weights, model.Parameters);
            else ModelCheckpoint.Load(weights, model.Parameters);
            Vocabulary vocabulary = words.GetAwaiter().GetResult();
            if (vocabulary.Count != config.Architecture.VocabularySize)
                throw new InvalidDataException($"'{Path.Combine(folder, Words)}' has {vocabulary.Count} words, {Config} says {config.Architecture.VocabularySize}. {Remedy}");
            return new TextClassifier(model, vocabulary, config.Labels, config.Options, team);
        }
        catch (Exception error) when (error is CheckpointException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException(error is CheckpointException ? error.Message : $"'{path}' cannot be used: {error.Message} {Remedy}", error);
        }
    }

    /// <summary>Writes a folder.</summary>
    public static void Save(TextClassifier classifier, string folder, bool quantized, JsonObject? training)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        AtomicFile.Write(Path.Combine(folder, Words), classifier.Vocabulary.Write);
        string weights = Path.Combine(folder, Weights);
        if (quantized) QuantizedWeights.Save(weights, classifier.Model.Parameters);
        else ModelCheckpoint.Save(weights, classifier.Model.Parameters);
        TextClassifierConfig config = new(classifier.Model.Config, quantized ? "int8" : "f32", classifier.Labels, classifier.Options);
        AtomicFile.WriteText(Path.Combine(folder, Config), Encoding.UTF8.GetString(config.Write(training)) + "\n");
    }

    private static TextClassifierConfig LoadConfig(string folder, string path)
    {
        try
        {
            return TextClassifierConfig.Read(path, File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"'{folder}' is no model folder: it has no {Config}. Name the folder of a text classifier.", error);
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException or UnauthorizedAccessException or IOException)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {error.Message} {Remedy}", error);
        }
    }

    private static Vocabulary LoadWords(string folder)
    {
        string path = Path.Combine(folder, Words);
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Vocabulary.Read(stream, TextClassifier.UnknownWord);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InvalidDataException($"'{path}' cannot be used: {error.Message} {Remedy}", error);
        }
    }
}
