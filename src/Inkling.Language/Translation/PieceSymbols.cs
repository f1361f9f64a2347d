using Inkling.Text;

namespace Inkling.Language;

/// <summary>Pieces of words as symbols, by a <see cref="Tokenizer"/> whose first two special tokens are begin and end: any text encodes, and decodes to what it was.</summary>
public sealed class PieceSymbols : TextSymbols
{
    private readonly Tokenizer _tokenizer;

    /// <summary>Takes a tokenizer.</summary>
    /// <exception cref="ArgumentException">Its ids 0 and 1 are not special tokens.</exception>
    public PieceSymbols(Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (tokenizer.VocabularySize < 3 || !tokenizer.IsSpecial(EncoderDecoder.Begin) || !tokenizer.IsSpecial(EncoderDecoder.End))
            throw new ArgumentException("PieceSymbols: ids 0 and 1 of the tokenizer must be special tokens, for begin and end. Train it with SpecialTokens = [\"<s>\", \"</s>\"].", nameof(tokenizer));
        _tokenizer = tokenizer;
    }

    /// <inheritdoc/>
    public override int Count => _tokenizer.VocabularySize;

    /// <summary>Learns pieces from text (<see cref="BpeTrainer"/>).</summary>
    /// <param name="texts">The texts of one side.</param>
    /// <param name="count">How many symbols there shall be, at least 258. Default: 8,000.</param>
    /// <exception cref="ArgumentException">There are fewer symbols than bytes, begin and end.</exception>
    public static PieceSymbols Train(IEnumerable<string> texts, int count = 8_000) =>
        new(BpeTrainer.Train(texts, new BpeTrainerOptions { VocabularySize = count, SpecialTokens = ["<s>", "</s>"] }));

    /// <inheritdoc/>
    public override int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<int> symbols = new((text.Length / 3) + 8);
        _tokenizer.EncodePlain(text, symbols);
        return [.. symbols];
    }

    /// <inheritdoc/>
    public override string Decode(IReadOnlyList<int> symbols) => _tokenizer.Decode([.. symbols], skipSpecial: true);

    /// <inheritdoc/>
    public override void Save(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        _tokenizer.Save(FileOf(folder, name));
    }

    internal static string FileOf(string folder, string name) => Path.Combine(folder, name + ".tokenizer.json");

    internal static PieceSymbols Read(string path)
    {
        try
        {
            return new PieceSymbols(Tokenizer.Load(path));
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"'{path}' is no tokenizer of a translator: {error.Message}", error);
        }
    }
}
