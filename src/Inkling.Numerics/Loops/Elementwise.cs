using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>The few elementwise operations that optimizers and gradients are made of. One thread: they are bound by memory.</summary>
internal static unsafe class Elementwise
{
    /// <summary><c>y += x</c>.</summary>
    public static void Add(ReadOnlySpan<real> x, Span<real> y) => AddScaled(x, 1, y);

    /// <summary><c>y += scale · x</c>, or <c>y = scale · x</c> without <paramref name="accumulate"/>.</summary>
    public static void AddScaled(ReadOnlySpan<real> x, real scale, Span<real> y, bool accumulate = true)
    {
        Check.Same(y.Length, x.Length, "AddScaled", "y");
        fixed (real* px = x, py = y)
        {
            var kernel = new AddScaledKernel(px, scale, py, accumulate);
            Ranges.Run(ref kernel, 0, x.Length);
        }
    }

    /// <summary><c>y *= scale</c>.</summary>
    public static void Scale(Span<real> y, real scale)
    {
        fixed (real* py = y)
        {
            var kernel = new ScaleKernel(py, scale);
            Ranges.Run(ref kernel, 0, y.Length);
        }
    }

    /// <summary><c>y = value</c> everywhere.</summary>
    public static void Fill(Span<real> y, real value) => y.Fill(value);

    /// <summary><c>y = a · b</c>, element by element; <paramref name="y"/> may be one of them.</summary>
    public static void Multiply(ReadOnlySpan<real> a, ReadOnlySpan<real> b, Span<real> y)
    {
        Check.Same(a.Length, y.Length, "Multiply", "the left operand");
        Check.Same(b.Length, y.Length, "Multiply", "the right operand");
        fixed (real* pa = a, pb = b, py = y)
        {
            var kernel = new MultiplyKernel(pa, pb, py, accumulate: false);
            Ranges.Run(ref kernel, 0, y.Length);
        }
    }

    /// <summary><c>y += a · b</c>, element by element.</summary>
    public static void MultiplyAdd(ReadOnlySpan<real> a, ReadOnlySpan<real> b, Span<real> y)
    {
        Check.Same(a.Length, y.Length, "MultiplyAdd", "the left operand");
        Check.Same(b.Length, y.Length, "MultiplyAdd", "the right operand");
        fixed (real* pa = a, pb = b, py = y)
        {
            var kernel = new MultiplyKernel(pa, pb, py, accumulate: true);
            Ranges.Run(ref kernel, 0, y.Length);
        }
    }

    /// <summary><c>y[i, j] += bias[j]</c> for y of [rows, columns].</summary>
    public static void AddRows(Span<real> y, int rows, int columns, ReadOnlySpan<real> bias)
    {
        Check.AtLeast(y.Length, (long)rows * columns, "AddRows", "y");
        Check.Same(bias.Length, columns, "AddRows", "the bias");
        for (int i = 0; i < rows; i++)
            AddScaled(bias, 1, y.Slice(i * columns, columns));
    }

    /// <summary><c>y[i, j] = bias[j]</c> for y of [rows, columns].</summary>
    public static void SetRows(Span<real> y, int rows, int columns, ReadOnlySpan<real> bias)
    {
        Check.AtLeast(y.Length, (long)rows * columns, "SetRows", "y");
        Check.Same(bias.Length, columns, "SetRows", "the bias");
        for (int i = 0; i < rows; i++)
            bias.CopyTo(y.Slice(i * columns, columns));
    }

    internal readonly struct AddScaledKernel(real* x, real scale, real* y, bool accumulate) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            real* from = x, to = y;
            V factor = (V)scale;
            bool add = accumulate;
            int i = start;
            for (; i <= end - V.Count; i += V.Count)
                V.Store(V.MulAdd(V.Load(from + i), factor, add ? V.Load(to + i) : default), to + i);
            if (i < end)
            {
                V before = add ? V.LoadPartial(to + i, end - i) : default;
                V.StorePartial(V.MulAdd(V.LoadPartial(from + i, end - i), factor, before), to + i, end - i);
            }
        }
    }

    internal readonly struct ScaleKernel(real* y, real scale) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            real* to = y;
            V factor = (V)scale;
            int i = start;
            for (; i <= end - V.Count; i += V.Count)
                V.Store(V.Load(to + i) * factor, to + i);
            if (i < end)
                V.StorePartial(V.LoadPartial(to + i, end - i) * factor, to + i, end - i);
        }
    }

    internal readonly struct MultiplyKernel(real* a, real* b, real* y, bool accumulate) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            real* left = a, right = b, to = y;
            bool add = accumulate;
            int i = start;
            for (; i <= end - V.Count; i += V.Count)
            {
                V before = add ? V.Load(to + i) : default;
                V.Store(V.MulAdd(V.Load(left + i), V.Load(right + i), before), to + i);
            }

            if (i < end)
            {
                int rest = end - i;
                V before = add ? V.LoadPartial(to + i, rest) : default;
                V.StorePartial(V.MulAdd(V.LoadPartial(left + i, rest), V.LoadPartial(right + i, rest), before), to + i, rest);
            }
        }
    }
}
