using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>Applies a function of one variable to every element, and its derivative on the way back.</summary>
internal static unsafe class Map
{
    /// <summary><c>y = f(x)</c>. <paramref name="y"/> may be <paramref name="x"/> itself.</summary>
    public static void Apply<TOp>(ReadOnlySpan<real> x, Span<real> y, Team team)
        where TOp : struct, IUnaryOp
    {
        Check.Same(y.Length, x.Length, "Map", "y");
        fixed (real* px = x, py = y)
        {
            var kernel = new ForwardKernel<TOp>(px, py);
            Ranges.Run(ref kernel, x.Length, team);
        }
    }

    /// <summary>
    /// <c>gx += gy · f′(x)</c>, or <c>gx = gy · f′(x)</c> without <paramref name="accumulate"/>. Of x and y only what
    /// <see cref="IUnaryOp.Saves"/> names is read; the other may be empty.
    /// </summary>
    public static void Backward<TOp>(
        ReadOnlySpan<real> x, ReadOnlySpan<real> y, ReadOnlySpan<real> gy, Span<real> gx, bool accumulate, Team team)
        where TOp : struct, IUnaryOp
    {
        Check.Same(gx.Length, gy.Length, "Map", "the gradient of x");
        if ((TOp.Saves & Saves.Input) != 0)
            Check.Same(x.Length, gy.Length, "Map", "x");
        if ((TOp.Saves & Saves.Output) != 0)
            Check.Same(y.Length, gy.Length, "Map", "y");
        fixed (real* px = x, py = y, pgy = gy, pgx = gx)
        {
            var kernel = new BackwardKernel<TOp>(px, py, pgy, pgx, accumulate);
            Ranges.Run(ref kernel, gy.Length, team);
        }
    }

    internal readonly struct ForwardKernel<TOp>(real* x, real* y) : IRangeKernel
        where TOp : struct, IUnaryOp
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            real* from = x;
            real* to = y;
            int i = start;
            for (; i <= end - V.Count; i += V.Count)
                V.Store(TOp.Forward(V.Load(from + i)), to + i);
            if (i < end)
                V.StorePartial(TOp.Forward(V.LoadPartial(from + i, end - i)), to + i, end - i);
        }
    }

    internal readonly struct BackwardKernel<TOp>(real* x, real* y, real* gy, real* gx, bool accumulate) : IRangeKernel
        where TOp : struct, IUnaryOp
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            real* input = x, output = y, from = gy, to = gx;
            bool add = accumulate;
            int i = start;
            for (; i <= end - V.Count; i += V.Count)
            {
                V vx = (TOp.Saves & Saves.Input) != 0 ? V.Load(input + i) : default;
                V vy = (TOp.Saves & Saves.Output) != 0 ? V.Load(output + i) : default;
                V before = add ? V.Load(to + i) : default;
                V.Store(V.MulAdd(V.Load(from + i), TOp.Derivative(vx, vy), before), to + i);
            }

            if (i < end)
            {
                int rest = end - i;
                V vx = (TOp.Saves & Saves.Input) != 0 ? V.LoadPartial(input + i, rest) : default;
                V vy = (TOp.Saves & Saves.Output) != 0 ? V.LoadPartial(output + i, rest) : default;
                V before = add ? V.LoadPartial(to + i, rest) : default;
                V.StorePartial(V.MulAdd(V.LoadPartial(from + i, rest), TOp.Derivative(vx, vy), before), to + i, rest);
            }
        }
    }
}
