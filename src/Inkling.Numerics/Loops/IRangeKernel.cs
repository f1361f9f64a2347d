namespace Inkling.Numerics;

/// <summary>An elementwise kernel: any range of its elements can be done on its own, at any lane width.</summary>
internal interface IRangeKernel
{
    /// <summary>Does elements <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    void Run<V>(int start, int end)
        where V : struct, ILane<V>;
}
