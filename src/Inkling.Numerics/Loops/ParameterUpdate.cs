using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// Applies an <see cref="IUpdateRule"/> to all weights in one pass over weights, gradients and state: memory is what bounds it, so each
/// array is read once and written once.
/// </summary>
internal static unsafe class ParameterUpdate
{
    /// <summary><c>w, state ← rule(w, g + l1 · sign(w) + l2 · w, state)</c>.</summary>
    /// <param name="rule">The formula, with the numbers of the step.</param>
    /// <param name="w">Weights, [n].</param>
    /// <param name="g">Gradients, [n]; left as they are. May be <paramref name="w"/> itself.</param>
    /// <param name="first">The first array of state, [n]; empty when the rule has none.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    /// <param name="l1">Factor of the penalty <c>Σ |w|</c>; 0 for none.</param>
    /// <param name="l2">Factor of the penalty <c>½ Σ w²</c>; 0 for none.</param>
    /// <param name="team">Who works.</param>
    public static void Run<TRule>(TRule rule, Span<real> w, ReadOnlySpan<real> g, Span<real> first, Span<real> second, Span<real> third, real l1, real l2, Team team)
        where TRule : struct, IUpdateRule
    {
        Check.Same(g.Length, w.Length, "ParameterUpdate", "the gradients");
        if (TRule.States > 0) Check.Same(first.Length, w.Length, "ParameterUpdate", "the first state");
        if (TRule.States > 1) Check.Same(second.Length, w.Length, "ParameterUpdate", "the second state");
        if (TRule.States > 2) Check.Same(third.Length, w.Length, "ParameterUpdate", "the third state");
        fixed (real* pw = w, pg = g, p0 = first, p1 = second, p2 = third)
        {
            var kernel = new Kernel<TRule>(rule, pw, pg, p0, p1, p2, l1, l2);
            Ranges.Run(ref kernel, w.Length, team);
        }
    }

    /// <summary>A rule without penalties and with one state at most.</summary>
    public static void Run<TRule>(TRule rule, Span<real> w, ReadOnlySpan<real> g, Span<real> first, Team team)
        where TRule : struct, IUpdateRule => Run(rule, w, g, first, default, default, 0, 0, team);

    internal readonly struct Kernel<TRule>(TRule rule, real* w, real* g, real* first, real* second, real* third, real l1, real l2) : IRangeKernel
        where TRule : struct, IUpdateRule
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            TRule formula = rule;
            real* pw = w, pg = g, p0 = first, p1 = second, p2 = third;
            bool penalised = l1 != 0 || l2 != 0;
            V absolute = (V)l1, square = (V)l2;
            int i = start;
            for (; i <= end - V.Count; i += V.Count)
            {
                V weight = V.Load(pw + i), gradient = V.Load(pg + i);
                V a = TRule.States > 0 ? V.Load(p0 + i) : default, b = TRule.States > 1 ? V.Load(p1 + i) : default, c = TRule.States > 2 ? V.Load(p2 + i) : default;
                if (penalised)
                    gradient += Penalty(weight, absolute, square);
                formula.Apply(ref weight, gradient, ref a, ref b, ref c);
                V.Store(weight, pw + i);
                if (TRule.States > 0)
                    V.Store(a, p0 + i);
                if (TRule.States > 1)
                    V.Store(b, p1 + i);
                if (TRule.States > 2)
                    V.Store(c, p2 + i);
            }

            if (i < end)
                Rest<V>(i, end - i);
        }

        private void Rest<V>(int i, int count)
            where V : struct, ILane<V>
        {
            V weight = V.LoadPartial(w + i, count), gradient = V.LoadPartial(g + i, count);
            V a = TRule.States > 0 ? V.LoadPartial(first + i, count) : default, b = TRule.States > 1 ? V.LoadPartial(second + i, count) : default;
            V c = TRule.States > 2 ? V.LoadPartial(third + i, count) : default;
            if (l1 != 0 || l2 != 0)
                gradient += Penalty(weight, (V)l1, (V)l2);
            rule.Apply(ref weight, gradient, ref a, ref b, ref c);
            V.StorePartial(weight, w + i, count);
            if (TRule.States > 0)
                V.StorePartial(a, first + i, count);
            if (TRule.States > 1)
                V.StorePartial(b, second + i, count);
            if (TRule.States > 2)
                V.StorePartial(c, third + i, count);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Penalty<V>(V weight, V absolute, V square)
            where V : struct, ILane<V> => V.MulAdd(square, weight, absolute * Signs.Of(weight));
    }
}

/// <summary>Signs of lanes.</summary>
internal static class Signs
{
    /// <summary>−1, 0 or 1; 0 of NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : struct, ILane<V> => V.Select(V.LessThan(x, (V)(real)0), (V)(real)(-1), V.Select(V.LessThan((V)(real)0, x), (V)(real)1, (V)(real)0));
}
