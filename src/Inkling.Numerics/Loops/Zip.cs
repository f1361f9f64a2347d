using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// Applies a function of two variables element by element, and its derivatives on the way back. An operand of length 1 stands for
/// the same value everywhere.
/// </summary>
internal static unsafe class Zip
{
    /// <summary><c>y = f(a, b)</c>. <paramref name="y"/> may be one of the operands.</summary>
    public static void Apply<TOp>(ReadOnlySpan<real> a, ReadOnlySpan<real> b, Span<real> y, Team team)
        where TOp : struct, IBinaryOp
    {
        CheckOperands(a.Length, b.Length, y.Length);
        fixed (real* pa = a, pb = b, py = y)
        {
            var kernel = new ForwardKernel<TOp>(new(pa, a.Length, y.Length), new(pb, b.Length, y.Length), py);
            Ranges.Run(ref kernel, y.Length, team);
        }
    }

    /// <summary>
    /// <c>g += gy · ∂f/∂a</c>, or <c>g = gy · ∂f/∂a</c> without <paramref name="accumulate"/>; where <paramref name="g"/> has length 1, the
    /// sum over all elements is meant. <paramref name="y"/> may be empty where the derivative does not read it.
    /// </summary>
    public static void BackwardLeft<TOp>(
        ReadOnlySpan<real> a, ReadOnlySpan<real> b, ReadOnlySpan<real> y, ReadOnlySpan<real> gy, Span<real> g, bool accumulate, Team team)
        where TOp : struct, IBinaryOp => Backward<TOp, Left>(a, b, y, gy, g, accumulate, team);

    /// <summary><c>g += gy · ∂f/∂b</c>, as <see cref="BackwardLeft"/>.</summary>
    public static void BackwardRight<TOp>(
        ReadOnlySpan<real> a, ReadOnlySpan<real> b, ReadOnlySpan<real> y, ReadOnlySpan<real> gy, Span<real> g, bool accumulate, Team team)
        where TOp : struct, IBinaryOp => Backward<TOp, Right>(a, b, y, gy, g, accumulate, team);

    private static void Backward<TOp, TSide>(
        ReadOnlySpan<real> a, ReadOnlySpan<real> b, ReadOnlySpan<real> y, ReadOnlySpan<real> gy, Span<real> g, bool accumulate, Team team)
        where TOp : struct, IBinaryOp
        where TSide : struct, ISide
    {
        CheckOperands(a.Length, b.Length, gy.Length);
        if (g.Length != 1)
            Check.Same(g.Length, gy.Length, "Zip", "the gradient of an operand");
        if (!y.IsEmpty)
            Check.Same(y.Length, gy.Length, "Zip", "y");
        fixed (real* pa = a, pb = b, py = y, pgy = gy, pg = g)
        {
            var left = new Operand(pa, a.Length, gy.Length);
            var right = new Operand(pb, b.Length, gy.Length);
            if (g.Length == gy.Length)
            {
                var kernel = new BackwardKernel<TOp, TSide>(left, right, py, pgy, pg, accumulate);
                Ranges.Run(ref kernel, gy.Length, team);
            }
            else
            {
                var kernel = new SumKernel<TOp, TSide>(left, right, py, pgy, gy.Length);
                Lanes.Run(ref kernel);
                g[0] = accumulate ? g[0] + kernel.Result : kernel.Result;
            }
        }
    }

    private static void CheckOperands(int a, int b, int y)
    {
        if (a != 1)
            Check.Same(a, y, "Zip", "the left operand");
        if (b != 1)
            Check.Same(b, y, "Zip", "the right operand");
    }

    /// <summary>Which operand a gradient is for.</summary>
    internal interface ISide
    {
        static abstract bool IsLeft { get; }
    }

    internal readonly struct Left : ISide
    {
        public static bool IsLeft => true;
    }

    internal readonly struct Right : ISide
    {
        public static bool IsLeft => false;
    }

    /// <summary>An operand, or one value that stands for all.</summary>
    internal readonly struct Operand(real* values, int length, int wanted)
    {
        private readonly bool _same = length == 1 && wanted != 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Load<V>(int i)
            where V : struct, ILane<V> => _same ? (V)values[0] : V.Load(values + i);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V LoadPartial<V>(int i, int count)
            where V : struct, ILane<V> => _same ? (V)values[0] : V.LoadPartial(values + i, count);
    }

    internal readonly struct ForwardKernel<TOp>(Operand a, Operand b, real* y) : IRangeKernel
        where TOp : struct, IBinaryOp
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            Operand left = a, right = b;
            real* to = y;
            int i = start;
            for (; i <= end - V.Count; i += V.Count)
                V.Store(TOp.Forward(left.Load<V>(i), right.Load<V>(i)), to + i);
            if (i < end)
                V.StorePartial(TOp.Forward(left.LoadPartial<V>(i, end - i), right.LoadPartial<V>(i, end - i)), to + i, end - i);
        }
    }

    internal readonly struct BackwardKernel<TOp, TSide>(Operand a, Operand b, real* y, real* gy, real* g, bool accumulate) : IRangeKernel
        where TOp : struct, IBinaryOp
        where TSide : struct, ISide
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            Operand left = a, right = b;
            real* output = y, from = gy, to = g;
            bool add = accumulate;
            int i = start;
            for (; i <= end - V.Count; i += V.Count)
            {
                V vy = output is not null ? V.Load(output + i) : default;
                V slope = Slope<TOp, TSide, V>(left.Load<V>(i), right.Load<V>(i), vy);
                V.Store(V.MulAdd(V.Load(from + i), slope, add ? V.Load(to + i) : default), to + i);
            }

            if (i < end)
            {
                int rest = end - i;
                V vy = output is not null ? V.LoadPartial(output + i, rest) : default;
                V slope = Slope<TOp, TSide, V>(left.LoadPartial<V>(i, rest), right.LoadPartial<V>(i, rest), vy);
                V before = add ? V.LoadPartial(to + i, rest) : default;
                V.StorePartial(V.MulAdd(V.LoadPartial(from + i, rest), slope, before), to + i, rest);
            }
        }
    }

    /// <summary>The gradient of an operand that stood for all elements: a sum, in 16 accumulators at every width.</summary>
    internal struct SumKernel<TOp, TSide>(Operand a, Operand b, real* y, real* gy, int length) : ILaneKernel
        where TOp : struct, IBinaryOp
        where TSide : struct, ISide
    {
        public real Result { get; private set; }

        [MethodImpl(Jit.Kernel)]
        public void Run<V>()
            where V : struct, ILane<V>
        {
            real* sums = stackalloc real[Lanes.Accumulators];
            new Span<real>(sums, Lanes.Accumulators).Clear();
            for (int i = 0; i < length; i += V.Count)
            {
                int count = int.Min(V.Count, length - i);
                V vy = y is not null ? V.LoadPartial(y + i, count) : default;
                V slope = Slope<TOp, TSide, V>(a.LoadPartial<V>(i, count), b.LoadPartial<V>(i, count), vy);
                real* sum = sums + (i & (Lanes.Accumulators - 1));
                // Elements past the end add nothing, whatever the derivative is there.
                V.StorePartial(V.MulAdd(V.LoadPartial(gy + i, count), slope, V.Load(sum)), sum, count);
            }

            Result = Reduce.SumOf<V>(sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Slope<TOp, TSide, V>(V a, V b, V y)
        where TOp : struct, IBinaryOp
        where TSide : struct, ISide
        where V : struct, ILane<V> => TSide.IsLeft ? TOp.DerivativeLeft(a, b, y) : TOp.DerivativeRight(a, b, y);
}
