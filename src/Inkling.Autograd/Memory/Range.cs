using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Memory;

/// <summary>A range of a slab.</summary>
internal readonly record struct Range(Slab Slab, int Offset, int Length)
{
    public Span<real> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Slab.Slice(Offset, Length);
    }
}
