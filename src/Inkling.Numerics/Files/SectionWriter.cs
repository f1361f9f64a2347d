using System.Runtime.InteropServices;

namespace Inkling.Numerics;

/// <summary>
/// Writes a file of sections beside its place under another name and renames it when all of it is on the disk: whoever is killed on the way leaves the old
/// file, and perhaps the other name, behind.
/// </summary>
internal sealed class SectionWriter : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly FileStream _stream;
    private readonly Dictionary<string, SectionRange> _sections = new(StringComparer.Ordinal);
    private readonly List<uint> _checksums = [];
    private string? _name;
    private long _start;
    private uint _checksum;
    private long _inBlock;
    private bool _committed;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where it will be. What is there stays until <see cref="Commit"/>.</param>
    public SectionWriter(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = Path.GetFullPath(path);
        _temporary = _path + "." + Guid.NewGuid().ToString("N")[..8] + ".tmp";
        _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        _stream.Write(new byte[SectionHeader.Page]);
    }

    /// <summary>Begins a section; what is written from now on is in it.</summary>
    /// <param name="name">Up to 24 ASCII letters, not used before.</param>
    public void Begin(string name)
    {
        End();
        (_name, _start) = (name, _stream.Position);
    }

    /// <summary>Writes a section of some elements.</summary>
    public void Section<T>(string name, ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        Begin(name);
        Write(elements);
    }

    /// <summary>Writes a section of the first <paramref name="length"/> bytes of some memory.</summary>
    public void Section(string name, RowMemory memory, long length)
    {
        Begin(name);
        const int Some = 1 << 24;
        for (long at = 0; at < length; at += Some)
            Write<byte>(memory.Slice<byte>(at, (int)long.Min(Some, length - at)));
        GC.KeepAlive(memory);
    }

    /// <summary>Appends to the section that was begun.</summary>
    public void Write<T>(ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        const int Some = 1 << 24;
        for (; elements.Length > Some; elements = elements[Some..])
            WriteBytes(MemoryMarshal.AsBytes(elements[..Some]));
        WriteBytes(MemoryMarshal.AsBytes(elements));
    }

    /// <summary>Puts the finished file in its place.</summary>
    /// <param name="kind">What it holds: up to 16 ASCII letters.</param>
    public void Commit(string kind)
    {
        End();
        if (_inBlock > 0)
            _checksums.Add(_checksum);
        ReadOnlySpan<byte> list = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_checksums));
        SectionRange where = new(_stream.Position, list.Length);
        _stream.Write(list);
        SectionHeader header = new(kind, _stream.Position, where, Checksum.Of(list), _sections);
        _stream.Position = 0;
        _stream.Write(header.ToPage());
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _committed = true;
    }

    /// <summary>Removes what was begun and not committed.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        if (!_committed)
            File.Delete(_temporary);
    }

    private void End()
    {
        if (_name is null)
            return;
        _sections.Add(_name, new SectionRange(_start, _stream.Position - _start));
        _name = null;
        WriteBytes(new byte[(int)(-_stream.Position & (SectionHeader.Page - 1))]);
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        while (!bytes.IsEmpty)
        {
            int some = (int)long.Min(bytes.Length, SectionHeader.Block - _inBlock);
            _checksum = Checksum.Of(bytes[..some], _checksum);
            _inBlock += some;
            bytes = bytes[some..];
            if (_inBlock < SectionHeader.Block)
                continue;
            _checksums.Add(_checksum);
            (_checksum, _inBlock) = (0, 0);
        }
    }
}
