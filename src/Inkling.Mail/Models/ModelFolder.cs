using Inkling.Language;
using Inkling.Nn.Checkpoints;
using Inkling.Text;

namespace Inkling.Mail;

/// <summary>The files of a model folder, and how they are read together.</summary>
public static class ModelFolder
{
    /// <summary>The tokenizer.</summary>
    public const string Tokenizer = "tokenizer.json";

    /// <summary>The neural model's weights.</summary>
    public const string Weights = "weights.safetensors";

    /// <summary>The n-gram model, optional.</summary>
    public const string NGrams = "ngrams.bin";

    /// <summary>What people should know of the model.</summary>
    public const string Card = "MODEL_CARD.md";

    /// <summary>Folder of what only further training needs.</summary>
    public const string Training = "training";

    /// <summary>Reads a folder into a completer.</summary>
    /// <exception cref="InvalidDataException">A file is missing, damaged or does not fit the others; the message names it and the remedy.</exception>
    internal static Completer Load(string folder, CompleterOptions? options) => LoadParts(folder).ToCompleter(null, options);

    /// <summary>Reads a folder and checks that its files belong together.</summary>
    /// <exception cref="InvalidDataException">A file is missing, damaged or does not fit the others; the message names it and the remedy.</exception>
    internal static ModelParts LoadParts(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        folder = Path.GetFullPath(folder);
        // Reading the tokenizer and the n-grams is a good part of the start-up time: it runs beside the rest.
        var tokenizerTask = Task.Run(() => LoadTokenizer(folder));
        var ngramsTask = Task.Run(() => LoadNGrams(folder));
        var config = ModelConfig.Load(folder);
        var weights = LoadWeights(folder, config);
        var tokenizer = tokenizerTask.GetAwaiter().GetResult();
        var ngrams = ngramsTask.GetAwaiter().GetResult();
        if (ngrams is not null && ngrams.VocabularySize != config.Architecture.VocabularySize)
            throw new InvalidDataException(
                $"'{Path.Combine(folder, NGrams)}' has {ngrams.VocabularySize} tokens, {ModelConfig.FileName} says {config.Architecture.VocabularySize}. Copy or train the model again.");
        if (tokenizer.VocabularySize != config.Architecture.VocabularySize)
            throw new InvalidDataException(
                $"'{Path.Combine(folder, Tokenizer)}' has {tokenizer.VocabularySize} tokens, {ModelConfig.FileName} says {config.Architecture.VocabularySize}. Copy or train the model again.");
        return new ModelParts(folder, config, tokenizer, new LstmDecoder(weights), ngrams, SizeOf(folder));
    }

    private static NGramModel? LoadNGrams(string folder)
    {
        var path = Path.Combine(folder, NGrams);
        try
        {
            return File.Exists(path) ? NGramModel.Load(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"'{path}' cannot be used: {error.Message} Copy or train the model again.", error);
        }
    }

    /// <summary>Reads the tokenizer of a folder.</summary>
    /// <exception cref="InvalidDataException">It is missing or damaged, or lacks the tokens of mail; the message names it and the remedy.</exception>
    internal static Tokenizer LoadTokenizer(string folder)
    {
        var path = Path.Combine(folder, Tokenizer);
        try
        {
            var tokenizer = Inkling.Text.Tokenizer.Load(path);
            _ = new MailPrompt(tokenizer); // has the special tokens
            return tokenizer;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidDataException($"'{path}' cannot be used: {error.Message} Copy or train the model again.", error);
        }
    }

    /// <summary>Reads the neural network of a folder.</summary>
    /// <exception cref="InvalidDataException">It is missing or damaged, or not what the configuration says; the message names it and the remedy.</exception>
    internal static LstmWeights LoadWeights(string folder, ModelConfig config)
    {
        LstmWeights weights;
        try
        {
            weights = LstmWeights.Load(Path.Combine(folder, Weights));
        }
        catch (CheckpointException error)
        {
            throw new InvalidDataException(error.Message, error);
        }
        var a = config.Architecture;
        return (a.VocabularySize, a.EmbeddingWidth, a.HiddenWidth, a.Layers) == (weights.VocabularySize, weights.EmbeddingWidth, weights.HiddenWidth, weights.Layers)
            ? weights
            : throw new InvalidDataException(
                $"'{Path.Combine(folder, Weights)}' has {weights.VocabularySize} tokens, {weights.EmbeddingWidth} wide, {weights.Layers} × {weights.HiddenWidth}; {ModelConfig.FileName} says {a.VocabularySize}, {a.EmbeddingWidth}, {a.Layers} × {a.HiddenWidth}. Copy or train the model again.");
    }

    private static long SizeOf(string folder)
    {
        var sum = 0L;
        foreach (var name in (string[])[ModelConfig.FileName, Tokenizer, Weights, NGrams])
        {
            var file = new FileInfo(Path.Combine(folder, name));
            sum += file.Exists ? file.Length : 0;
        }
        return sum;
    }
}
