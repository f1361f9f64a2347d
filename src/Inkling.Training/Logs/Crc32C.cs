using System.Numerics;
using Inkling.Numerics;

namespace Inkling.Training.Logs;

/// <summary>Castagnoli's checksum, masked as TFRecord files want it.</summary>
internal static class Crc32C
{
    /// <summary>Rotated and moved, so that the checksum of data that hold checksums is a good one.</summary>
    public static uint Masked(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Checksum.Of(bytes), 15) + 0xA282EAD8u;
}
