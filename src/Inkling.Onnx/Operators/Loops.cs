using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>A function of one variable. Implemented by structs, so that each loop is compiled with its function inside.</summary>
internal interface IMap<TIn, TOut>
{
    /// <summary>The value at x.</summary>
    TOut Apply(TIn x);
}

/// <summary>A function of two variables. Implemented by structs, so that each loop is compiled with its function inside.</summary>
internal interface IZip<TIn, TOut>
{
    /// <summary>The value at (a, b).</summary>
    TOut Apply(TIn a, TIn b);

    /// <summary>
    /// Does the first elements of a row several at a time, and returns how many. An operand of one element stands for a whole row.
    /// </summary>
    static virtual int ApplyLanes(ReadOnlySpan<TIn> a, ReadOnlySpan<TIn> b, Span<TOut> y) => 0;
}

/// <summary>The loops over elements that everything elementwise is made of.</summary>
internal static class Loops
{
    /// <summary>Elements from which several threads share the work.</summary>
    private const int SharedLength = 1 << 16;

    private const int ChunkLength = 1 << 14;

    /// <summary>Applies a function to every element.</summary>
    public static TOut[] Map<TIn, TOut, TMap>(TIn[] x, TMap map)
        where TMap : struct, IMap<TIn, TOut>
    {
        TOut[] y = GC.AllocateUninitializedArray<TOut>(x.Length);
        var chunks = new MapChunks<TIn, TOut, TMap>(x, y, map);
        if (x.Length < SharedLength)
            chunks.Run(0, x.Length);
        else
            Team.Shared.For((x.Length + ChunkLength - 1) / ChunkLength, ref chunks);
        return y;
    }

    /// <summary>Applies a function to every pair of elements of two tensors that are broadcast to one shape (NumPy's rule).</summary>
    /// <exception cref="OnnxException">The shapes do not broadcast.</exception>
    public static OnnxValue<TOut> Zip<TIn, TOut, TZip>(OnnxValue<TIn> a, OnnxValue<TIn> b, TZip zip)
        where TZip : struct, IZip<TIn, TOut>
    {
        int[] shape = BroadcastShape(a.Sizes, b.Sizes);
        TOut[] y = GC.AllocateUninitializedArray<TOut>(Dimensions.Count(shape));
        var walk = new RowWalk(shape, Dimensions.BroadcastStrides(a.Sizes, shape), Dimensions.BroadcastStrides(b.Sizes, shape));
        int length = walk.Length;
        for (int to = 0; walk.Next(); to += length)
        {
            // A step is 1, or 0 where an operand is repeated: its one element then stands for the row.
            ReadOnlySpan<TIn> left = a.Data.AsSpan(walk.Position(0), walk.Steps[0] == 0 ? 1 : length);
            ReadOnlySpan<TIn> right = b.Data.AsSpan(walk.Position(1), walk.Steps[1] == 0 ? 1 : length);
            ZipRow(left, right, y.AsSpan(to, length), zip);
        }

        return new OnnxValue<TOut>(shape, y);
    }

    /// <summary>The shape that tensors broadcast to.</summary>
    /// <exception cref="OnnxException">They do not broadcast.</exception>
    public static int[] BroadcastShape(int[] a, int[] b) => Dimensions.Broadcast(a, b)
        ?? throw new OnnxException($"shapes {Dimensions.Text(a)} and {Dimensions.Text(b)} do not broadcast: from the last axis on, sizes must agree or one of them be 1");

    [MethodImpl(Jit.Kernel)]
    private static void ZipRow<TIn, TOut, TZip>(ReadOnlySpan<TIn> a, ReadOnlySpan<TIn> b, Span<TOut> y, TZip zip)
        where TZip : struct, IZip<TIn, TOut>
    {
        int i = TZip.ApplyLanes(a, b, y);
        if (a.Length == y.Length && b.Length == y.Length)
        {
            for (; i < y.Length; i++)
                y[i] = zip.Apply(a[i], b[i]);
        }
        else if (b.Length == 1)
        {
            TIn right = b[0];
            for (; i < y.Length; i++)
                y[i] = zip.Apply(a.Length == 1 ? a[0] : a[i], right);
        }
        else
        {
            TIn left = a[0];
            for (; i < y.Length; i++)
                y[i] = zip.Apply(left, b[i]);
        }
    }

    private readonly struct MapChunks<TIn, TOut, TMap>(TIn[] x, TOut[] y, TMap map) : IChunkBody
        where TMap : struct, IMap<TIn, TOut>
    {
        public void Run(int chunk) => Run(chunk * ChunkLength, int.Min((chunk + 1) * ChunkLength, x.Length));

        [MethodImpl(Jit.Kernel)]
        public void Run(int start, int end)
        {
            ReadOnlySpan<TIn> from = x.AsSpan(start, end - start);
            Span<TOut> to = y.AsSpan(start, end - start);
            for (int i = 0; i < to.Length; i++)
                to[i] = map.Apply(from[i]);
        }
    }
}
