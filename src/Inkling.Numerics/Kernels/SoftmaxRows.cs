namespace Inkling.Numerics;

/// <summary>Softmax and its logarithm of many rows, and the way back, rows shared out among a team.</summary>
internal static unsafe class SoftmaxRows
{
    /// <summary>Elements of a share: some 30 µs of one thread.</summary>
    private const int ShareLength = 16384;

    /// <summary><c>yᵢ = softmax(xᵢ)</c> for rows of <paramref name="width"/>, or its logarithm.</summary>
    public static void Forward(bool logarithm, int width, ReadOnlySpan<real> x, Span<real> y, Team team)
    {
        Check.Same(y.Length, x.Length, "Softmax", "y");
        fixed (real* px = x, py = y)
        {
            var body = new ForwardBody(logarithm, px, py, width, x.Length);
            Run(ref body, x.Length, width, team);
        }
    }

    /// <summary><c>gx += y (gy − Σ gy y)</c>, of the logarithm <c>gx += gy − e^y Σ gy</c>; without <paramref name="accumulate"/> in place of what was there.</summary>
    public static void Backward(bool logarithm, int width, ReadOnlySpan<real> y, ReadOnlySpan<real> gy, Span<real> gx, bool accumulate, Team team)
    {
        Check.Same(y.Length, gy.Length, "Softmax", "y");
        Check.Same(gx.Length, gy.Length, "Softmax", "the gradient of x");
        fixed (real* py = y, pgy = gy, pgx = gx)
        {
            var body = new BackwardBody(logarithm, py, pgy, pgx, width, y.Length, accumulate);
            Run(ref body, y.Length, width, team);
        }
    }

    private static int RowsOfShare(int width) => int.Max(1, ShareLength / width);

    private static void Run<TBody>(ref TBody body, int length, int width, Team team)
        where TBody : struct, IChunkBody
    {
        if (length == 0)
            return;
        int rows = length / width, share = RowsOfShare(width);
        team.For((rows + share - 1) / share, ref body);
    }

    private readonly struct ForwardBody(bool logarithm, real* x, real* y, int width, int length) : IChunkBody
    {
        public void Run(int chunk)
        {
            int share = RowsOfShare(width) * width, end = int.Min(length, (chunk + 1) * share);
            for (int i = chunk * share; i < end; i += width)
            {
                var row = new Span<real>(y + i, width);
                new ReadOnlySpan<real>(x + i, width).CopyTo(row);
                if (logarithm)
                    RowSoftmax.LogSoftmax(row);
                else
                    RowSoftmax.Softmax(row);
            }
        }
    }

    private readonly struct BackwardBody(bool logarithm, real* y, real* gy, real* gx, int width, int length, bool accumulate) : IChunkBody
    {
        public void Run(int chunk)
        {
            int share = RowsOfShare(width) * width, end = int.Min(length, (chunk + 1) * share);
            for (int i = chunk * share; i < end; i += width)
            {
                ReadOnlySpan<real> gradient = new(gy + i, width), result = new(y + i, width);
                real sum = logarithm ? Reduce.Sum(gradient) : Reduce.Dot(gradient, result);
                if (logarithm)
                {
                    var kernel = new LogarithmKernel(y + i, gy + i, gx + i, sum, accumulate);
                    Ranges.Run(ref kernel, 0, width);
                }
                else
                {
                    var kernel = new SoftmaxKernel(y + i, gy + i, gx + i, sum, accumulate);
                    Ranges.Run(ref kernel, 0, width);
                }
            }
        }
    }

    internal readonly struct SoftmaxKernel(real* y, real* gy, real* gx, real sum, bool accumulate) : IRangeKernel
    {
        [System.Runtime.CompilerServices.MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            for (int i = start; i < end; i += V.Count)
            {
                int count = int.Min(V.Count, end - i);
                V before = accumulate ? V.LoadPartial(gx + i, count) : default;
                V.StorePartial(V.MulAdd(V.LoadPartial(y + i, count), V.LoadPartial(gy + i, count) - (V)sum, before), gx + i, count);
            }
        }
    }

    internal readonly struct LogarithmKernel(real* y, real* gy, real* gx, real sum, bool accumulate) : IRangeKernel
    {
        [System.Runtime.CompilerServices.MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            for (int i = start; i < end; i += V.Count)
            {
                int count = int.Min(V.Count, end - i);
                V before = accumulate ? V.LoadPartial(gx + i, count) : default;
                V gradient = V.LoadPartial(gy + i, count) - (V.Exp(V.LoadPartial(y + i, count)) * (V)sum);
                V.StorePartial(before + gradient, gx + i, count);
            }
        }
    }
}
