using System.Buffers.Binary;
using System.Text;
using Inkling.Numerics;
using Microsoft.Win32.SafeHandles;

namespace Inkling.Mail;

/// <summary>
/// The mails of a search index, one record after the other in one file that only grows. A record is its length and a CRC-32C of what follows (4 bytes
/// each), then hash, date, marks and texts. Whoever is killed while writing leaves a record cut short at the end; the next writer cuts it off.
/// </summary>
internal sealed class MailLog : IDisposable
{
    private const ulong Magic = 0x31474F4C4C49414D;   // "MAILLOG1"
    private const int Head = 8;
    private const int MostBytes = 16 << 20;

    private readonly SafeFileHandle _handle;
    private readonly string _path;
    private readonly MemoryStream _buffer = new();
    private long _end;

    private MailLog(string path, SafeFileHandle handle, long end) => (_path, _handle, _end) = (path, handle, end);

    /// <summary>Where the next record goes.</summary>
    public long End => _end + _buffer.Length;

    /// <summary>Opens a log for reading.</summary>
    /// <exception cref="InvalidDataException">It is none, or of another version.</exception>
    public static MailLog Open(string path)
    {
        SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new MailLog(path, handle, CheckHead(path, handle));
    }

    /// <summary>Opens a log for writing, or begins one.</summary>
    /// <exception cref="InvalidDataException">There is something else of this name.</exception>
    public static MailLog OpenToWrite(string path)
    {
        SafeFileHandle handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        if (RandomAccess.GetLength(handle) < Head)
        {
            byte[] magic = new byte[Head];
            BinaryPrimitives.WriteUInt64LittleEndian(magic, Magic);
            RandomAccess.Write(handle, magic, 0);
        }

        return new MailLog(path, handle, CheckHead(path, handle));
    }

    /// <summary>The records from a place on; ends before one that is cut short or damaged.</summary>
    /// <param name="from">Where, as an earlier reading said; 0 for the first.</param>
    public IEnumerable<(ArchivedMail Mail, long Offset, long Next)> Read(long from)
    {
        for (long at = Math.Max(from, Head); TryRead(at, out ArchivedMail? mail, out long next); at = next) yield return (mail!, at, next);
    }

    /// <summary>Reads one record.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public ArchivedMail ReadAt(long offset) => TryRead(offset, out ArchivedMail? mail, out _)
        ? mail!
        : throw new InvalidDataException($"{_path} is damaged at byte {offset}. Run `inkling search index` again into a new folder.");

    /// <summary>Appends a record; it is written at the next <see cref="Flush"/>.</summary>
    /// <returns>Where it is.</returns>
    public long Append(ArchivedMail mail)
    {
        long offset = End, start = _buffer.Length;
        _buffer.Position = start;
        using BinaryWriter writer = new(_buffer, Encoding.UTF8, leaveOpen: true);
        writer.Write(0L);
        writer.Write((ulong)(mail.Hash >> 64));
        writer.Write((ulong)mail.Hash);
        writer.Write(mail.Date is null ? long.MinValue : mail.Date.Value.UtcTicks);
        writer.Write((short)(mail.Date?.TotalOffsetMinutes ?? 0));
        writer.Write(mail.Own);
        foreach (string text in (ReadOnlySpan<string>)[mail.Id, mail.From, mail.Sender, mail.Subject, mail.InReplyTo, mail.Folder, mail.Text]) writer.Write(text);
        writer.Flush();
        Span<byte> record = _buffer.GetBuffer().AsSpan((int)start, (int)(_buffer.Length - start));
        BinaryPrimitives.WriteInt32LittleEndian(record, record.Length - 8);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], Checksum.Of(record[8..]));
        return offset;
    }

    /// <summary>Writes what was appended.</summary>
    /// <param name="toDisk">Whether it must be on the disk before this returns.</param>
    public void Flush(bool toDisk)
    {
        RandomAccess.Write(_handle, _buffer.GetBuffer().AsSpan(0, (int)_buffer.Length), _end);
        _end += _buffer.Length;
        _buffer.SetLength(0);
        if (toDisk) RandomAccess.FlushToDisk(_handle);
    }

    /// <summary>Cuts off what stands behind the last whole record.</summary>
    public void CutAt(long end)
    {
        if (end < RandomAccess.GetLength(_handle)) RandomAccess.SetLength(_handle, end);
        _end = end;
    }

    /// <summary>Bytes of the file.</summary>
    public long Length => RandomAccess.GetLength(_handle);

    /// <inheritdoc/>
    public void Dispose()
    {
        _handle.Dispose();
        _buffer.Dispose();
    }

    private static long CheckHead(string path, SafeFileHandle handle)
    {
        Span<byte> magic = stackalloc byte[Head];
        if (RandomAccess.Read(handle, magic, 0) == Head && BinaryPrimitives.ReadUInt64LittleEndian(magic) == Magic) return RandomAccess.GetLength(handle);
        handle.Dispose();
        throw new InvalidDataException($"{path} is no mail of a search index, or of another version. Run `inkling search index` again into a new folder.");
    }

    private bool TryRead(long at, out ArchivedMail? mail, out long next)
    {
        (mail, next) = (null, at);
        Span<byte> head = stackalloc byte[8];
        if (RandomAccess.Read(_handle, head, at) < 8) return false;
        int length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is < 35 or > MostBytes) return false;
        byte[] record = new byte[length];
        if (RandomAccess.Read(_handle, record, at + 8) < length || Checksum.Of(record) != BinaryPrimitives.ReadUInt32LittleEndian(head[4..])) return false;
        mail = Parse(record);
        next = at + 8 + length;
        return mail is not null;
    }

    private static ArchivedMail? Parse(byte[] record)
    {
        try
        {
            using BinaryReader reader = new(new MemoryStream(record), Encoding.UTF8);
            UInt128 hash = new(reader.ReadUInt64(), reader.ReadUInt64());
            long ticks = reader.ReadInt64();
            TimeSpan zone = TimeSpan.FromMinutes(reader.ReadInt16());
            bool own = reader.ReadBoolean();
            string id = reader.ReadString(), from = reader.ReadString(), sender = reader.ReadString(), subject = reader.ReadString(), reply = reader.ReadString(), folder = reader.ReadString();
            return new ArchivedMail
            {
                Hash = hash, Id = id, From = from, Sender = sender, Subject = subject, InReplyTo = reply, Folder = folder, Own = own, Text = reader.ReadString(),
                Date = ticks == long.MinValue ? null : new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(zone),
            };
        }
        catch (Exception error) when (error is EndOfStreamException or ArgumentException or FormatException or IOException)
        {
            return null;
        }
    }
}
