using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Inkling.Numerics;

/// <summary>
/// Bytes outside the garbage collector's heap, of any length: allocated ones, or a part of a file that is mapped. They never move. They live as
/// long as this object, so a method that holds an address or a span of it ends with <c>GC.KeepAlive</c>.
/// </summary>
internal sealed unsafe class RowMemory
{
    private const int Alignment = 64;

    private readonly object? _owner;

    private RowMemory(byte* address, long length, object? owner)
    {
        Address = address;
        Length = length;
        _owner = owner;
    }

    ~RowMemory()
    {
        if (_owner is null && Length > 0)
        {
            NativeMemory.AlignedFree(Address);
            GC.RemoveMemoryPressure(Length);
        }
    }

    /// <summary>The first byte; aligned to 64 where allocated.</summary>
    public byte* Address { get; }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>Whether it is part of a file, which may be read only.</summary>
    public bool IsMapped => _owner is not null;

    /// <summary>Allocates zeros.</summary>
    /// <exception cref="OutOfMemoryException">There is not so much.</exception>
    public static RowMemory Allocate(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length == 0)
            return new RowMemory(null, 0, null);
        var address = (byte*)NativeMemory.AlignedAlloc((nuint)length, Alignment);
        NativeMemory.Clear(address, (nuint)length);
        GC.AddMemoryPressure(length);
        return new RowMemory(address, length, null);
    }

    /// <summary>A part of what somebody else keeps, whom it keeps alive.</summary>
    public static RowMemory View(byte* address, long length, object owner) => new(address, length, owner);

    /// <summary>A copy in memory of its own, with zeros behind it up to <paramref name="length"/> bytes.</summary>
    public RowMemory Copy(long length)
    {
        RowMemory copy = Allocate(length);
        Buffer.MemoryCopy(Address, copy.Address, length, long.Min(Length, length));
        GC.KeepAlive(this);
        return copy;
    }

    /// <summary><paramref name="count"/> elements from byte <paramref name="offset"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all inside.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Slice<T>(long offset, int count)
        where T : unmanaged
    {
        if ((ulong)offset > (ulong)Length || (ulong)count * (ulong)sizeof(T) > (ulong)(Length - offset))
            ThrowOutside();
        return new Span<T>(Address + offset, count);
    }

    /// <summary>All of it as rows for a kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Rows Rows(int stride) => new(Address, stride);

    /// <summary>Asks the processor to fetch the cache lines of <paramref name="bytes"/> bytes, which must be inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(long offset, int bytes)
    {
        if (!Sse.IsSupported)
            return;
        for (int at = 0; at < bytes; at += Alignment)
            Sse.Prefetch0(Address + offset + at);
    }

    private static void ThrowOutside() => throw new ArgumentOutOfRangeException("offset", "RowMemory: the range is not inside the memory.");
}
