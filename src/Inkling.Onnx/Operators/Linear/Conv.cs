using Inkling.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// Convolution (correlation) over any number of spatial axes: X [N, C, …], W [M, C / group, kernel…], B [M]. For each entry of the batch and
/// each group the inputs under the kernel are laid out as a matrix [C / group · taps, positions], and W is multiplied with it.
/// </summary>
internal sealed class Conv : FloatOperator
{
    /// <summary>Elements of the matrix of inputs that is made at a time, about what the second-level cache holds twice.</summary>
    private const int LaidOutAtATime = 1 << 18;

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
        if (bias is not null)
            Spread(bias.Data, y, window.Positions);
        int channels = w.Sizes[1], maps = w.Sizes[0] / groups;
        for (int part = 0; part < x.Sizes[0] * groups && y.Length > 0; part++)
        {
            ReadOnlySpan<T> input = x.Data.AsSpan(part * channels * window.InputLength, channels * window.InputLength);
            ReadOnlySpan<T> weights = w.Data.AsSpan(part % groups * maps * channels * window.Taps, maps * channels * window.Taps);
            Multiply(window, channels, maps, input, weights, y.AsSpan(part * maps * window.Positions, maps * window.Positions));
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

    private static void Multiply<T>(Window window, int channels, int maps, ReadOnlySpan<T> input, ReadOnlySpan<T> weights, Span<T> y)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        int depth = channels * window.Taps;
        bool asItIs = window.Taps == 1 && window.Positions == window.InputLength
            && Array.TrueForAll(window.PadsBefore, pad => pad == 0) && Array.TrueForAll(window.Strides, stride => stride == 1);
        if (asItIs)
        {
            MatrixProduct.Multiply(false, false, maps, window.Positions, depth, weights, depth, input, window.Positions, y, window.Positions, accumulate: true);
            return;
        }

        int lines = int.Clamp(LaidOutAtATime / depth / window.LineLength, 1, window.Lines);
        T[] laidOut = new T[depth * lines * window.LineLength];
        for (int line = 0; line < window.Lines; line += lines)
        {
            int end = int.Min(line + lines, window.Lines), width = (end - line) * window.LineLength;
            LayOut(window, line, end, input, laidOut.AsSpan(0, depth * width), width);
            MatrixProduct.Multiply<T>(false, false, maps, width, depth, weights, depth, laidOut, width, y[(line * window.LineLength)..], window.Positions, accumulate: true);
        }
    }

    private static void LayOut<T>(Window window, int firstLine, int lastLine, ReadOnlySpan<T> input, Span<T> laidOut, int width)
    {
        laidOut.Clear();
        for (int row = 0; row * width < laidOut.Length; row++)
        {
            var copy = new Copy<T>(input.Slice(row / window.Taps * window.InputLength, window.InputLength), laidOut.Slice(row * width, width));
            window.Visit(row % window.Taps, firstLine, lastLine, ref copy);
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
}
