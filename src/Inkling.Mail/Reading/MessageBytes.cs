using System.Buffers;

namespace Inkling.Mail;

/// <summary>Takes the bytes of single messages from files. Of a long message only the start is kept: text stands before attachments.</summary>
internal static class MessageBytes
{
    private const int LongestLine = 1 << 20;

    /// <summary>The messages of a file, one after the other. The memory is valid until the next one is asked for.</summary>
    /// <param name="stream">Read once, from where it stands; disposed of at the end.</param>
    /// <param name="kind">One message, or a mailbox of many.</param>
    /// <param name="most">Bytes of one message that are kept.</param>
    public static IEnumerable<(ReadOnlyMemory<byte> Bytes, bool Cut)> Read(Stream stream, MailFileKind kind, int most) =>
        kind == MailFileKind.Mbox ? ReadMbox(stream, most) : ReadMessage(stream, most);

    /// <summary>Whether bytes look like the header of a message: a field name and a colon, and among the fields one that mail has.</summary>
    public static bool LooksLikeHeaders(ReadOnlySpan<byte> bytes)
    {
        bool first = true, known = false;
        foreach (Range range in bytes.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = bytes[range].TrimEnd((byte)'\r');
            if (line.IsEmpty)
                break;
            if (line[0] is (byte)' ' or (byte)'\t')
            {
                if (first)
                    return false;
                continue;
            }
            int colon = line.IndexOf((byte)':');
            if (colon <= 0 || line[..colon].ContainsAnyExceptInRange((byte)33, (byte)126))
                return known && range.End.Value >= bytes.Length - 1;
            first = false;
            known |= IsMailField(line[..colon]);
        }
        return known;
    }

    private static IEnumerable<(ReadOnlyMemory<byte> Bytes, bool Cut)> ReadMessage(Stream stream, int most)
    {
        using (stream)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 14);
            try
            {
                int length = 0;
                while (length < most)
                {
                    if (length == buffer.Length)
                        buffer = Grow(buffer, length);
                    int read = stream.Read(buffer, length, Math.Min(buffer.Length, most) - length);
                    if (read == 0)
                        break;
                    length += read;
                }
                yield return (buffer.AsMemory(0, length), length == most);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private static IEnumerable<(ReadOnlyMemory<byte> Bytes, bool Cut)> ReadMbox(Stream stream, int most)
    {
        using var lines = new LineReader(stream, LongestLine);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            int length = 0;
            bool cut = false, blank = true, inside = false;
            while (lines.TryRead(out ReadOnlyMemory<byte> line))
            {
                if (blank && line.Span.StartsWith("From "u8))
                {
                    if (inside && length > 0)
                        yield return (buffer.AsMemory(0, length), cut);
                    (length, cut, blank, inside) = (0, false, false, true);
                    continue;
                }
                blank = line.IsEmpty;
                inside |= !blank;
                cut |= lines.TooLong || length + line.Length + 1 > most;
                if (cut)
                    continue;
                // Writers of mailboxes put a > before lines that start with "From ".
                if (line.Span.StartsWith(">From "u8))
                    line = line[1..];
                while (length + line.Length + 1 > buffer.Length)
                    buffer = Grow(buffer, length);
                line.CopyTo(buffer.AsMemory(length));
                length += line.Length;
                buffer[length++] = (byte)'\n';
            }
            if (inside && length > 0)
                yield return (buffer.AsMemory(0, length), cut);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static bool IsMailField(ReadOnlySpan<byte> name)
    {
        foreach (string field in (ReadOnlySpan<string>)["From", "To", "Subject", "Date", "Message-ID", "Received", "Return-Path", "Delivered-To", "Cc", "Sender"])
        {
            if (System.Text.Ascii.EqualsIgnoreCase(name, field))
                return true;
        }
        return false;
    }
}
