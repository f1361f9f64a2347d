using Inkling.Language;
using Inkling.Text;

namespace Inkling.Mail;

/// <summary>Trains the tokenizer on collected mail and cuts the mail into tokens.</summary>
internal static class MailCorpora
{
    /// <summary>
    /// Trains a tokenizer: on every body of own mail and its subjects, and on background mail in the share in which it is read.
    /// </summary>
    public static Tokenizer TrainTokenizer(MailCollection mail, int vocabularySize, double backgroundShare, IProgress<BpeTrainingProgress>? progress, CancellationToken cancellation)
    {
        return BpeTrainer.Train(Texts(), new BpeTrainerOptions { VocabularySize = vocabularySize, SpecialTokens = MailTokens.All, Progress = progress }, cancellation);

        IEnumerable<string> Texts()
        {
            double due = 0;
            foreach (PreparedMail one in mail.Train)
            {
                if (one.IsBackground)
                {
                    due += Math.Min(1, backgroundShare);
                    if (due < 1) continue;
                    due--;
                }

                yield return one.Body;
                if (one.Subject.Length > 0) yield return one.Subject;
            }
        }
    }

    /// <summary>Cuts mails into a corpus; background mail forms a group of its own.</summary>
    /// <param name="mails">The mails, own mail before background.</param>
    /// <param name="tokenizer">Has the tokens of <see cref="MailTokens"/>.</param>
    /// <param name="most">Tokens to take at most, spread evenly over the mails; null for all.</param>
    /// <param name="count">Told now and then how many mails are done.</param>
    /// <param name="cancellation">Ends early.</param>
    public static TokenCorpus Encode(IReadOnlyList<PreparedMail> mails, Tokenizer tokenizer, long? most, Action<long> count, CancellationToken cancellation)
    {
        MailPrompt prompt = new(tokenizer);
        byte[] characters = CharactersOf(tokenizer);
        TokenCorpusBuilder corpus = new();
        List<int> tokens = [];
        bool background = false;
        foreach (int i in most is null ? Enumerable.Range(0, mails.Count) : Spread(mails.Count))
        {
            cancellation.ThrowIfCancellationRequested();
            PreparedMail mail = mails[i];
            if (mail.IsBackground && !background) corpus.BeginGroup();
            background = mail.IsBackground;
            tokens.Clear();
            prompt.AppendHead(mail.Subject, mail.Previous, tokens);
            int body = tokens.Count;
            tokenizer.Encode(mail.Body, tokens);
            int length = 0;
            for (int t = body; t < tokens.Count; t++) length += characters[tokens[t]];
            tokens.Add(prompt.End);
            corpus.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tokens), body, length);
            if (corpus.Count % 100 == 0) count(corpus.Count);
            if (corpus.TokenCount >= most) break;
        }

        count(corpus.Count);
        return corpus.Build();
    }

    /// <summary>An order of so many mails, any beginning of which covers all of them evenly.</summary>
    public static IEnumerable<int> Spread(int count)
    {
        // Multiples of the golden ratio, modulo 1, are spread evenly however many are taken (Weyl's sequence). What they miss comes last.
        const double Golden = 0.6180339887498949;
        return Enumerable.Range(1, count).Select(i => (int)(i * Golden % 1 * count)).Concat(Enumerable.Range(0, count)).Distinct();
    }

    /// <summary>How many characters (code points) begin in each token; a placeholder counts as one.</summary>
    private static byte[] CharactersOf(Tokenizer tokenizer)
    {
        byte[] characters = new byte[tokenizer.VocabularySize];
        for (int id = 0; id < characters.Length; id++)
        {
            int starts = 0;
            foreach (byte b in tokenizer.Bytes(id))
                if ((b & 0xC0) != 0x80) starts++;
            characters[id] = tokenizer.IsSpecial(id) ? (byte)1 : (byte)Math.Min(byte.MaxValue, starts);
        }

        return characters;
    }
}
