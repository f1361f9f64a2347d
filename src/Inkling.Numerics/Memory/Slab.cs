using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Inkling.Numerics;

/// <summary>
/// A fixed block of elements that never moves: a pinned array of the garbage collector, aligned to 64 bytes (one cache line, one
/// 512-bit register). It needs no disposal; views of it keep it alive.
/// </summary>
public sealed class Slab
{
    private const int Alignment = 64;

    private readonly real[] _array;
    private readonly int _offset;

    /// <summary>Allocates a slab of zeros.</summary>
    /// <param name="length">Number of elements, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public unsafe Slab(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        _array = GC.AllocateArray<real>(checked(length + (Alignment / sizeof(real))), pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref _array[0]);
        _offset = (int)(((address + Alignment - 1) & -Alignment) - address) / sizeof(real);
    }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>All elements.</summary>
    public Span<real> Span => _array.AsSpan(_offset, Length);

    /// <summary>A range of the elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<real> Slice(int offset, int length)
    {
        // One check in place of the three of AsSpan and Slice: every operand of every operation comes through here.
        if ((ulong)(uint)offset + (uint)length > (uint)Length)
            ThrowOutside();
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _offset + offset), length);
    }

    private static void ThrowOutside() => throw new ArgumentOutOfRangeException("offset", "Slab: the range is not inside the slab.");

    /// <summary>All elements, as memory that may be kept.</summary>
    public Memory<real> Memory => _array.AsMemory(_offset, Length);

    /// <summary>The first element. Valid as long as the slab is reachable.</summary>
    internal unsafe real* Pointer => (real*)Unsafe.AsPointer(ref _array[_offset]);
}
