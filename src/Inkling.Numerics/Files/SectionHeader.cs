using System.Buffers.Binary;
using System.Text;

namespace Inkling.Numerics;

/// <summary>
/// The first page of a file of sections: what it is, which version, which sections lie where, and checksums of itself and of the list of block checksums.
/// Little-endian.
/// </summary>
/// <remarks>
/// Bytes 0–7 <c>INKLFILE</c>, 8 version, 12 number of sections, 16 length of the file, 24 bytes of a block, 32 kind (16 bytes ASCII), 48 offset and 56 length
/// of the block checksums; from 64 on for each section its name (24 bytes ASCII), offset and length (8 bytes each); 4088 checksum of the block
/// checksums, 4092 checksum of all before it.
/// </remarks>
/// <param name="Kind">What the file holds, for example <c>hnsw</c>: up to 16 ASCII letters.</param>
/// <param name="Length">Bytes of the file.</param>
/// <param name="Checksums">Where the checksums of the blocks are.</param>
/// <param name="ChecksumOfChecksums">Their own.</param>
/// <param name="Sections">Where each section is.</param>
internal sealed record SectionHeader(string Kind, long Length, SectionRange Checksums, uint ChecksumOfChecksums, IReadOnlyDictionary<string, SectionRange> Sections)
{
    /// <summary>The version this program writes, and the only one it reads.</summary>
    public const int Version = 1;

    /// <summary>Bytes of the header, and what sections are aligned to.</summary>
    public const int Page = 4096;

    /// <summary>Bytes that have a checksum of their own.</summary>
    public const int Block = 1 << 20;

    /// <summary>As many sections as fit.</summary>
    public const int MaximumSections = 96;

    private const ulong Magic = 0x454C49464C4B4E49;   // "INKLFILE"
    private const int KindLength = 16;
    private const int NameLength = 24;
    private const int Entry = NameLength + 16;
    private const int Entries = 64;

    /// <summary>The header as a page.</summary>
    public byte[] ToPage()
    {
        byte[] page = new byte[Page];
        Span<byte> bytes = page;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], Sections.Count);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], Block);
        Encoding.ASCII.GetBytes(Kind, bytes.Slice(32, KindLength));
        Checksums.Write(bytes[48..]);
        int at = Entries;
        foreach ((string name, SectionRange range) in Sections)
        {
            Encoding.ASCII.GetBytes(name, bytes.Slice(at, NameLength));
            range.Write(bytes[(at + NameLength)..]);
            at += Entry;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes[(Page - 8)..], ChecksumOfChecksums);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[(Page - 4)..], Checksum.Of(bytes[..(Page - 4)]));
        return page;
    }

    /// <summary>Reads a page and believes nothing of it that does not fit a file of <paramref name="length"/> bytes.</summary>
    /// <exception cref="InvalidDataException">It is no such file, of another version, cut short or damaged.</exception>
    public static SectionHeader Read(ReadOnlySpan<byte> page, long length, string path)
    {
        if (page.Length < Page || BinaryPrimitives.ReadUInt64LittleEndian(page) != Magic)
            throw new InvalidDataException($"Open: {path} is not an index file of Inkling. Give a file that was written by Save.");
        int version = BinaryPrimitives.ReadInt32LittleEndian(page[8..]);
        if (version != Version)
            throw new InvalidDataException($"Open: {path} has version {version}, this program reads version {Version}. Build the index again, or use the program that wrote it.");
        if (Checksum.Of(page[..(Page - 4)]) != BinaryPrimitives.ReadUInt32LittleEndian(page[(Page - 4)..]))
            throw Damaged(path, "its header does not agree with its checksum");
        long wanted = BinaryPrimitives.ReadInt64LittleEndian(page[16..]);
        if (wanted != length)
            throw Damaged(path, $"it has {length} bytes where its header says {wanted}");
        int count = BinaryPrimitives.ReadInt32LittleEndian(page[12..]);
        if (count is < 0 or > MaximumSections || BinaryPrimitives.ReadInt64LittleEndian(page[24..]) != Block)
            throw Damaged(path, $"its header says {count} sections");
        var sections = new Dictionary<string, SectionRange>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = page.Slice(Entries + (i * Entry), Entry);
            if (!sections.TryAdd(Ascii(entry[..NameLength]), SectionRange.Read(entry[NameLength..], length, path)))
                throw Damaged(path, "a section is there twice");
        }

        SectionRange checksums = SectionRange.Read(page[48..], length, path);
        if (checksums.Length != Blocks(checksums.Offset) * sizeof(uint))
            throw Damaged(path, $"it has {checksums.Length / sizeof(uint)} checksums for {Blocks(checksums.Offset)} blocks");
        return new SectionHeader(Ascii(page.Slice(32, KindLength)), length, checksums, BinaryPrimitives.ReadUInt32LittleEndian(page[(Page - 8)..]), sections);
    }

    /// <summary>Blocks of what lies between the header and <paramref name="end"/>.</summary>
    public static long Blocks(long end) => (end - Page + Block - 1) / Block;

    /// <summary>The error of a damaged file.</summary>
    public static InvalidDataException Damaged(string path, string what) => new($"Open: {path} is damaged: {what}. Restore it from a copy, or build the index again.");

    private static string Ascii(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes).TrimEnd('\0');
}

/// <summary>Bytes of a file.</summary>
/// <param name="Offset">Where they begin.</param>
/// <param name="Length">How many they are.</param>
internal readonly record struct SectionRange(long Offset, long Length)
{
    /// <summary>Writes both numbers.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Offset);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], Length);
    }

    /// <summary>Reads both numbers and checks that they lie behind the header and within the file.</summary>
    public static SectionRange Read(ReadOnlySpan<byte> bytes, long file, string path)
    {
        long offset = BinaryPrimitives.ReadInt64LittleEndian(bytes), length = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        if (offset < SectionHeader.Page || offset > file || length < 0 || length > file - offset || offset % SectionHeader.Page != 0)
            throw SectionHeader.Damaged(path, $"a section of {length} bytes at {offset} is not within its {file} bytes");
        return new SectionRange(offset, length);
    }
}
