using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>Matrix times vector. Each row of the matrix is read once, in order: the memory is the bound.</summary>
internal static unsafe class Gemv
{
    /// <summary><c>y = W · x</c> or <c>y += W · x</c> for W of [rows, columns].</summary>
    public static void Multiply(int rows, int columns, ReadOnlySpan<real> w, ReadOnlySpan<real> x, Span<real> y, bool accumulate)
    {
        Check.AtLeast(w.Length, (long)rows * columns, "Gemv", "W");
        Check.Same(x.Length, columns, "Gemv", "x");
        Check.Same(y.Length, rows, "Gemv", "y");
        fixed (real* pw = w, px = x, py = y)
        {
            var kernel = new RowsKernel(rows, columns, pw, columns, px, py, accumulate);
            Lanes.Run(ref kernel);
        }
    }

    /// <summary>One dot product for each row, in 16 accumulators at every width.</summary>
    internal readonly struct RowsKernel(int rows, int columns, real* w, nint stride, real* x, real* y, bool accumulate) : ILaneKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>()
            where V : struct, ILane<V>
        {
            for (int i = 0; i < rows; i++)
            {
                var dot = new Reduce.BlockKernel<Reduce.Product>(w + (i * stride), x, columns);
                dot.Run<V>();
                y[i] = accumulate ? y[i] + dot.Result : dot.Result;
            }
        }
    }
}
