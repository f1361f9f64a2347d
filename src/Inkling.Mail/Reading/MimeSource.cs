using MimeKit;
using MimeKit.Text;

namespace Inkling.Mail;

/// <summary>Reads messages as mail programs keep them.</summary>
internal static class MimeSource
{
    private static readonly ParserOptions Options = new() { MaxMimeDepth = 64, MaxAddressGroupDepth = 3, RespectContentLength = false };

    /// <summary>The messages of a file; those that cannot be read are counted in the report and passed over.</summary>
    public static IEnumerable<RawMail> Read(MailFile file, MailReadOptions options, MailReadReport report, CancellationToken cancellation)
    {
        int number = 0;
        foreach (var (bytes, cut) in MessageBytes.Read(file.Open(report), file.Kind, options.MaxMessageBytes))
        {
            cancellation.ThrowIfCancellationRequested();
            report.CountRead();
            string place = file.Kind == MailFileKind.Mbox ? $"{file.Path}, message {++number}" : file.Path;
            if (!MessageBytes.LooksLikeHeaders(bytes.Span[..Math.Min(bytes.Length, 1 << 16)]))
                report.Skip(MailSkipReason.Malformed, $"{place}: no mail header is at the start.");
            else if (Parse(bytes, cut, file, place, report) is { } mail)
                yield return mail;
        }
    }

    /// <summary>The header of a message; null when it cannot be read.</summary>
    public static HeaderList? Header(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return HeaderList.Load(Options, AsStream(bytes));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>The first mailbox address in a header field, in small letters; null when there is none.</summary>
    public static string? Address(HeaderList header, string field) =>
        header[field] is { Length: > 0 } value && InternetAddressList.TryParse(Options, value, out InternetAddressList? list)
            ? list.Mailboxes.FirstOrDefault()?.Address?.ToLowerInvariant() : null;

    /// <summary>One message; null, and counted in the report, when it cannot be read.</summary>
    // Whatever a message can do to the parser, it is that message alone that is lost: hence every exception.
    public static RawMail? Parse(ReadOnlyMemory<byte> bytes, bool cut, MailFile file, string place, MailReadReport report)
    {
        try
        {
            MimeMessage message = MimeMessage.Load(Options, AsStream(bytes));
            if (cut)
                report.Warn($"{place}: longer than {bytes.Length >> 10} KB; only its start was read.");
            return new RawMail
            {
                Kind = RawMailKind.Mailbox,
                Text = Body(message),
                Subject = message.Subject?.Trim() ?? "",
                From = message.From.Mailboxes.FirstOrDefault()?.Address?.ToLowerInvariant() ?? "",
                Sender = message.From.Mailboxes.FirstOrDefault()?.Name?.Trim() ?? "",
                To = [.. message.To.Mailboxes.Take(50).Select(mailbox => mailbox.Address ?? "")],
                Date = message.Date == DateTimeOffset.MinValue ? null : message.Date,
                Id = message.MessageId ?? "",
                InReplyTo = message.InReplyTo ?? message.References.LastOrDefault() ?? "",
                Source = file.Kind == MailFileKind.Mbox ? "mbox" : file.Path.EndsWith(".eml", StringComparison.OrdinalIgnoreCase) ? "eml" : "maildir",
                Sent = file.Sent,
                Automatic = IsAutomatic(message),
            };
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            report.Skip(MailSkipReason.Malformed, $"{place}: the message is broken ({error.GetType().Name}).");
            return null;
        }
    }

    private static bool IsAutomatic(MimeMessage message)
    {
        HeaderList headers = message.Headers;
        return headers[HeaderId.AutoSubmitted] is { } submitted && !submitted.TrimStart().StartsWith("no", StringComparison.OrdinalIgnoreCase)
            || headers[HeaderId.Precedence]?.Trim() is "bulk" or "junk"
            || headers["X-Autoreply"] is not null
            || message.Body is MultipartReport
            || message.BodyParts.Any(part => part.ContentType.IsMimeType("text", "calendar") && part.ContentType.Parameters.Contains("method"));
    }

    // The inline text parts in order; of alternatives the plain text, unless only HTML says something.
    private static string Body(MimeMessage message)
    {
        var parts = new List<string>();
        Collect(message.Body, parts);
        return string.Join('\n', parts);
    }

    private static void Collect(MimeEntity? entity, List<string> parts)
    {
        switch (entity)
        {
            case MultipartAlternative alternatives:
                var texts = new List<string>();
                foreach (MimeEntity alternative in alternatives.OrderBy(part => part.ContentType.IsMimeType("text", "plain") ? 0 : 1))
                {
                    Collect(alternative, texts);
                    if (texts.Exists(text => !string.IsNullOrWhiteSpace(text)))
                        break;
                }
                parts.AddRange(texts);
                break;
            case Multipart multipart:
                foreach (MimeEntity part in multipart)
                    Collect(part, parts);
                break;
            case TextPart { IsAttachment: false } text when text.IsHtml:
                parts.Add(HtmlText.Convert(Text(text)));
                break;
            case TextPart { IsAttachment: false } text when text.IsPlain || text.ContentType.IsMimeType("text", "enriched"):
                parts.Add(text.IsFlowed ? Unflow(text) : Text(text));
                break;
        }
    }

    private static string Unflow(TextPart text)
    {
        bool deleteSpace = text.ContentType.Parameters.TryGetValue("delsp", out string? value) && value.Equals("yes", StringComparison.OrdinalIgnoreCase);
        return new FlowedToText { DeleteSpace = deleteSpace }.Convert(Text(text));
    }

    // An unknown charset reads as UTF-8 where that is valid, else as Latin-1.
    private static string Text(TextPart text) => text.Text ?? "";

    private static MemoryStream AsStream(ReadOnlyMemory<byte> bytes) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false) : new MemoryStream(bytes.ToArray());
}
