using Inkling.Language;

namespace Inkling.Mail;

/// <summary>What the completer asks for the next token: the neural model, mixed with the n-gram model where there is one.</summary>
internal static class CompletionPredictor
{
    /// <summary>Mixes.</summary>
    /// <param name="model">The neural model.</param>
    /// <param name="ngrams">The n-gram model; null for none.</param>
    /// <param name="settings">Holds the shares.</param>
    public static ITokenPredictor Mix(ITokenPredictor model, NGramModel? ngrams, CompletionSettings settings) => ngrams is null
        ? model
        : new MixturePredictor([model, ngrams], [.. settings.ModelShares.Select(share => (IReadOnlyList<double>)[share, 1 - share])]);
}
