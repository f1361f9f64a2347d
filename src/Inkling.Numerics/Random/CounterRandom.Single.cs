using System.Runtime.Intrinsics;

namespace Inkling.Numerics;

/// <content>Dropout masks sixteen elements at a time: a training step wants millions of them.</content>
public static partial class CounterRandom
{
    /// <summary>Fills as much of the mask as whole registers hold and returns how many elements that were.</summary>
    private static unsafe int FillMaskVectors(Span<float> y, ulong key, uint threshold, float keep)
    {
        // Wider than the processor's registers the operations fall into halves; below 256 bits the plain loop is as good.
        if (!Vector256.IsHardwareAccelerated)
            return 0;
        int i = 0;
        Vector512<ulong> counters = Vector512<ulong>.Indices * Golden;
        Vector512<ulong> step = Vector512.Create(unchecked(8 * Golden)), keys = Vector512.Create(key);
        Vector512<uint> limit = Vector512.Create(threshold);
        fixed (float* p = y)
        {
            for (; i <= y.Length - 16; i += 16, counters += step)
            {
                Vector512<uint> bits = Mix(Mix(keys + counters) ^ keys).AsUInt32();
                Vector512.AndNot(Vector512.Create(keep), Vector512.LessThan(bits, limit).AsSingle()).Store(p + i);
            }
        }

        return i;
    }

    private static Vector512<ulong> Mix(Vector512<ulong> z)
    {
        z = (z ^ (z >>> 30)) * FirstFactor;
        z = (z ^ (z >>> 27)) * SecondFactor;
        return z ^ (z >>> 31);
    }
}
