using Inkling.Language;
using Inkling.Text;

namespace Inkling.Mail;

/// <summary>The neural network of a mail model, to look at while it reads: which unit does what at which token. Thread-safe.</summary>
public sealed class ModelReader
{
    private readonly Tokenizer _tokenizer;
    private readonly MailPrompt _prompt;
    private readonly LstmDecoder _decoder;

    private ModelReader(Tokenizer tokenizer, LstmWeights weights) => (_tokenizer, _prompt, _decoder) = (tokenizer, new MailPrompt(tokenizer), new LstmDecoder(weights));

    /// <summary>Layers of the network.</summary>
    public int Layers => _decoder.Weights.Layers;

    /// <summary>Units of each layer.</summary>
    public int Width => _decoder.Weights.HiddenWidth;

    /// <summary>Reads tokenizer and network of a model folder.</summary>
    /// <exception cref="InvalidDataException">A file is missing, damaged or does not fit the others; the message names it and the remedy.</exception>
    public static ModelReader Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        folder = Path.GetFullPath(folder);
        Tokenizer tokenizer = ModelFolder.LoadTokenizer(folder);
        LstmWeights weights = ModelFolder.LoadWeights(folder, ModelConfig.Load(folder));
        if (tokenizer.VocabularySize != weights.VocabularySize)
            throw new InvalidDataException($"'{Path.Combine(folder, ModelFolder.Tokenizer)}' has {tokenizer.VocabularySize} tokens, the weights {weights.VocabularySize}. Copy or train the model again.");
        return new ModelReader(tokenizer, weights);
    }

    /// <summary>Reads a text as the body of a mail without subject, after the marks with which every mail begins.</summary>
    /// <param name="text">Any text; it is normalised as all mail is.</param>
    /// <param name="mostTokens">Tokens that are read at most, marks included, at least 2.</param>
    public LanguageModelTrace Read(string text, int mostTokens)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostTokens, 2);
        List<int> tokens = [];
        _prompt.AppendHead("", "", tokens);
        // No token is shorter than a byte: characters beyond the most tokens could never be read.
        _tokenizer.Encode(TextNormalizer.Normalize(text.AsSpan(0, Math.Min(text.Length, 16 * mostTokens))), tokens);
        return _decoder.Trace([.. tokens.Take(mostTokens)]);
    }

    /// <summary>A token as text; parts of characters that stand in several tokens show as U+FFFD.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string Text(int token) => _tokenizer.Decode([token]);
}
