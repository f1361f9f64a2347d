namespace Inkling.Text;

/// <summary>How a <see cref="WordPieceTokenizer"/> reads text, and what its pieces with a meaning of their own are called. A <c>tokenizer.json</c> says all of it; a <c>vocab.txt</c> nothing.</summary>
public sealed record WordPieceOptions
{
    /// <summary>Whether letters become small ones. Default: true.</summary>
    public bool LowerCase { get; init; } = true;

    /// <summary>Whether accents are taken off. Null, the default: where letters become small ones.</summary>
    public bool? StripAccents { get; init; }

    /// <summary>Whether control characters are left out. Default: true.</summary>
    public bool CleanText { get; init; } = true;

    /// <summary>Whether each Chinese character is a word. Default: true.</summary>
    public bool SplitChinese { get; init; } = true;

    /// <summary>The piece of a word that cannot be put together. Default: <c>[UNK]</c>.</summary>
    public string Unknown { get; init; } = "[UNK]";

    /// <summary>The piece before every text; null for none. Default: <c>[CLS]</c>.</summary>
    public string? Begin { get; init; } = "[CLS]";

    /// <summary>The piece behind every text; null for none. Default: <c>[SEP]</c>.</summary>
    public string? End { get; init; } = "[SEP]";

    /// <summary>The piece that fills short texts up; null for none. Default: <c>[PAD]</c>.</summary>
    public string? Padding { get; init; } = "[PAD]";

    /// <summary>What pieces within a word begin with. Default: <c>##</c>.</summary>
    public string Prefix { get; init; } = "##";

    /// <summary>Characters of the longest word that is looked at, 1 to 1,000; a longer one is unknown. Default: 100.</summary>
    public int LongestWord { get; init; } = 100;

    /// <summary>Pieces that mean themselves wherever a text has them, such as <c>[MASK]</c>, beside begin, end, padding and unknown. Default: <c>[MASK]</c> where the vocabulary has it.</summary>
    public IReadOnlyList<string> Special { get; init; } = ["[MASK]"];
}
