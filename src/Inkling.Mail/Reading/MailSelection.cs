using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Inkling.Mail;

/// <summary>Cleans mails and chooses those that are worth learning from; remembers what was there before.</summary>
/// <param name="options">What is wanted.</param>
/// <param name="writers">Addresses whose mail in mailboxes is wanted; empty when that is the mail in Sent folders.</param>
/// <param name="report">Counts what is kept and left out.</param>
internal sealed class MailSelection(MailReadOptions options, IReadOnlySet<string> writers, MailReadReport report)
{
    private const int BeginningLength = 48;    // characters that make two mails of one sender look like the same form letter
    private const int MostOfOneBeginning = 2;  // mails of one sender that may begin alike

    private readonly HashSet<ulong> _seen = [];
    private readonly Dictionary<ulong, int> _beginnings = [];
    private readonly PreviousMails _previous = new();

    /// <summary>The mail as it is learnt from; null, and counted in the report, when it is left out.</summary>
    public MailMessage? Choose(RawMail raw)
    {
        bool clean = raw.Kind != RawMailKind.DataSet || options.CleanDataSets;
        MailMessage mail = clean ? Clean(raw) : Keep(raw);
        MailSkipReason? reason = Reason(raw, mail, clean);
        // Mail by others is what the writer answers.
        if (reason is null or MailSkipReason.NotOwn)
            _previous.Add(raw.Id, mail.Text);
        if (reason is { } skip)
        {
            report.Skip(skip);
            return null;
        }
        report.CountKept(mail);
        return mail;
    }

    private MailSkipReason? Reason(RawMail raw, MailMessage mail, bool clean)
    {
        if (!IsOwn(raw))
            return MailSkipReason.NotOwn;
        if (options.ProseOnly && clean && (raw.Automatic || ProseJudge.IsAutomatic(raw.From, raw.Subject, mail.Text)))
            return MailSkipReason.Automatic;
        if (mail.Text.Length < options.MinCharacters)
            return MailSkipReason.NoOwnText;
        if (options.ProseOnly && clean && !ProseJudge.IsProse(mail.Text))
            return MailSkipReason.NotProse;
        if (raw.Id.Length > 0 && !_seen.Add(Hash(raw.Id)) || !_seen.Add(Hash($"{mail.From}\0{mail.Previous}\0{mail.Text}")))
            return MailSkipReason.Duplicate;
        return options.ProseOnly && clean && IsFormLetter(mail) ? MailSkipReason.Automatic : null;
    }

    // Data sets are about whoever wrote in them, unless somebody was named.
    private bool IsOwn(RawMail raw) => raw.Kind == RawMailKind.DataSet && options.Me is null
        || (writers.Count > 0 ? writers.Contains(raw.From) : raw.Sent);

    private MailMessage Clean(RawMail raw)
    {
        var (own, previous) = MailCleaner.Split(raw.Text, quotesParted: raw.Kind == RawMailKind.DataSet);
        if (raw.Quoted.Length > 0)
            previous = MailCleaner.CleanPrevious(raw.Quoted);
        else if (previous.Length == 0 && raw.InReplyTo.Length > 0)
            previous = _previous.Find(raw.InReplyTo);
        return Message(raw, MailCleaner.Cut(own, options.MaxCharacters), previous);
    }

    private static MailMessage Keep(RawMail raw) => Message(raw, raw.Text, MailCleaner.CleanPrevious(raw.Quoted));

    private static MailMessage Message(RawMail raw, string text, string previous) => new()
    {
        Text = text,
        Subject = raw.Subject,
        Previous = previous,
        From = raw.From,
        To = raw.To,
        Date = raw.Date,
        Id = raw.Id.Length > 0 ? raw.Id : Hash(text).ToString("x16", CultureInfo.InvariantCulture),
        Source = raw.Source,
    };

    // The third mail of one sender that begins with the same words, numbers aside, comes from a form or a program.
    private bool IsFormLetter(MailMessage mail)
    {
        if (mail.Text.Length < BeginningLength)
            return false;
        Span<char> beginning = stackalloc char[BeginningLength];
        int length = 0;
        foreach (char c in mail.Text)
        {
            if (length == BeginningLength)
                break;
            if (char.IsLetter(c))
                beginning[length++] = char.ToLowerInvariant(c);
        }
        ulong key = Hash(string.Concat(mail.From, "\0", beginning[..length]));
        ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(_beginnings, key, out _);
        return ++count > MostOfOneBeginning;
    }

    private static ulong Hash(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return BitConverter.ToUInt64(hash);
    }
}
