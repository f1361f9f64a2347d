namespace Inkling.Language;

/// <summary>What an <see cref="NGramTrainer"/> shall learn, and what it shall leave out.</summary>
public sealed record NGramTrainerOptions
{
    /// <summary>The number of tokens of the tokenizer, <c>V</c>; at most 65,535.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>The longest n-gram: one token is predicted from at most <c>Order - 1</c> before it. 2 to 8; default 5.</summary>
    public int Order { get; init; } = 5;

    /// <summary>
    /// Tokens that begin a part (of a mail: its subject, its body). Nothing before such a token is context for what follows it, and it is
    /// never predicted itself. Default none.
    /// </summary>
    public IReadOnlyList<int> PartMarks { get; init; } = [];

    /// <summary>
    /// How often an n-gram of each order must occur to be kept, from bigrams up; the last entry holds for longer ones too. What is left out
    /// still counts in the probabilities of what is kept. Default 1, 1, 2.
    /// </summary>
    public IReadOnlyList<int> MinimumCounts { get; init; } = [1, 1, 2];

    /// <summary>
    /// Keeps an n-gram of two tokens or more only when it occurs in two different sources, so that nothing that a single person (or a
    /// single mail) wrote can be recalled. Default true.
    /// </summary>
    public bool TwoSources { get; init; } = true;

    /// <summary>
    /// The number of n-grams of two tokens or more to keep at most, about four bytes each in the file. Those go first whose loss costs the
    /// least likelihood of the training text. Default 1,500,000.
    /// </summary>
    public int MaximumNGrams { get; init; } = 1_500_000;

    /// <summary>Receives progress now and then, on the training thread. Default null.</summary>
    public IProgress<NGramTrainingProgress>? Progress { get; init; }
}

/// <summary>How far training has come.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Fraction">How much of the stage is done, 0 to 1.</param>
public readonly record struct NGramTrainingProgress(NGramTrainingStage Stage, double Fraction);

/// <summary>The stages of training an n-gram model, after all tokens were added.</summary>
public enum NGramTrainingStage
{
    /// <summary>Putting all places of the text in the order of the n-grams that begin there.</summary>
    Sorting,

    /// <summary>Counting the n-grams of every order.</summary>
    Counting,

    /// <summary>Estimating probabilities.</summary>
    Smoothing,

    /// <summary>Choosing the n-grams to keep.</summary>
    Pruning,
}
