using System.Text.Json;

namespace Inkling.Mail;

/// <summary>Reads data sets: a JSON object a line, perhaps compressed with gzip.</summary>
internal static class JsonLinesSource
{
    /// <summary>Bytes of a line that are read.</summary>
    public const int MaxLine = 8 << 20;

    /// <summary>The messages of a file; lines that cannot be read are counted in the report and passed over.</summary>
    public static IEnumerable<RawMail> Read(MailFile file, MailReadReport report, CancellationToken cancellation)
    {
        string path = file.Path;
        using var lines = new LineReader(Open(file, report), MaxLine);
        while (TryReadLine(lines, path, report, out ReadOnlyMemory<byte> line))
        {
            cancellation.ThrowIfCancellationRequested();
            if (lines.Number == 1 && line.Span.StartsWith("\uFEFF"u8))
                line = line[3..];
            if (line.Span.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0 && !lines.TooLong)
                continue;
            report.CountRead();
            if (lines.TooLong)
                report.Skip(MailSkipReason.TooLong, $"{path}, line {lines.Number}: longer than {MaxLine >> 20} MB, passed over.");
            else if (Parse(line, path, lines.Number, report) is { } mail)
                yield return mail;
        }
    }

    /// <summary>The lines of a file, unpacked.</summary>
    public static Stream Open(MailFile file, MailReadReport report) => file.Kind == MailFileKind.JsonLinesGzip ? new WholeGzipStream(file, report) : file.Open(report);

    /// <summary>Reads a line.</summary>
    // A damaged or cut-off archive ends the file, with a warning; what came before stays.
    public static bool TryReadLine(LineReader lines, string path, MailReadReport report, out ReadOnlyMemory<byte> line)
    {
        try
        {
            return lines.TryRead(out line);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            MailSkipReason reason = error is IOException ? MailSkipReason.Unreadable : MailSkipReason.Malformed;
            report.Skip(reason, $"{path}: the file is damaged after line {lines.Number} ({error.Message}); what comes before was read.");
            line = default;
            return false;
        }
    }

    /// <summary>The mail in a line; null, and counted in the report, when it cannot be read.</summary>
    public static RawMail? Parse(ReadOnlyMemory<byte> line, string path, long number, MailReadReport report)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && Field(root, "text") is { } text)
            {
                return new RawMail
                {
                    Text = text,
                    Kind = RawMailKind.DataSet,
                    Subject = Field(root, "subject") ?? "",
                    Quoted = Field(root, "quoted") ?? "",
                    From = Field(root, "author") ?? Field(root, "from") ?? "",
                    To = List(root, "to"),
                    Date = Date(Field(root, "date")),
                    Id = Field(root, "id") ?? "",
                    InReplyTo = Field(root, "reply_to") ?? "",
                    Source = Field(root, "src") ?? "jsonl",
                };
            }
            report.Skip(MailSkipReason.BadJson, $"{path}, line {number}: no JSON object with a \"text\" of type string.");
        }
        catch (JsonException error)
        {
            report.Skip(MailSkipReason.BadJson, $"{path}, line {number}: no JSON (at byte {error.BytePositionInLine}).");
        }
        catch (InvalidOperationException)
        {
            report.Skip(MailSkipReason.BadJson, $"{path}, line {number}: a string is no valid Unicode.");
        }
        return null;
    }

    private static string? Field(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        } : null;

    private static string[] List(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement value))
            return [];
        if (value.ValueKind == JsonValueKind.Array)
            return [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()!.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];
    }

    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? date : null;
}
