using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>Runs elementwise kernels: picks the lane width and cuts long ranges into chunks for a team.</summary>
internal static class Ranges
{
    /// <summary>
    /// Elements of a chunk. Below two chunks the work takes some 10 µs at most, no longer than waking a helper. A multiple of every
    /// lane width and of the cache line, so that only the last chunk has a tail and no two threads write one line.
    /// </summary>
    public const int ChunkLength = 32768;

    /// <summary>Runs <paramref name="kernel"/> over <paramref name="length"/> elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TKernel>(ref TKernel kernel, int length, Team team)
        where TKernel : struct, IRangeKernel
    {
        if (length < 2 * ChunkLength || team.Threads == 1)
            Run(ref kernel, 0, length);
        else
            Fork(ref kernel, length, team);
    }

    /// <summary>Runs <paramref name="kernel"/> on the calling thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TKernel>(ref TKernel kernel, int start, int end)
        where TKernel : struct, IRangeKernel
    {
        var widen = new Widen<TKernel>(ref kernel, start, end);
        Lanes.Run(ref widen);
    }

    private static void Fork<TKernel>(ref TKernel kernel, int length, Team team)
        where TKernel : struct, IRangeKernel
    {
        var chunks = new Chunks<TKernel>(kernel, length);
        team.For((length + ChunkLength - 1) / ChunkLength, ref chunks);
    }

    private readonly ref struct Widen<TKernel>(ref TKernel kernel, int start, int end) : ILaneKernel
        where TKernel : struct, IRangeKernel
    {
        private readonly ref TKernel _kernel = ref kernel;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : struct, ILane<V> => _kernel.Run<V>(start, end);
    }

    private struct Chunks<TKernel>(TKernel kernel, int length) : IChunkBody
        where TKernel : struct, IRangeKernel
    {
        private TKernel _kernel = kernel;

        public void Run(int chunk)
        {
            int start = chunk * ChunkLength;
            Ranges.Run(ref _kernel, start, int.Min(start + ChunkLength, length));
        }
    }
}
