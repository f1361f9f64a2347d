using Inkling.Language;
using Inkling.Mail;
using Inkling.Text;

namespace Inkling.Comparison;

/// <summary>Bits per character that a decoder alone needs for mails, given subject and the message answered.</summary>
internal sealed class MailBits(Tokenizer tokenizer, IReadOnlyList<MailMessage> mails)
{
    private readonly MailPrompt _prompt = new(tokenizer);

    /// <summary>Σ −log₂ p over the tokens of the bodies and their ends, over the characters of the normalised text.</summary>
    public double PerCharacter(ITokenPredictor predictor)
    {
        double[] bits = new double[mails.Count], characters = new double[mails.Count];
        // Each mail by itself, so that the sum does not depend on which thread read what.
        Parallel.For(0, mails.Count, i => (bits[i], characters[i]) = Of(mails[i], predictor));
        return bits.Sum() / characters.Sum();
    }

    private (double Bits, double Characters) Of(MailMessage mail, ITokenPredictor predictor)
    {
        string text = TextNormalizer.Normalize(mail.Text);
        List<int> tokens = [];
        _prompt.AppendHead(TextNormalizer.Normalize(mail.Subject), TextNormalizer.Normalize(mail.Previous), tokens);
        int body = tokens.Count;
        tokenizer.Encode(text, tokens);
        tokens.Add(_prompt.End);
        PredictorState state = predictor.NewState();
        float[] probabilities = new float[predictor.VocabularySize];
        double bits = 0;
        for (int i = 0; i < tokens.Count; i++)
        {
            if (i >= body)
            {
                predictor.Predict(state, probabilities);
                bits -= Math.Log2(Math.Max(probabilities[tokens[i]], 1e-20));
            }

            predictor.Step(state, tokens[i]);
        }

        return (bits, text.EnumerateRunes().Count());
    }
}
