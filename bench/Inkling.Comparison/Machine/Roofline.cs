using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>The two limits of this machine, measured: multiply-adds a second from registers, and bytes a second from memory.</summary>
/// <param name="Compute">GFLOP/s of one thread.</param>
/// <param name="ComputeAll">GFLOP/s of a thread on every processor.</param>
/// <param name="Memory">GB/s that one thread reads.</param>
/// <param name="MemoryAll">GB/s that all threads read together.</param>
internal sealed record Roofline(double Compute, double ComputeAll, double Memory, double MemoryAll)
{
    private const int Chains = 12;
    private const int Repeats = 200_000;
    private const int Rounds = 8;
    private const int MemoryFloats = 1 << 26;

    /// <summary>Measures, best of several rounds: the limit is what the machine can do when nothing disturbs it.</summary>
    public static Roofline Measure()
    {
        int all = Environment.ProcessorCount;
        var memory = new Slab(MemoryFloats);
        memory.Span.Fill(1);
        return new Roofline(Best(1, MultiplyAdds), Best(all, MultiplyAdds), Best(1, Read), Best(all, Read));

        double Read(int thread, int threads)
        {
            int share = MemoryFloats / threads;
            Sum(memory.Span.Slice(thread * share, share));
            return 4e-9 * share;
        }
    }

    /// <summary>Runs the work on so many threads and adds up what they say they did, over the time of the slowest.</summary>
    private static double Best(int threads, Func<int, int, double> work)
    {
        double best = 0;
        for (int round = 0; round < Rounds; round++)
        {
            double done = 0;
            using var start = new Barrier(threads);
            long from = 0;
            Thread[] others = [.. Enumerable.Range(1, threads - 1).Select(i => new Thread(() => Run(i)))];
            foreach (Thread other in others)
                other.Start();
            Run(0);
            foreach (Thread other in others)
                other.Join();
            best = double.Max(best, done / Stopwatch.GetElapsedTime(from).TotalSeconds);

            void Run(int thread)
            {
                start.SignalAndWait();
                if (thread == 0)
                    from = Stopwatch.GetTimestamp();
                double mine = work(thread, threads);
                lock (start)
                    done += mine;
            }
        }

        return best;
    }

    /// <summary>Independent chains of multiply-adds: enough of them to fill the pipelines, few enough for the registers.</summary>
    private static double MultiplyAdds(int thread, int threads)
    {
        if (Vector512.IsHardwareAccelerated)
            return 2e-9 * Vector512<float>.Count * Chains * Chain512(Vector512.Create(1e-9f));
        return 2e-9 * Vector256<float>.Count * Chains * Chain256(Vector256.Create(1e-9f));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Chain256(Vector256<float> x)
    {
        Vector256<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int n = 0; n < Repeats; n++)
        {
            a = Vector256.MultiplyAddEstimate(a, x, x);
            b = Vector256.MultiplyAddEstimate(b, x, x);
            c = Vector256.MultiplyAddEstimate(c, x, x);
            d = Vector256.MultiplyAddEstimate(d, x, x);
            e = Vector256.MultiplyAddEstimate(e, x, x);
            f = Vector256.MultiplyAddEstimate(f, x, x);
            g = Vector256.MultiplyAddEstimate(g, x, x);
            h = Vector256.MultiplyAddEstimate(h, x, x);
            i = Vector256.MultiplyAddEstimate(i, x, x);
            j = Vector256.MultiplyAddEstimate(j, x, x);
            k = Vector256.MultiplyAddEstimate(k, x, x);
            l = Vector256.MultiplyAddEstimate(l, x, x);
        }

        s_sink = Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
        return Repeats;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Chain512(Vector512<float> x)
    {
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int n = 0; n < Repeats; n++)
        {
            a = Vector512.MultiplyAddEstimate(a, x, x);
            b = Vector512.MultiplyAddEstimate(b, x, x);
            c = Vector512.MultiplyAddEstimate(c, x, x);
            d = Vector512.MultiplyAddEstimate(d, x, x);
            e = Vector512.MultiplyAddEstimate(e, x, x);
            f = Vector512.MultiplyAddEstimate(f, x, x);
            g = Vector512.MultiplyAddEstimate(g, x, x);
            h = Vector512.MultiplyAddEstimate(h, x, x);
            i = Vector512.MultiplyAddEstimate(i, x, x);
            j = Vector512.MultiplyAddEstimate(j, x, x);
            k = Vector512.MultiplyAddEstimate(k, x, x);
            l = Vector512.MultiplyAddEstimate(l, x, x);
        }

        s_sink = Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
        return Repeats;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Sum(ReadOnlySpan<float> values)
    {
        Vector256<float> a = default, b = default, c = default, d = default;
        for (int i = 0; i + 32 <= values.Length; i += 32)
        {
            a += Vector256.Create(values.Slice(i, 8));
            b += Vector256.Create(values.Slice(i + 8, 8));
            c += Vector256.Create(values.Slice(i + 16, 8));
            d += Vector256.Create(values.Slice(i + 24, 8));
        }

        s_sink = Vector256.Sum(a + b + c + d);
    }

    // Results are kept, so that the compiler cannot leave the work out.
    private static volatile float s_sink;
}
