using System.Buffers.Binary;
using System.IO.Compression;
using Inkling.Numerics;

namespace Inkling.Mail;

/// <summary>Unpacks a file of gzip, and throws at its end when the file is cut off there (which <see cref="GZipStream"/> takes for the end).</summary>
/// <param name="file">The file.</param>
/// <param name="report">Counts the bytes read.</param>
internal sealed class WholeGzipStream(MailFile file, MailReadReport report) : ForwardStream
{
    private const int Trailer = 8;

    private readonly GZipStream _unpacked = new(file.Open(report), CompressionMode.Decompress);
    private long _length;
    private bool _ended;

    /// <exception cref="InvalidDataException">The file is damaged, or cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read = _unpacked.Read(buffer);
        _length += read;
        if (read > 0 || buffer.IsEmpty || _ended) return read;
        _ended = true;
        if (!EndsWell()) throw new InvalidDataException("it is cut off");
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _unpacked.Dispose();
        base.Dispose(disposing);
    }

    // The last bytes of a member are its CRC and its length, modulo 2^32 (RFC 1952 §2.3.1). Of several members, one behind the other, they speak of the last.
    private bool EndsWell()
    {
        using Stream packed = file.Open(report: null);
        if (packed.Length < Trailer) return false;
        Span<byte> trailer = stackalloc byte[Trailer];
        packed.Seek(-Trailer, SeekOrigin.End);
        packed.ReadExactly(trailer);
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(trailer), length = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        if (length == (uint)_length) return true;
        return length < _length && ChecksumFrom(packed, _length - length) == checksum;
    }

    private static uint ChecksumFrom(Stream packed, long from)
    {
        packed.Position = 0;
        using GZipStream again = new(packed, CompressionMode.Decompress, leaveOpen: true);
        byte[] block = new byte[1 << 16];
        uint checksum = 0;
        long at = 0;
        for (int read; (read = again.Read(block)) > 0; at += read)
            checksum = Crc32.Of(block.AsSpan((int)Math.Clamp(from - at, 0, read)..read), checksum);

        return checksum;
    }
}
