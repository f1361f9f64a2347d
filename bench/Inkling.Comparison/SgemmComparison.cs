using System.Diagnostics;
using System.Globalization;
using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>Our matrix product and OpenBLAS's, float32, one thread, in GFLOP/s.</summary>
internal sealed class SgemmComparison(string name, int m, int n, int k, bool transposeA = false, bool transposeB = false) : IComparison
{
    /// <summary>Issue 2 asks for this share of OpenBLAS.</summary>
    private const double Bar = 0.8;

    public string Name => name;

    public Result Run(bool quick)
    {
        int rounds = quick ? 7 : 21;
        double seconds = quick ? 0.3 : 1;
        double work = 2.0 * m * n * k / 1e9;
        using var peer = new PeerProcess("sgemm.py");
        Slab a = Uniform(m * k, 1), b = Uniform(k * n, 2), c = new(m * n);
        double[] ours = new double[rounds], theirs = new double[rounds], ratios = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            ours[round] = work / MedianTime(a, b, c, seconds);
            theirs[round] = work / AskPeer(peer, seconds);
            ratios[round] = ours[round] / theirs[round];
        }

        return new Result("GFLOP/s", Median(ours), Median(theirs), Median(ratios), Bar);
    }

    private double AskPeer(PeerProcess peer, double seconds)
    {
        string answer = peer.Ask(string.Create(
            CultureInfo.InvariantCulture, $"{m} {n} {k} {(transposeA ? 1 : 0)} {(transposeB ? 1 : 0)} {seconds}"));
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    private double MedianTime(Slab a, Slab b, Slab c, double seconds)
    {
        var times = new List<double>();
        Multiply(a, b, c);
        long start = Stopwatch.GetTimestamp();
        while (times.Count < 3 || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            double before = ProcessorClock.Seconds;
            Multiply(a, b, c);
            times.Add(ProcessorClock.Seconds - before);
        }

        return Median([.. times]);
    }

    private void Multiply(Slab a, Slab b, Slab c) => Gemm.Multiply(
        transposeA, transposeB, m, n, k, a.Span, transposeA ? m : k, b.Span, transposeB ? k : n, c.Span, n, false, Team.Single);

    private static Slab Uniform(int length, ulong stream)
    {
        var slab = new Slab(length);
        CounterRandom.Fill(slab.Span, 1, stream, -0.5f, 0.5f);
        return slab;
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
