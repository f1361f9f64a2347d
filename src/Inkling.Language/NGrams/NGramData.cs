namespace Inkling.Language;

/// <summary>A packed n-gram model, as it stands in its file.</summary>
internal sealed class NGramData
{
    public required int VocabularySize { get; init; }

    /// <summary>Tokens that begin a part, ascending.</summary>
    public required int[] PartMarks { get; init; }

    /// <summary>[V] Probabilities in no context.</summary>
    public required float[] Unigrams { get; init; }

    /// <summary>Level k holds the n-grams of k + 1 tokens. Level 0 has one entry for each token of the vocabulary.</summary>
    public required NGramLevel[] Levels { get; init; }
}

/// <summary>The n-grams of one length, in the order of their tokens; the children of an n-gram stand together in the next level.</summary>
internal sealed class NGramLevel
{
    /// <summary>The last token of each n-gram; empty at level 0, where it is the index.</summary>
    public required ushort[] Tokens { get; set; }

    /// <summary>The count of each n-gram, on a <see cref="CountScale"/>; empty at level 0.</summary>
    public required byte[] Codes { get; set; }

    /// <summary>What a count of each code weighs among its siblings: the count less its discount.</summary>
    public required float[] Weights { get; set; }

    /// <summary>The number of children of each n-gram; empty at the last level.</summary>
    public required int[] ChildCounts { get; set; }

    /// <summary>For each n-gram that has children, the probability they take together, on a <see cref="MassScale"/>.</summary>
    public required byte[] MassCodes { get; set; }
}
