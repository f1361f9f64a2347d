using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Inkling.Numerics;

/// <summary>
/// A file of sections, mapped into memory: opening reads the first page, and the system reads of the rest what is touched. The mapping ends when nobody
/// refers to it or to one of its sections any more. Sizes are checked at opening, contents by <see cref="Verify()"/>: readers treat them as
/// anything.
/// </summary>
internal sealed unsafe class SectionFile
{
    private readonly SectionHeader _header;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _address;

    private SectionFile(string path, SectionHeader header, MemoryMappedViewAccessor view)
    {
        Path = path;
        _header = header;
        _view = view;
        byte* address = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        _address = address + view.PointerOffset;
    }

    ~SectionFile()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>What it holds.</summary>
    public string Kind => _header.Kind;

    /// <summary>Opens a file.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is no such file, of another version, cut short or its header is damaged.</exception>
    public static SectionFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"Open: there is no file {path}. Build an index and save it there first.", path);
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1);
        byte[] page = new byte[SectionHeader.Page];
        int read = stream.ReadAtLeast(page, page.Length, throwOnEndOfStream: false);
        SectionHeader header = SectionHeader.Read(page.AsSpan(0, read), stream.Length, path);
        using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        return new SectionFile(path, header, file.CreateViewAccessor(0, header.Length, MemoryMappedFileAccess.Read));
    }

    /// <summary>Whether there is a section of this name.</summary>
    public bool Has(string name) => _header.Sections.ContainsKey(name);

    /// <summary>A section.</summary>
    /// <exception cref="InvalidDataException">There is none of this name.</exception>
    public RowMemory Section(string name)
    {
        if (!_header.Sections.TryGetValue(name, out SectionRange range))
            throw SectionHeader.Damaged(Path, $"it has no section {name}");
        return RowMemory.View(_address + range.Offset, range.Length, this);
    }

    /// <summary>A section that must have so many bytes.</summary>
    /// <exception cref="InvalidDataException">It has not, or there is none.</exception>
    public RowMemory Section(string name, long length)
    {
        RowMemory section = Section(name);
        return section.Length == length ? section : throw SectionHeader.Damaged(Path, $"section {name} has {section.Length} bytes where {length} are wanted");
    }

    /// <summary>Reads everything and compares the checksums.</summary>
    /// <exception cref="InvalidDataException">A block has changed since it was written; the message says which sections it touches.</exception>
    public void Verify() => Verify(SectionHeader.Page, _header.Checksums.Offset);

    /// <summary>Reads one section (and what shares its blocks) and compares the checksums.</summary>
    /// <exception cref="InvalidDataException">A block has changed since it was written.</exception>
    public void Verify(string section)
    {
        if (_header.Sections.TryGetValue(section, out SectionRange range) && range.Length > 0)
            Verify(range.Offset, range.Offset + range.Length);
    }

    private void Verify(long from, long to)
    {
        ReadOnlySpan<byte> list = new(_address + _header.Checksums.Offset, (int)_header.Checksums.Length);
        if (Checksum.Of(list) != _header.ChecksumOfChecksums)
            throw SectionHeader.Damaged(Path, "the list of its checksums has changed");
        ReadOnlySpan<uint> checksums = MemoryMarshal.Cast<byte, uint>(list);
        for (long block = (from - SectionHeader.Page) / SectionHeader.Block; block < SectionHeader.Blocks(to); block++)
        {
            long start = SectionHeader.Page + (block * SectionHeader.Block), end = long.Min(start + SectionHeader.Block, _header.Checksums.Offset);
            if (Checksum.Of(new ReadOnlySpan<byte>(_address + start, (int)(end - start))) == checksums[(int)block])
                continue;
            IEnumerable<string> touched = _header.Sections.Where(one => one.Value.Offset < end && one.Value.Offset + one.Value.Length > start).Select(one => one.Key);
            throw SectionHeader.Damaged(Path, $"bytes {start} to {end} ({string.Join(", ", touched)}) have changed since they were written");
        }

        GC.KeepAlive(this);
    }
}
