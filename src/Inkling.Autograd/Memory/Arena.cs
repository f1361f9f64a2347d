using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Memory;

/// <summary>
/// Bump allocation over a list of pinned chunks. <see cref="Rewind"/> makes all of it free again; chunks are kept, so a step that
/// is no larger than an earlier one allocates nothing.
/// </summary>
internal sealed class Arena
{
    private const int Alignment = 64 / sizeof(real);
    private const int FirstChunk = 4 * 1024;

    private static readonly Slab s_nothing = new(0);

    private readonly List<Slab> _chunks = [];
    private Slab _current = s_nothing;
    private int _chunk = -1;
    private int _used;

    /// <summary>All memory held, in elements.</summary>
    public long Capacity { get; private set; }

    /// <summary>Takes a range, aligned to 64 bytes, with whatever values are in it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Range Take(int length)
    {
        // What is left of a chunk may be less than nothing: its end need not be aligned.
        int offset = _used;
        if (length > _current.Length - offset) return TakeFromNextChunk(length);
        _used = offset + Align(length);
        return new Range(_current, offset, length);
    }

    /// <summary>Frees everything at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Rewind()
    {
        if (_chunk > 0) ReturnToFirstChunk();
        _used = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Range TakeFromNextChunk(int length)
    {
        do
        {
            if (++_chunk == _chunks.Count) AddChunk(length);
            _current = _chunks[_chunk];
        }
        while (length > _current.Length);

        _used = Align(length);
        return new Range(_current, 0, length);
    }

    private void AddChunk(int length)
    {
        int size = (int)Math.Min(Math.Max(Align(length), Math.Max(FirstChunk, Capacity)), Array.MaxLength / 2);
        Slab chunk = new(Math.Max(size, length));
        _chunks.Add(chunk);
        Capacity += chunk.Length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReturnToFirstChunk()
    {
        // One chunk of the whole size serves a steady loop better than a chain of small ones.
        if (Capacity < Array.MaxLength / 4)
        {
            _chunks.Clear();
            _chunks.Add(new Slab((int)Capacity));
        }

        _chunk = 0;
        _current = _chunks[0];
    }

    private static int Align(int length) => (length + Alignment - 1) & -Alignment;
}
