namespace Inkling.Text;

/// <summary>
/// Learns the pieces of a byte-level <see cref="Tokenizer"/> from text: beginning with the 256 bytes, the commonest pair of neighbours within
/// words becomes a piece, again and again (Sennrich et al. 2016, Alg. 1).
/// </summary>
/// <remarks>
/// The same texts in any order give the same pieces: among pairs of equal frequency, the one with the smaller left id goes first, then the
/// one with the smaller right id. Counts are kept over distinct words and updated only where a merge changes them, so that 8,192 pieces from
/// 16 MB of text take a few seconds on one core.
/// </remarks>
public static class BpeTrainer
{
    /// <summary>Trains a tokenizer.</summary>
    /// <param name="texts">The training texts, read once and not kept.</param>
    /// <param name="options">What to learn.</param>
    /// <param name="cancellationToken">Stops the training with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range: fewer ids than bytes and special tokens, a special token of one character or listed twice.</exception>
    public static Tokenizer Train(IEnumerable<string> texts, BpeTrainerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(options);
        SpecialTokens specials = CheckOptions(options);
        WordCounts words = WordCounts.Count(texts, specials, options, cancellationToken);
        var learner = new MergeLearner(words, options);
        return learner.Learn(specials, cancellationToken);
    }

    private static SpecialTokens CheckOptions(BpeTrainerOptions options)
    {
        int least = 256 + options.SpecialTokens.Count;
        if (options.VocabularySize < least)
            throw new ArgumentException(
                $"BpeTrainer.Train: {options.VocabularySize} ids are wanted, but the 256 bytes and {options.SpecialTokens.Count} special tokens need {least}. Set VocabularySize to {least} or more.",
                nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MinimumFrequency, 1, nameof(options.MinimumFrequency));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LongestWord, 1, nameof(options.LongestWord));
        foreach (string special in options.SpecialTokens)
        {
            // A single character could be the spelling of a byte, and the file could not tell them apart.
            if (special.Length < 2)
                throw new ArgumentException($"BpeTrainer.Train: the special token '{special}' is too short. Give it at least two characters.", nameof(options));
        }
        return new SpecialTokens([.. options.SpecialTokens.Select((content, id) => new SpecialToken(content, id))]);
    }
}
