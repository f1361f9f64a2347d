using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Inkling.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// Convolution (correlation) over any number of spatial axes: X [N, C, …], W [M, C / group, kernel…], B [M]. For each entry of the batch and
/// each group the inputs under the kernel are laid out as a matrix [C / group · taps, positions], some lines of the output at a time, and W is
/// multiplied with it. Where each group has one channel only, the taps are added up one by one instead.
/// </summary>
internal sealed class Conv : FloatOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0), w = call.Input<T>(1);
        OnnxValue<T>? bias = call.Optional<T>(2);
        int groups = OperatorCall.Size(call.Attributes.Int("group", 1));
        if (x.Rank < 3 || w.Rank != x.Rank || groups == 0 || w.Sizes[0] % groups != 0 || x.Sizes[1] != w.Sizes[1] * groups)
            throw new OnnxException($"with {groups} groups, X [N, C, …] needs W [M, C / {groups}, …] with M a multiple of {groups}");
        CheckKernel(call, w);
        if (bias is not null && bias.Length != w.Sizes[0])
            throw new OnnxException($"the bias must have {w.Sizes[0]} elements");

        var window = Window.Of(call, x.Sizes[2..], w.Sizes[2..]);
        int[] shape = [x.Sizes[0], w.Sizes[0], .. window.Output];
        T[] y = new T[Dimensions.Count(shape)];
        if (y.Length > 0)
        {
            if (bias is not null)
                Spread(bias.Data, y, window.Positions);
            var parts = new Parts<T>(x.Data, w.Data, y, window, w.Sizes[1], w.Sizes[0] / groups, groups);
            Team.Shared.For(x.Sizes[0] * groups * parts.Pieces, ref parts);
        }

        return [new OnnxValue<T>(shape, y)];
    }

    /// <summary>The attribute <c>kernel_shape</c> repeats the sizes of W; where it does not, the model is wrong.</summary>
    public static void CheckKernel(OperatorCall call, OnnxValue w)
    {
        if (call.Attributes.Ints("kernel_shape") is { } given && !given.AsSpan().SequenceEqual(Array.ConvertAll(w.Sizes[2..], size => (long)size)))
            throw new OnnxException($"'kernel_shape' is [{string.Join(", ", given)}], but W is {w.ShapeText}");
    }

    /// <summary>Writes each channel's bias over its positions.</summary>
    public static void Spread<T>(T[] bias, T[] y, int positions)
    {
        for (int plane = 0; plane * positions < y.Length; plane++)
            y.AsSpan(plane * positions, positions).Fill(bias[plane % bias.Length]);
    }

    /// <summary>Some lines of the output of one group of one entry at a time.</summary>
    private readonly struct Parts<T> : IChunkBody
        where T : unmanaged, INumber<T>
    {
        /// <summary>Elements of the matrix of inputs that is made at a time, about what the second-level cache holds.</summary>
        private const int LaidOutAtATime = 1 << 17;

        private readonly T[] _x;
        private readonly T[] _w;
        private readonly T[] _y;
        private readonly Window _window;
        private readonly int _channels;
        private readonly int _maps;
        private readonly int _groups;
        private readonly int _depth;
        private readonly int _lines;
        private readonly bool _asItIs;

        public Parts(T[] x, T[] w, T[] y, Window window, int channels, int maps, int groups)
        {
            (_x, _w, _y, _window, _channels, _maps, _groups) = (x, w, y, window, channels, maps, groups);
            _depth = channels * window.Taps;
            _asItIs = window.Taps == 1 && window.Positions == window.InputLength
                && Array.TrueForAll(window.PadsBefore, pad => pad == 0) && Array.TrueForAll(window.Strides, stride => stride == 1);
            bool whole = _asItIs || channels <= 1;
            _lines = whole ? window.Lines : int.Clamp(LaidOutAtATime / _depth / window.LineLength, 1, window.Lines);
            Pieces = (window.Lines + _lines - 1) / _lines;
        }

        /// <summary>How many pieces the lines of an output are cut into.</summary>
        public int Pieces { get; }

        public void Run(int chunk)
        {
            int part = chunk / Pieces, first = chunk % Pieces * _lines, last = int.Min(first + _lines, _window.Lines);
            ReadOnlySpan<T> input = _x.AsSpan(part * _channels * _window.InputLength, _channels * _window.InputLength);
            ReadOnlySpan<T> weights = _w.AsSpan(part % _groups * _maps * _depth, _maps * _depth);
            Span<T> y = _y.AsSpan(part * _maps * _window.Positions, _maps * _window.Positions);
            if (_asItIs)
                MatrixProduct.Multiply(false, false, _maps, _window.Positions, _depth, weights, _depth, input, _window.Positions, y, _window.Positions, accumulate: true);
            else if (_channels <= 1)
                AddTaps(input, weights, y);
            else
                MultiplyLaidOut(first, last, input, weights, y);
        }

        private void AddTaps(ReadOnlySpan<T> input, ReadOnlySpan<T> weights, Span<T> y)
        {
            for (int i = 0; i < weights.Length; i++)
            {
                var add = new AddScaled<T>(input, y.Slice(i / _window.Taps * _window.Positions, _window.Positions), weights[i]);
                _window.Visit(i % _window.Taps, 0, _window.Lines, ref add);
            }
        }

        private void MultiplyLaidOut(int first, int last, ReadOnlySpan<T> input, ReadOnlySpan<T> weights, Span<T> y)
        {
            int width = (last - first) * _window.LineLength;
            T[] rented = ArrayPool<T>.Shared.Rent(_depth * width);
            Span<T> laidOut = rented.AsSpan(0, _depth * width);
            laidOut.Clear();
            for (int row = 0; row < _depth; row++)
            {
                var copy = new Copy<T>(input.Slice(row / _window.Taps * _window.InputLength, _window.InputLength), laidOut.Slice(row * width, width));
                _window.Visit(row % _window.Taps, first, last, ref copy);
            }

            MatrixProduct.Multiply<T>(
                false, false, _maps, width, _depth, weights, _depth, laidOut, width, y[(first * _window.LineLength)..], _window.Positions, accumulate: true);
            ArrayPool<T>.Shared.Return(rented);
        }
    }

    private readonly ref struct Copy<T>(ReadOnlySpan<T> from, Span<T> to) : IRunVisitor
    {
        private readonly ReadOnlySpan<T> _from = from;
        private readonly Span<T> _to = to;

        public void Visit(int output, int input, int count, int step)
        {
            Span<T> run = _to.Slice(output, count);
            if (step == 1)
            {
                _from.Slice(input, count).CopyTo(run);
                return;
            }

            for (int i = 0; i < run.Length; i++, input += step)
                run[i] = _from[input];
        }
    }

    private readonly ref struct AddScaled<T>(ReadOnlySpan<T> from, Span<T> to, T factor) : IRunVisitor
        where T : unmanaged, INumber<T>
    {
        private readonly ReadOnlySpan<T> _from = from;
        private readonly Span<T> _to = to;
        private readonly T _factor = factor;

        public void Visit(int output, int input, int count, int step)
        {
            Span<T> run = _to.Slice(output, count);
            if (step == 1 && typeof(T) == typeof(float))
            {
                Elementwise.AddScaled(MemoryMarshal.Cast<T, float>(_from.Slice(input, count)), float.CreateTruncating(_factor), MemoryMarshal.Cast<T, float>(run));
                return;
            }

            for (int i = 0; i < run.Length; i++, input += step)
                run[i] += _factor * _from[input];
        }
    }
}
