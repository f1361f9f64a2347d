using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Inkling.Numerics;

/// <summary>A kernel written once for every lane width. Its fields are its arguments.</summary>
internal interface ILaneKernel
{
    /// <summary>Runs on lanes of type <typeparamref name="V"/>.</summary>
    void Run<V>()
        where V : struct, ILane<V>;
}

/// <summary>
/// Which lane width this process uses: the widest the processor has. The checks are constants of the just-in-time compiler, so a
/// dispatch costs nothing.
/// </summary>
internal static class Lanes
{
    /// <summary>Virtual accumulators of every reduction: the elements of the widest lane.</summary>
    public const int Accumulators = 16;

    /// <summary>Bits of the lane in use: 512, 256 or 128; 1 when elements are taken one at a time.</summary>
    public static int Bits
    {
        get
        {
#if !REAL_DOUBLE
            if (Vector512.IsHardwareAccelerated)
                return 512;
            if (Vector256.IsHardwareAccelerated)
                return 256;
            if (Vector128.IsHardwareAccelerated)
                return 128;
#endif
            return 1;
        }
    }

    /// <summary>
    /// Whether products and sums are rounded once. Elsewhere the fused operation would be a software routine, 60 times slower.
    /// </summary>
    public static bool HasFusedMultiplyAdd
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Fma.IsSupported || AdvSimd.IsSupported;
    }

    /// <summary>Runs a kernel at the width in use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TKernel>(ref TKernel kernel)
        where TKernel : struct, ILaneKernel, allows ref struct
    {
#if !REAL_DOUBLE
        if (Vector512.IsHardwareAccelerated)
        {
            kernel.Run<Lane512>();
            return;
        }

        if (Vector256.IsHardwareAccelerated)
        {
            kernel.Run<Lane256>();
            return;
        }

        if (Vector128.IsHardwareAccelerated)
        {
            kernel.Run<Lane128>();
            return;
        }
#endif
        kernel.Run<ScalarLane>();
    }
}
