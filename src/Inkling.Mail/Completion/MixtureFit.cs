using Inkling.Language;
using Inkling.Text;

namespace Inkling.Mail;

/// <summary>
/// Fits the shares of neural and n-gram model to mail, one for each length of context the n-gram model knows: expectation maximisation on the
/// probabilities the two gave to what came (Jelinek and Mercer 1980).
/// </summary>
internal static class MixtureFit
{
    private const double Prior = 40;    // as if so many tokens had divided evenly, so that rare contexts stay sensible
    private const int Rounds = 30;

    /// <summary>The share of the neural model for each length of known context.</summary>
    public static IReadOnlyList<double> Shares(
        ITokenPredictor model, NGramModel ngrams, Tokenizer tokenizer, IReadOnlyList<CalibrationMail> mails, int mostTokens, CancellationToken cancellation)
    {
        var seen = Observe(model, ngrams, tokenizer, mails, mostTokens, cancellation);
        var shares = new double[ngrams.Order];
        for (var context = 0; context < shares.Length; context++)
        {
            var here = seen.Where(one => one.Context == context).ToList();
            var share = 0.5;
            for (var round = 0; round < Rounds; round++)
            {
                var sum = Prior * 0.5;
                foreach (var (_, neural, counted) in here)
                    sum += share * neural / Math.Max(1e-12, share * neural + (1 - share) * counted);
                share = sum / (here.Count + Prior);
            }
            shares[context] = Math.Round(Math.Clamp(share, 0.05, 0.95), 3);
        }
        return shares;
    }

    private static List<(int Context, double Neural, double Counted)> Observe(
        ITokenPredictor model, NGramModel ngrams, Tokenizer tokenizer, IReadOnlyList<CalibrationMail> mails, int mostTokens, CancellationToken cancellation)
    {
        var prompt = new MailPrompt(tokenizer);
        var seen = new List<(int, double, double)>(mostTokens);
        var row = new float[tokenizer.VocabularySize];
        var (state, counts) = (model.NewState(), ngrams.NewState());
        var tokens = new List<int>();
        foreach (var mail in Spread(mails))
        {
            cancellation.ThrowIfCancellationRequested();
            tokens.Clear();
            prompt.AppendHead(TextNormalizer.Normalize(mail.Subject), TextNormalizer.Normalize(mail.Previous), tokens);
            var body = tokens.Count;
            tokenizer.Encode(TextNormalizer.Normalize(mail.Text), tokens);
            state.Reset();
            counts.Reset();
            for (var i = 0; i < tokens.Count && seen.Count < mostTokens; i++)
            {
                if (i >= body)
                {
                    model.Predict(state, row);
                    seen.Add((ngrams.KnownContext(counts), row[tokens[i]], ngrams.Probability(counts, tokens[i])));
                }
                model.Step(state, tokens[i]);
                ngrams.Step(counts, tokens[i]);
            }
            if (seen.Count >= mostTokens)
                break;
        }
        return seen;
    }

    /// <summary>The mails in an order that covers all of them evenly from the start.</summary>
    internal static IEnumerable<CalibrationMail> Spread(IReadOnlyList<CalibrationMail> mails)
    {
        // Multiples of the golden ratio, modulo 1, are spread evenly however many are taken (Weyl's sequence).
        const double Golden = 0.6180339887498949;
        return Enumerable.Range(1, mails.Count).Select(i => (int)(i * Golden % 1 * mails.Count)).Distinct().Select(i => mails[i]);
    }
}
