namespace Inkling.Mail;

/// <summary>The mail of a training run, read once, normalised, and divided into what is learnt from and what is held out.</summary>
internal sealed class MailCollection
{
    // A prompt reads a few dozen tokens of the answered message; more than this many characters of it never matter.
    private const int PreviousCharacters = 4_096;

    private const int FewestMails = 4;

    // Below this, a model from scratch mostly repeats its few mails.
    private const int FewWords = 10_000;

    private MailCollection(List<PreparedMail> train, List<PreparedMail> valid, MailReadReport report)
    {
        Train = train;
        Valid = valid;
        Report = report;
    }

    /// <summary>What is learnt from: own mail first, then background.</summary>
    public List<PreparedMail> Train { get; }

    /// <summary>What is held out.</summary>
    public List<PreparedMail> Valid { get; }

    /// <summary>What was understood of the mail.</summary>
    public MailReadReport Report { get; }

    /// <summary>Reads everything the options name.</summary>
    /// <exception cref="FileNotFoundException">A path does not exist.</exception>
    /// <exception cref="InvalidDataException">There is too little to learn from; the message says what was found.</exception>
    public static MailCollection Read(MailTrainingOptions options, Action<long> count, CancellationToken cancellation)
    {
        MailReadReport report = new();
        MailReadOptions reading = new() { Me = options.Me };
        long done = 0;
        List<PreparedMail> own = Prepare(options.Mail, isBackground: false, new MailReadOptions { Me = options.Me }, report);
        if (own.Count < FewestMails) throw TooLittle(options, report, own.Count);
        if (report.Words < FewWords && options is { From: null, Resume: false })
            report.Note($"{report.Words} words are little to learn a language from. Train on from a model that knows it already, with --from models/default, to teach it this way of writing.");
        List<PreparedMail> valid = options.Valid.Count > 0 ? Prepare(options.Valid, isBackground: false, reading, new MailReadReport()) : TakeNewest(own);
        if (valid.Count == 0) throw new InvalidDataException($"Training: no mail to validate on was found in {Names(options.Valid)}. Leave --valid out to hold out the newest tenth.");
        // Others wrote the background, so the writer's address does not choose there.
        if (options.Background.Count > 0) own.AddRange(Prepare(options.Background, isBackground: true, new MailReadOptions(), report));
        return new MailCollection(own, valid, report);

        List<PreparedMail> Prepare(IReadOnlyList<string> paths, bool isBackground, MailReadOptions how, MailReadReport into)
        {
            List<PreparedMail> mails = [];
            foreach (MailMessage mail in MailReader.Read(paths, how, into, cancellation))
            {
                string body = TextNormalizer.Normalize(mail.Text);
                if (++done % 100 == 0) count(done);
                if (body.Length == 0) continue;
                string previous = mail.Previous.Length > PreviousCharacters ? mail.Previous[..PreviousCharacters] : mail.Previous;
                mails.Add(new PreparedMail(TextNormalizer.Normalize(mail.Subject), TextNormalizer.Normalize(previous), body, mail.Date?.UtcTicks ?? PreparedMail.Undated, AuthorOf(mail), isBackground));
            }

            count(done);
            return mails;
        }
    }

    /// <summary>Takes the newest tenth out; among undated mail, the last read counts as newest, but any dated mail is newer.</summary>
    private static List<PreparedMail> TakeNewest(List<PreparedMail> mails)
    {
        int held = Math.Max(1, mails.Count / 10);
        int[] byDate = [.. Enumerable.Range(0, mails.Count).OrderBy(i => mails[i].Date).ThenBy(i => i)];
        HashSet<int> newest = [.. byDate[^held..]];
        List<PreparedMail> valid = [.. byDate[^held..].Select(i => mails[i])];
        int kept = 0;
        for (int i = 0; i < mails.Count; i++)
            if (!newest.Contains(i)) mails[kept++] = mails[i];
        mails.RemoveRange(kept, mails.Count - kept);
        return valid;
    }

    /// <summary>A number for the author that is the same in every run; <see cref="string.GetHashCode()"/> is not.</summary>
    private static int AuthorOf(MailMessage mail)
    {
        uint hash = 2166136261; // FNV-1a
        foreach (char c in mail.From) hash = (hash ^ char.ToLowerInvariant(c)) * 16777619;
        return (int)(hash & int.MaxValue);
    }

    private static InvalidDataException TooLittle(MailTrainingOptions options, MailReadReport report, int found)
    {
        string skipped = report.Skipped.Count == 0 ? "" : $" Left out: {string.Join(", ", report.Skipped.Select(reason => $"{reason.Value} {reason.Key}"))}.";
        return new InvalidDataException(
            $"Training: {found} usable mails were found in {Names(options.Mail)} ({report.Read} looked at); at least {FewestMails} are needed.{skipped} Is --me the writer's address, and is this the folder of sent mail?");
    }

    private static string Names(IReadOnlyList<string> paths) => string.Join(", ", paths.Select(path => $"'{path}'"));
}
