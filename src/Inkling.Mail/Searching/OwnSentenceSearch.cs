using Inkling.Language;

namespace Inkling.Mail;

/// <summary>
/// Finds sentences of the user's own that fit a draft: passages near to the draft's last sentences and to what it is about, then the sentences in them, each
/// judged by itself. What stands in the draft already, and greetings, are left out.
/// </summary>
internal sealed class OwnSentenceSearch(ITextEncoder encoder, Likeness like, IMailIndexReader reader)
{
    private const int Passages = 24;
    private const int DraftEnd = 240;
    private const int ContextStart = 600;
    private const int Shortest = 18;
    private const int Longest = 300;

    // Deviations above sentences without anything in common: one in a hundred of those comes as near.
    private const double LeastLikeness = 2;

    /// <summary>Finds them.</summary>
    public IReadOnlyList<OwnSentence> Find(string draft, string context, int top)
    {
        string end = draft.Length > DraftEnd ? draft[^DraftEnd..] : draft, about = context.Length > ContextStart ? context[..ContextStart] : context;
        float[] meaning = Blend(end, about);
        if (!meaning.AsSpan().ContainsAnyExcept(0)) return [];
        double least = like.Above(LeastLikeness);
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        List<OwnSentence> found = [];
        List<long> nearest = reader.ByMeaning(meaning, Passages, new MailFilter { OwnWords = true });
        Dictionary<int, ArchivedMail> mails = reader.Read(nearest.Select(PassageIndexing.MailOf));
        foreach (long key in nearest)
        {
            int number = PassageIndexing.MailOf(key), passage = PassageIndexing.PassageOf(key);
            if (!mails.TryGetValue(number, out ArchivedMail? mail)) continue;
            List<Range> passages = MailPassages.Split(mail.Text);
            if (passage >= passages.Count) continue;
            foreach (Range range in MailPassages.Sentences(mail.Text, passages[passage]))
            {
                string sentence = string.Join(' ', mail.Text[range].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
                if (sentence.Length is < Shortest or > Longest || draft.Contains(sentence, StringComparison.OrdinalIgnoreCase) || !seen.Add(sentence)) continue;
                double likeness = Cosine(meaning, sentence);
                if (likeness >= least) found.Add(new OwnSentence(sentence, Math.Round(likeness, 3), number, mail.Subject, mail.Date));
            }
        }

        return [.. found.OrderByDescending(one => one.Likeness).Take(top)];
    }

    // What is being written says more of what comes than what it is about, once there are some words of it.
    private float[] Blend(string end, string about)
    {
        float[] draft = new float[encoder.Dimensions], context = new float[encoder.Dimensions];
        encoder.Encode(end, draft);
        encoder.Encode(about, context);
        int words = end.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        float share = words switch { 0 => 0, < 4 => 0.5f, < 8 => 0.7f, _ => 0.85f };
        if (!context.AsSpan().ContainsAnyExcept(0)) share = 1;
        for (int i = 0; i < draft.Length; i++) draft[i] = (share * draft[i]) + ((1 - share) * context[i]);
        return draft;
    }

    private double Cosine(float[] meaning, string sentence)
    {
        float[] vector = new float[encoder.Dimensions];
        encoder.Encode(sentence, vector);
        double dot = 0, length = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            dot += vector[i] * meaning[i];
            length += meaning[i] * meaning[i];
        }

        return length > 0 ? dot / Math.Sqrt(length) : 0;
    }
}
