using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// The largest element under a kernel, and, as output 1, its position in the whole input, counted row-major or (<c>storage_order</c> = 1)
/// column-major within a plane. Of equal elements the first counts.
/// </summary>
internal sealed class MaxPool : NumberOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        var window = Window.Of(call, Pool.Spatial(x), Pool.Kernel(call));
        return call.Wants(1)
            ? WithPositions(x, window, call.Attributes.Int("storage_order", 0) == 1)
            : [Pool.Run(x, window, default(Largest<T>), new int[window.Positions])];
    }

    private static OnnxValue?[] WithPositions<T>(OnnxValue<T> x, Window window, bool columnMajor)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        int[] shape = [.. x.Shape[..2], .. window.Output];
        T[] y = new T[Dimensions.Count(shape)];
        long[] positions = new long[y.Length];
        Array.Fill(y, T.CreateSaturating(double.NegativeInfinity));
        for (int plane = 0; plane * window.Positions < y.Length; plane++)
        {
            Range planeOfY = (plane * window.Positions)..((plane + 1) * window.Positions);
            var visitor = new Visitor<T>(x.Data.AsSpan(plane * window.InputLength, window.InputLength), y.AsSpan(planeOfY), positions.AsSpan(planeOfY));
            for (int tap = 0; tap < window.Taps; tap++)
                window.Visit(tap, 0, window.Lines, ref visitor);
            foreach (ref long position in positions.AsSpan(planeOfY))
                position = ((long)plane * window.InputLength) + (columnMajor ? ColumnMajor((int)position, window.Input) : position);
        }

        return [new OnnxValue<T>(shape, y), new OnnxValue<long>(shape, positions)];
    }

    private static int ColumnMajor(int position, int[] sizes)
    {
        int[] strides = Dimensions.Strides(sizes);
        int result = 0, step = 1;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            result += position / strides[axis] % sizes[axis] * step;
            step *= sizes[axis];
        }

        return result;
    }

    private readonly struct Largest<T> : IPooling<T>
        where T : INumber<T>, IMinMaxValue<T>
    {
        public T Start => T.CreateSaturating(double.NegativeInfinity);

        public T Next(T total, T x) => x > total || T.IsNaN(x) ? x : total;

        public T End(T total, int count) => total;
    }

    private readonly ref struct Visitor<T>(ReadOnlySpan<T> from, Span<T> to, Span<long> positions) : IRunVisitor
        where T : INumber<T>
    {
        private readonly ReadOnlySpan<T> _from = from;
        private readonly Span<T> _to = to;
        private readonly Span<long> _positions = positions;

        public void Visit(int output, int input, int count, int step)
        {
            for (int i = 0; i < count; i++, input += step)
            {
                if (_from[input] > _to[output + i] || T.IsNaN(_from[input]))
                {
                    _to[output + i] = _from[input];
                    _positions[output + i] = input;
                }
            }
        }
    }
}
