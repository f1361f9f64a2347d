using Inkling.Language;
using Inkling.Vectors;

namespace Inkling.Mail;

/// <summary>Passages of mails as entries of a hybrid index.</summary>
internal static class PassageIndexing
{
    /// <summary>Bits of a key that number the passage; the others number the mail.</summary>
    public const int PassageBits = 16;

    private const int MostOfHeader = 1000;

    /// <summary>An empty index. A mailbox is compared whole: a million passages of a hundred bytes are read within a few milliseconds, and none is missed.</summary>
    public static HybridIndex Create(int dimensions) => new(new ExactIndex(new VectorIndexOptions { Dimensions = dimensions, Storage = VectorStorage.Int8 }));

    /// <summary>The mail that a key is of.</summary>
    public static int MailOf(long key) => (int)(key >> PassageBits);

    /// <summary>The passage of a mail that a key is of.</summary>
    public static int PassageOf(long key) => (int)(key & ((1 << PassageBits) - 1));

    /// <summary>Name and address as words: who asks for the bank may mean a name, or where it writes from.</summary>
    public static string SenderWords(ArchivedMail mail) => $"{mail.Sender} {string.Join(' ', mail.From.Split('@', '.', '-', '_'))}";

    /// <summary>What of a mail goes into the index: a mail without a passage is found by its subject.</summary>
    public static List<Entry> Entries(int number, ArchivedMail mail, ITextEncoder encoder)
    {
        string subject = Start(MailColumns.BareSubject(mail.Subject)), sender = Start(SenderWords(mail));
        List<Range> passages = MailPassages.Split(mail.Text);
        if (passages.Count == 0) passages.Add(0..0);
        List<Entry> entries = new(passages.Count);
        for (int i = 0; i < passages.Count; i++)
        {
            ReadOnlySpan<char> passage = mail.Text.AsSpan(passages[i]);
            float[] vector = new float[encoder.Dimensions];
            encoder.Encode($"{subject}. {passage}", vector);
            // Without a word there is nothing to find.
            if (vector.AsSpan().ContainsAnyExcept(0)) entries.Add(new Entry(((long)number << PassageBits) | (uint)i, $"{subject} {sender} {passage}", vector));
        }

        return entries;
    }

    // They are in the entry of every passage.
    private static string Start(string text) => text.Length > MostOfHeader ? text[..MostOfHeader] : text;

    /// <summary>A passage: its key, its words and its vector.</summary>
    public readonly record struct Entry(long Key, string Text, float[] Vector);
}
