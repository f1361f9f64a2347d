using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Inkling.Mail;

/// <summary>Reads mail and keeps what its author wrote.</summary>
public static class MailReader
{
    /// <summary>Reads files and folders, one mail after the other; nothing but the mail at hand (and a hash of each one before) is held in memory.</summary>
    /// <param name="paths">Files: <c>.jsonl</c> or <c>.jsonl.gz</c>, a JSON object a line with <c>text</c> and, optionally,
    /// <c>author</c> or <c>from</c>, <c>date, to, subject, quoted, src, id</c>.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <param name="report">Filled while reading goes on.</param>
    /// <param name="cancellation">Stops between two mails.</param>
    /// <exception cref="FileNotFoundException">A path does not exist; the message names it. Thrown before anything is read.</exception>
    public static IEnumerable<MailMessage> Read(
        IEnumerable<string> paths, MailReadOptions? options, MailReadReport report, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(report);
        string[] all = [.. paths];
        foreach (string path in all)
        {
            if (!File.Exists(path) && !Directory.Exists(path))
                throw new FileNotFoundException($"Reading mail: {Path.GetFullPath(path)} does not exist. Give a file (.jsonl, .jsonl.gz) that is there.", path);
        }
        return ReadAll(all, options ?? new MailReadOptions(), report, cancellation);
    }

    private static IEnumerable<MailMessage> ReadAll(string[] paths, MailReadOptions options, MailReadReport report, CancellationToken cancellation)
    {
        var seen = new HashSet<ulong>();
        foreach (string path in paths)
        {
            report.CountFile();
            foreach (RawMail raw in JsonLinesSource.Read(path, report, cancellation))
            {
                string text = raw.Text.Trim();
                if (text.Length < options.MinCharacters)
                    report.Skip(MailSkipReason.NoOwnText);
                else if (!seen.Add(Hash(text)))
                    report.Skip(MailSkipReason.Duplicate);
                else
                {
                    var mail = new MailMessage
                    {
                        Text = text,
                        Subject = raw.Subject,
                        Previous = MailCleaner.CleanPrevious(raw.Quoted),
                        From = raw.From,
                        To = raw.To,
                        Date = raw.Date,
                        Id = raw.Id.Length > 0 ? raw.Id : Hash(text).ToString("x16", System.Globalization.CultureInfo.InvariantCulture),
                        Source = raw.Source,
                    };
                    report.CountKept(mail);
                    yield return mail;
                }
            }
        }
    }

    private static ulong Hash(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return BitConverter.ToUInt64(hash);
    }
}
