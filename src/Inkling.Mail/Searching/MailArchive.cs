using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Inkling.Mail;

/// <summary>Reads all mail below some paths for the search: the bytes of each message first, so that those known already cost no more than a hash.</summary>
internal static class MailArchive
{
    private const int MostBytes = 2 << 20;
    private const int MostCharacters = 50_000;
    private const char Apart = '\u001F';

    /// <summary>A message as it was found, or the end of a file.</summary>
    public sealed record Found(MailFile File, ReadOnlyMemory<byte> Bytes, bool Cut, long Number, UInt128 Hash)
    {
        /// <summary>Whether it is known; its bytes are not here then.</summary>
        public bool Known { get; init; }

        /// <summary>Whether it is no message but the end of the file.</summary>
        public bool Ends { get; init; }

        /// <summary>Whether the file was read to its end.</summary>
        public bool Whole { get; init; }
    }

    /// <summary>The messages of the files, one after the other; each has its own memory.</summary>
    /// <param name="files">The files.</param>
    /// <param name="isKnown">Whether a message need not be read: its bytes are then not given.</param>
    /// <param name="report">Counts what was looked at and what could not be read.</param>
    /// <param name="cancellation">Stops between two messages.</param>
    public static IEnumerable<Found> Read(IReadOnlyList<MailFile> files, Func<MailFile, UInt128, bool> isKnown, MailReadReport report, CancellationToken cancellation)
    {
        foreach (MailFile file in files)
        {
            report.CountFile();
            int unreadable = Unreadable(file, report);
            using IEnumerator<(ReadOnlyMemory<byte> Bytes, bool Cut, long Number)> messages = Messages(file, report).GetEnumerator();
            while (Next(messages, file, report))
            {
                cancellation.ThrowIfCancellationRequested();
                report.CountRead();
                (ReadOnlyMemory<byte> bytes, bool cut, long number) = messages.Current;
                UInt128 hash = Hash(bytes.Span);
                yield return isKnown(file, hash) ? new Found(file, default, false, number, hash) { Known = true } : new Found(file, bytes.ToArray(), cut, number, hash);
            }

            yield return new Found(file, default, false, 0, 0) { Ends = true, Whole = Unreadable(file, report) == unreadable };
        }
    }

    // A packed data set that is cut off counts as broken.
    private static int Unreadable(MailFile file, MailReadReport report) =>
        report.Count(MailSkipReason.Unreadable) + (file.Kind == MailFileKind.JsonLinesGzip ? report.Count(MailSkipReason.Malformed) : 0);

    /// <summary>Parses and cleans a message; null, and counted in the report, when it cannot be read or says nothing.</summary>
    /// <param name="found">The message.</param>
    /// <param name="isOwn">Whether an address, or mail from a place, is the user's own.</param>
    /// <param name="report">Counts.</param>
    public static ArchivedMail? Parse(Found found, Func<RawMail, bool> isOwn, MailReadReport report)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{found.File.Path}, message {found.Number}");
        bool isData = found.File.Kind is MailFileKind.JsonLines or MailFileKind.JsonLinesGzip;
        RawMail? raw = isData ? JsonLinesSource.Parse(found.Bytes, found.File.Path, found.Number, report)
            : MessageBytes.LooksLikeHeaders(found.Bytes.Span[..Math.Min(found.Bytes.Length, 1 << 16)]) ? MimeSource.Parse(found.Bytes, found.Cut, found.File, place, report)
            : Malformed(place, report);
        if (raw is null) return null;
        (string own, string previous) = MailCleaner.Split(raw.Text, quotesParted: isData);
        string text = MailCleaner.Cut(own.Length > 0 ? own : previous, MostCharacters);
        if (text.Length == 0 && raw.Subject.Length == 0)
        {
            report.Skip(MailSkipReason.NoOwnText);
            return null;
        }

