using Inkling.Language;
using Inkling.Text;

namespace Inkling.Mail;

/// <summary>
/// What the completer asks for the next token: the neural model, mixed with the n-gram model where there is one, and with the words of the
/// draft, its subject and the message it answers.
/// </summary>
internal static class CompletionPredictor
{
    /// <summary>Mixes.</summary>
    /// <param name="model">The neural model; null to do without.</param>
    /// <param name="ngrams">The n-gram model; null for none. One of the two is there.</param>
    /// <param name="tokenizer">Knows the structure tokens, which the cache passes over.</param>
    /// <param name="settings">Holds the shares.</param>
    public static ITokenPredictor Mix(ITokenPredictor? model, NGramModel? ngrams, Tokenizer tokenizer, CompletionSettings settings)
    {
        var cache = new CacheModel(new CacheOptions
        {
            VocabularySize = tokenizer.VocabularySize,
            Ignored = [.. MailTokens.Structure.Select(token => tokenizer.Id(token)).OfType<int>()],
        });
        return model is null || ngrams is null
            ? new MixturePredictor([model ?? ngrams!], [[1]], cache)
            : new MixturePredictor([model, ngrams], [.. settings.ModelShares.Select(share => (IReadOnlyList<double>)[share, 1 - share])], cache);
    }
}
