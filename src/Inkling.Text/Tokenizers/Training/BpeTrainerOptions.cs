namespace Inkling.Text;

/// <summary>What a <see cref="BpeTrainer"/> shall learn.</summary>
public sealed record BpeTrainerOptions
{
    /// <summary>
    /// The number of ids wanted, special tokens and the 256 bytes included. Fewer come out when the text has no more pairs to merge.
    /// Default 8192.
    /// </summary>
    public int VocabularySize { get; init; } = 8192;

    /// <summary>
    /// Special tokens in the order of their ids, from id 0; they are cut out of the training text. At least two characters each. Default none.
    /// </summary>
    public IReadOnlyList<string> SpecialTokens { get; init; } = [];

    /// <summary>How often a pair must occur to become a piece. Default 2.</summary>
    public int MinimumFrequency { get; init; } = 2;

    /// <summary>
    /// Words of more UTF-16 units are left out of training (not of encoding): they are encoded files and rulers, not language. Default 64.
    /// </summary>
    public int LongestWord { get; init; } = 64;

    /// <summary>Receives progress now and then, on the training thread. Default null.</summary>
    public IProgress<BpeTrainingProgress>? Progress { get; init; }
}

/// <summary>How far training has come.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Done">While counting: UTF-16 units read. While merging: ids in the vocabulary.</param>
/// <param name="Total">While merging: ids wanted. While counting: 0, for the end of a stream is not known.</param>
public readonly record struct BpeTrainingProgress(BpeTrainingStage Stage, long Done, long Total);

/// <summary>The stages of training a tokenizer.</summary>
public enum BpeTrainingStage
{
    /// <summary>Reading the texts and counting their words.</summary>
    Counting,

    /// <summary>Merging the commonest pair of pieces, again and again.</summary>
    Merging,
}
