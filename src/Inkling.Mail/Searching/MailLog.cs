using System.Buffers.Binary;
using System.Text;
using Inkling.Numerics;
using Microsoft.Win32.SafeHandles;

namespace Inkling.Mail;

/// <summary>
/// The mails of a search index, one record after the other in one file to which only is added. A record is its length and a CRC-32C of what follows (4 bytes
/// each), then hash, date, marks and texts. Whoever is killed while writing leaves a record cut short at the end; the next writer cuts it off. A damaged record before others is passed over.
/// </summary>
internal sealed class MailLog : IDisposable
{
    private const ulong Magic = 0x31474F4C4C49414D;   // "MAILLOG1"
    private const int Head = 8;
    private const int MostBytes = 16 << 20;
    private const byte ErasedMark = 3;
    private const int Least = 42;   // head, hash, date, zone, mark and seven empty texts

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
        if (!File.Exists(path))
        {
            FileStreamOptions forOne = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
            if (!OperatingSystem.IsWindows()) forOne.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            new FileStream(path, forOne).Dispose();
        }

        SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        if (RandomAccess.GetLength(handle) == 0)
        {
            byte[] magic = new byte[Head];
            BinaryPrimitives.WriteUInt64LittleEndian(magic, Magic);
            RandomAccess.Write(handle, magic, 0);
        }

        return new MailLog(path, handle, CheckHead(path, handle));
    }

    /// <summary>Whether a file begins like a log.</summary>
    public static bool IsLog(string path)
    {
        if (!File.Exists(path)) return false;
        using SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return HasHead(handle);
    }

    /// <summary>The records from a place on; damaged ones are passed over, and it ends where nothing whole follows.</summary>
    /// <param name="from">Where, as an earlier reading said; 0 for the first.</param>
    /// <param name="passedOver">Told where damage begins and where the next whole record is; null for nobody.</param>
    public IEnumerable<(ArchivedMail Mail, long Offset, long Next)> Read(long from, Action<long, long>? passedOver = null)
    {
        for (long at = Math.Max(from, Head); ;)
        {
            if (TryRead(at, out ArchivedMail? mail, out long next)) yield return (mail!, at, next);
            else if ((next = NextWhole(at)) >= 0) passedOver?.Invoke(at, next);
            else yield break;
            at = next;
        }
    }

    /// <summary>Reads one record; null when it is damaged.</summary>
    public ArchivedMail? TryReadAt(long offset) => TryRead(offset, out ArchivedMail? mail, out _) ? mail : null;

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
        writer.Write((byte)(mail.Own ? mail.OwnWords ? 1 : 2 : 0));
        foreach (string text in (ReadOnlySpan<string>)[mail.Id, mail.From, mail.Sender, mail.Subject, mail.InReplyTo, mail.Folder, mail.Text]) writer.Write(text);
        writer.Flush();
        Span<byte> record = _buffer.GetBuffer().AsSpan((int)start, (int)(_buffer.Length - start));
        BinaryPrimitives.WriteInt32LittleEndian(record, record.Length - 8);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], Checksum.Of(record[8..]));
        return offset;
    }

    /// <summary>Overwrites a record, so that nothing is left of the mail. Whoever is killed on the way leaves a damaged record, which is passed over.</summary>
    public void Erase(long offset)
    {
        Span<byte> head = stackalloc byte[8];
        if (!TryRead(offset, out _, out _) || RandomAccess.Read(_handle, head, offset) < 8) return;
        byte[] record = new byte[8 + BinaryPrimitives.ReadInt32LittleEndian(head)];
        head[..4].CopyTo(record);
        record[34] = ErasedMark;
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4), Checksum.Of(record.AsSpan(8)));
        RandomAccess.Write(_handle, record, offset);
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
        if (HasHead(handle)) return RandomAccess.GetLength(handle);
        handle.Dispose();
        throw new InvalidDataException($"{path} is no mail of a search index, or of another version. Run `inkling search index` again into a new folder.");
    }

    private static bool HasHead(SafeFileHandle handle)
    {
        Span<byte> magic = stackalloc byte[Head];
        return RandomAccess.Read(handle, magic, 0) == Head && BinaryPrimitives.ReadUInt64LittleEndian(magic) == Magic;
    }

    // The length of a damaged record may be right; if not, every byte may be where the next one begins.
    private long NextWhole(long damaged)
    {
        long length = Length;
        byte[] block = new byte[1 << 20];
        if (RandomAccess.Read(_handle, block.AsSpan(0, 4), damaged) < 4) return -1;
        long told = damaged + 8 + BinaryPrimitives.ReadInt32LittleEndian(block);
        if (told > damaged + 8 && told < length && TryRead(told, out _, out _)) return told;
        for (long start = damaged + 1; start < length; start += block.Length - Least)
        {
            int read = RandomAccess.Read(_handle, block, start);
            for (int i = 0; i + Least <= read; i++)
            {
                // Most places are ruled out by the length, nearly all others by the zone and the mark.
                ReadOnlySpan<byte> here = block.AsSpan(i, Least);
                int record = BinaryPrimitives.ReadInt32LittleEndian(here);
                if (record is < Least - 8 or > MostBytes || start + i + 8 + record > length || here[34] > ErasedMark || BinaryPrimitives.ReadInt16LittleEndian(here[32..]) is < -840 or > 840) continue;
                if (TryRead(start + i, out _, out _)) return start + i;
            }

            if (read < block.Length) break;
        }

        return -1;
    }

    private bool TryRead(long at, out ArchivedMail? mail, out long next)
    {
        (mail, next) = (null, at);
        Span<byte> head = stackalloc byte[8];
        if (RandomAccess.Read(_handle, head, at) < 8) return false;
        int length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is < Least - 8 or > MostBytes || at + 8 + length > Length) return false;
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
            byte own = reader.ReadByte();
            if (own == ErasedMark) return new ArchivedMail { Hash = 0, Id = "", Text = "", Erased = true };
            string id = reader.ReadString(), from = reader.ReadString(), sender = reader.ReadString(), subject = reader.ReadString(), reply = reader.ReadString(), folder = reader.ReadString();
            return new ArchivedMail
            {
                Hash = hash, Id = id, From = from, Sender = sender, Subject = subject, InReplyTo = reply, Folder = folder, Own = own != 0, OwnWords = own == 1, Text = reader.ReadString(),
                Date = ticks == long.MinValue ? null : new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(zone),
            };
        }
        catch (Exception error) when (error is EndOfStreamException or ArgumentException or FormatException or IOException)
        {
            return null;
        }
    }
}
