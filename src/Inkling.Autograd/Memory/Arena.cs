using Inkling.Numerics;

namespace Inkling.Memory;

/// <summary>A range of a slab.</summary>
internal readonly record struct Range(Slab Slab, int Offset, int Length)
{
    public Span<real> Span => Slab.Span.Slice(Offset, Length);
}

/// <summary>
/// Bump allocation over a list of pinned chunks. <see cref="Rewind"/> makes all of it free again; chunks are kept, so a step that
/// is no larger than an earlier one allocates nothing.
/// </summary>
internal sealed class Arena
{
    private const int Alignment = 64 / sizeof(real);
    private const int FirstChunk = 4 * 1024;

    private readonly List<Slab> _chunks = [];
    private int _chunk;
    private int _used;

    /// <summary>All memory held, in elements.</summary>
    public long Capacity { get; private set; }

    /// <summary>Takes a range, aligned to 64 bytes, with whatever values are in it.</summary>
    public Range Take(int length)
    {
        while (_chunk < _chunks.Count)
        {
            Slab chunk = _chunks[_chunk];
            if (length <= chunk.Length - _used)
            {
                int offset = _used;
                _used = Math.Min(chunk.Length, offset + Align(length));
                return new Range(chunk, offset, length);
            }

            _chunk++;
            _used = 0;
        }

        int size = (int)Math.Min(Math.Max(Align(length), Math.Max(FirstChunk, Capacity)), Array.MaxLength / 2);
        _chunks.Add(new Slab(Math.Max(size, length)));
        Capacity += _chunks[^1].Length;
        _chunk = _chunks.Count - 1;
        _used = Math.Min(_chunks[^1].Length, Align(length));
        return new Range(_chunks[^1], 0, length);
    }

    /// <summary>Frees everything at once.</summary>
    public void Rewind()
    {
        // One chunk of the whole size serves a steady loop better than a chain of small ones.
        if (_chunks.Count > 1 && _chunk > 0 && Capacity < Array.MaxLength / 4)
        {
            _chunks.Clear();
            _chunks.Add(new Slab((int)Capacity));
        }

        _chunk = 0;
        _used = 0;
    }

    private static int Align(int length) => (length + Alignment - 1) / Alignment * Alignment;
}
