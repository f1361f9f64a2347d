using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary><see cref="Map"/> for functions with parameters.</summary>
internal static unsafe class ParametricMap
{
    /// <summary><c>y = f(x)</c>. <paramref name="y"/> may be <paramref name="x"/> itself.</summary>
    public static void Apply<TOp>(TOp op, ReadOnlySpan<real> x, Span<real> y, Team team)
        where TOp : struct, IParametricOp<TOp>
    {
        Check.Same(y.Length, x.Length, "Map", "y");
        fixed (real* px = x, py = y)
        {
            var kernel = new ForwardKernel<TOp>(op, px, py);
            Ranges.Run(ref kernel, x.Length, team);
        }
    }

    /// <summary><c>gx += gy · f′(x)</c>, or <c>gx = gy · f′(x)</c> without <paramref name="accumulate"/>, as <see cref="Map"/> does it.</summary>
    public static void Backward<TOp>(
        TOp op, ReadOnlySpan<real> x, ReadOnlySpan<real> y, ReadOnlySpan<real> gy, Span<real> gx, bool accumulate, Team team)
        where TOp : struct, IParametricOp<TOp>
    {
        Check.Same(gx.Length, gy.Length, "Map", "the gradient of x");
        if ((TOp.Saves & Saves.Input) != 0)
            Check.Same(x.Length, gy.Length, "Map", "x");
        if ((TOp.Saves & Saves.Output) != 0)
            Check.Same(y.Length, gy.Length, "Map", "y");
        fixed (real* px = x, py = y, pgy = gy, pgx = gx)
        {
            var kernel = new BackwardKernel<TOp>(op, px, py, pgy, pgx, accumulate);
            Ranges.Run(ref kernel, gy.Length, team);
        }
    }

    internal readonly struct ForwardKernel<TOp>(TOp op, real* x, real* y) : IRangeKernel
        where TOp : struct, IParametricOp<TOp>
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            TOp f = op;
            real* from = x, to = y;
            int i = start;
            for (; i <= end - V.Count; i += V.Count)
                V.Store(f.Forward(V.Load(from + i)), to + i);
            if (i < end)
                V.StorePartial(f.Forward(V.LoadPartial(from + i, end - i)), to + i, end - i);
        }
    }

    internal readonly struct BackwardKernel<TOp>(TOp op, real* x, real* y, real* gy, real* gx, bool accumulate) : IRangeKernel
        where TOp : struct, IParametricOp<TOp>
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            TOp f = op;
            real* input = x, output = y, from = gy, to = gx;
            bool add = accumulate;
            int i = start;
            for (; i <= end - V.Count; i += V.Count)
            {
                V vx = (TOp.Saves & Saves.Input) != 0 ? V.Load(input + i) : default;
                V vy = (TOp.Saves & Saves.Output) != 0 ? V.Load(output + i) : default;
                V before = add ? V.Load(to + i) : default;
                V.Store(V.MulAdd(V.Load(from + i), f.Derivative(vx, vy), before), to + i);
            }

            if (i < end)
            {
                int rest = end - i;
                V vx = (TOp.Saves & Saves.Input) != 0 ? V.LoadPartial(input + i, rest) : default;
                V vy = (TOp.Saves & Saves.Output) != 0 ? V.LoadPartial(output + i, rest) : default;
                V before = add ? V.LoadPartial(to + i, rest) : default;
                V.StorePartial(V.MulAdd(V.LoadPartial(from + i, rest), f.Derivative(vx, vy), before), to + i, rest);
            }
        }
    }
}
