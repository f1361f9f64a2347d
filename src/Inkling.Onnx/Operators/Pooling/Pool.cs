using System.Numerics;
using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>What becomes of the elements under a kernel.</summary>
internal interface IPooling<T>
{
    /// <summary>What stands before the first element.</summary>
    T Start { get; }

    /// <summary>With one more element.</summary>
    T Next(T total, T x);

    /// <summary>What is left at the end, given how many elements there were.</summary>
    T End(T total, int count);
}

/// <summary>Pools the planes of [N, C, …] one by one.</summary>
internal static class Pool
{
    /// <summary>Runs a pool.</summary>
    /// <param name="x">[N, C, …].</param>
    /// <param name="window">The kernel.</param>
    /// <param name="pooling">What becomes of the elements under it.</param>
    /// <param name="counts">For each position how many elements count.</param>
    public static OnnxValue<T> Run<T, TPooling>(OnnxValue<T> x, Window window, TPooling pooling, int[] counts)
        where TPooling : struct, IPooling<T>
    {
        int[] shape = [.. x.Shape[..2], .. window.Output];
        T[] y = new T[Dimensions.Count(shape)];
        if (y.Length > 0)
        {
            var planes = new Planes<T, TPooling>(x.Data, y, window, pooling, counts);
            Team.Shared.For(x.Sizes[0] * x.Sizes[1], ref planes);
        }

        return new OnnxValue<T>(shape, y);
    }

    /// <summary>The spatial sizes of the input, which must have some.</summary>
    /// <exception cref="OnnxException">It has not.</exception>
    public static int[] Spatial(OnnxValue x) => x.Rank >= 3 ? x.Sizes[2..] : throw new OnnxException("an input [N, C, …] with spatial axes is wanted");

    /// <summary>The sizes of the kernel from <c>kernel_shape</c>.</summary>
    /// <exception cref="OnnxException">It is missing.</exception>
    public static int[] Kernel(OperatorCall call) =>
        Array.ConvertAll(call.Attributes.Ints("kernel_shape") ?? throw new OnnxException("'kernel_shape' is missing"), OperatorCall.Size);

    private readonly struct Planes<T, TPooling>(T[] x, T[] y, Window window, TPooling pooling, int[] counts) : IChunkBody
        where TPooling : struct, IPooling<T>
    {
        [MethodImpl(Jit.Kernel)]
        public void Run(int plane)
        {
            Span<T> to = y.AsSpan(plane * window.Positions, window.Positions);
            to.Fill(pooling.Start);
            var visitor = new Visitor<T, TPooling>(x.AsSpan(plane * window.InputLength, window.InputLength), to, pooling);
            for (int tap = 0; tap < window.Taps; tap++)
                window.Visit(tap, 0, window.Lines, ref visitor);
            for (int i = 0; i < to.Length; i++)
                to[i] = pooling.End(to[i], counts[i]);
        }
    }

    private readonly ref struct Visitor<T, TPooling>(ReadOnlySpan<T> from, Span<T> to, TPooling pooling) : IRunVisitor
        where TPooling : struct, IPooling<T>
    {
        private readonly ReadOnlySpan<T> _from = from;
        private readonly Span<T> _to = to;
        private readonly TPooling _pooling = pooling;

        public void Visit(int output, int input, int count, int step)
        {
            foreach (ref T total in _to.Slice(output, count))
            {
                total = _pooling.Next(total, _from[input]);
                input += step;
            }
        }
    }
}
