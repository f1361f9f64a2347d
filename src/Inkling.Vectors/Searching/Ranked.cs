using System.Runtime.CompilerServices;

namespace Inkling.Vectors;

/// <summary>
/// A place and its distance in one number, ordered by distance and then by place: the bits of a float32, with the sign turned, are in the order of its
/// values. So ties always fall the same way, and heaps compare and move whole words.
/// </summary>
internal static class Ranked
{
    private const uint Sign = 0x80000000;

    /// <summary>Packs both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(float distance, int place)
    {
        uint bits = BitConverter.SingleToUInt32Bits(distance);
        return ((ulong)(bits ^ ((uint)((int)bits >> 31) | Sign)) << 32) | (uint)place;
    }

    /// <summary>The place.</summary>
    public static int Place(ulong ranked) => (int)(uint)ranked;

    /// <summary>The distance.</summary>
    public static float Distance(ulong ranked)
    {
        uint ordered = (uint)(ranked >> 32);
        return BitConverter.UInt32BitsToSingle((ordered & Sign) != 0 ? ordered ^ Sign : ~ordered);
    }
}
