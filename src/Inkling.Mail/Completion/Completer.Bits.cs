namespace Inkling.Mail;

/// <content>How well the model predicts whole mails.</content>
public sealed partial class Completer
{
    // A model may give a token no probability at all, rounded to float: counted as this many bits instead of as infinitely many.
    private const double MostBits = 64;

    /// <summary>
    /// The bits the model needs to write a mail's text, Σ −log₂ p over the tokens of the normalised text and its end, given subject and the message
    /// answered. Divided by the characters of the text, it is comparable between models of any tokenizer.
    /// </summary>
    /// <param name="mail">A mail it has not learnt from.</param>
    public double Bits(MailMessage mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        List<int> tokens = [];
        _prompt.AppendHead(TextNormalizer.Normalize(mail.Subject), TextNormalizer.Normalize(mail.Previous), tokens);
        int body = tokens.Count;
        _tokenizer.Encode(TextNormalizer.Normalize(mail.Text), tokens);
        tokens.Add(_prompt.End);

        var state = Predictor.NewState();
        float[] probabilities = new float[Predictor.VocabularySize];
        double bits = 0;
        for (int i = 0; i < tokens.Count; i++)
        {
            if (i >= body)
            {
                Predictor.Predict(state, probabilities);
                bits += Math.Min(MostBits, -Math.Log2(probabilities[tokens[i]]));
            }

            Predictor.Step(state, tokens[i]);
        }

        return bits;
    }
}
