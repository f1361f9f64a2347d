using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// Working memory of one thread for the packed copies of a kernel. It grows to the largest request and stays, so that a kernel
/// allocates nothing in steady state.
/// </summary>
internal static class Scratch
{
    [ThreadStatic]
    private static Slab?[]? s_slabs;

    /// <summary>Memory for <paramref name="length"/> elements, valid until this thread asks for the same slot again.</summary>
    public static unsafe real* Rent(Slot slot, int length)
    {
        Slab?[] slabs = s_slabs ??= new Slab?[3];
        Slab? slab = slabs[(int)slot];
        return slab is not null && slab.Length >= length ? slab.Pointer : Grow(slabs, slot, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe real* Grow(Slab?[] slabs, Slot slot, int length)
    {
        var slab = new Slab(length);
        slabs[(int)slot] = slab;
        return slab.Pointer;
    }

    /// <summary>What the memory is for; slots do not overlap.</summary>
    internal enum Slot
    {
        /// <summary>The packed left operand of a matrix product.</summary>
        Left,

        /// <summary>The packed right operand of a matrix product.</summary>
        Right,

        /// <summary>Anything else within one kernel.</summary>
        Other,
    }
}