        bool isOwner = isOwn(raw);
        string within = isData ? DataSetPlace(found.File) : "";
        return new ArchivedMail
        {
            Hash = found.Hash,
            Id = raw.Id.Length > 0 ? within + raw.Id : found.Hash.ToString("x32", CultureInfo.InvariantCulture),
            Text = text,
            Subject = OneLine(raw.Subject),
            From = OneLine(raw.From),
            Sender = OneLine(raw.Sender),
            InReplyTo = raw.InReplyTo.Length > 0 ? within + raw.InReplyTo : "",
            Folder = Folder(found.File),
            Date = raw.Date,
            Own = isOwner,
            OwnWords = isOwner && own.Length > 0,
            OfDataSet = isData,
        };
    }

    private static IEnumerable<(ReadOnlyMemory<byte> Bytes, bool Cut, long Number)> Messages(MailFile file, MailReadReport report)
    {
        if (file.Kind is MailFileKind.Message or MailFileKind.Mbox)
        {
            long number = 0;
            foreach ((ReadOnlyMemory<byte> bytes, bool cut) in MessageBytes.Read(file.Open(report), file.Kind, MostBytes)) yield return (bytes, cut, ++number);
            yield break;
        }

        using LineReader lines = new(JsonLinesSource.Open(file, report), JsonLinesSource.MaxLine);
        while (JsonLinesSource.TryReadLine(lines, file.Path, report, out ReadOnlyMemory<byte> line))
        {
            if (lines.Number == 1 && line.Span.StartsWith("\uFEFF"u8)) line = line[3..];
            if (lines.TooLong) report.Skip(MailSkipReason.TooLong, $"{file.Path}, line {lines.Number}: longer than {JsonLinesSource.MaxLine >> 20} MB, passed over.");
            else if (line.Span.IndexOfAnyExcept((byte)' ', (byte)'\t') >= 0) yield return (line, false, lines.Number);
        }
    }

    // A file that vanishes or fails half-way ends there; the next one is read.
    private static bool Next(IEnumerator<(ReadOnlyMemory<byte>, bool, long)> messages, MailFile file, MailReadReport report)
    {
        try
        {
            return messages.MoveNext();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            report.Skip(MailSkipReason.Unreadable, $"{file.Path}: the file cannot be read ({MailFiles.Reason(error)}).");
            return false;
        }
    }

    private static RawMail? Malformed(string place, MailReadReport report)
    {
        report.Skip(MailSkipReason.Malformed, $"{place}: no mail header is at the start.");
        return null;
    }

    // Records are numbered within their file: another file's first is another mail.
    private static string DataSetPlace(MailFile file) => string.Create(CultureInfo.InvariantCulture, $"{Hash(Encoding.UTF8.GetBytes(Path.GetFullPath(file.Path))) >> 64:x16}#");

    /// <summary>A record with the id of another one of its file, by an id of its own.</summary>
    public static ArchivedMail Another(ArchivedMail mail) => mail with { Id = string.Create(CultureInfo.InvariantCulture, $"{mail.Id}{Apart}{mail.Hash:x32}") };

    /// <summary>The id of a mail as its file has it.</summary>
    public static string ShownId(string id)
    {
        if (id.IndexOf(Apart, StringComparison.Ordinal) is >= 0 and int end) id = id[..end];
        return id.Length > 16 && id[16] == '#' && ulong.TryParse(id.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _) ? id[17..] : id;
    }

    private static UInt128 Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new UInt128(BitConverter.ToUInt64(hash[8..]), BitConverter.ToUInt64(hash));
    }

    // Of a Maildir its own name, of a file of many mails the file's, of single mails the folder's.
    private static string Folder(MailFile file)
    {
        if (file.Kind != MailFileKind.Message) return Path.GetFileName(file.Path);
        string? folder = Path.GetDirectoryName(file.Path);
        if (Path.GetFileName(folder) is "cur" or "new") folder = Path.GetDirectoryName(folder);
        return Path.GetFileName(folder)?.TrimStart('.') is { Length: > 0 } name ? name : "mail";
    }

    private static string OneLine(string text) => text.AsSpan().IndexOfAny('\r', '\n', '\t') < 0 ? text : string.Join(' ', text.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
}
