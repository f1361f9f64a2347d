using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// The transpose of a convolution: X [N, C, …], W [C, M / group, kernel…], B [M]. For each entry of the batch and each group Wᵀ · X gives what
/// each input adds under the kernel, and these are summed where kernels overlap. Along an axis the output has
/// <c>stride (input − 1) + output_padding + extent − pads</c> elements, unless <c>output_shape</c> or <c>auto_pad</c> say otherwise.
/// </summary>
internal sealed class ConvTranspose : FloatOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0), w = call.Input<T>(1);
        OnnxValue<T>? bias = call.Optional<T>(2);
        int groups = OperatorCall.Size(call.Attributes.Int("group", 1));
        if (x.Rank < 3 || w.Rank != x.Rank || groups == 0 || x.Sizes[1] % groups != 0 || x.Sizes[1] != w.Sizes[0])
            throw new OnnxException($"with {groups} groups, X [N, C, …] needs W [C, M / {groups}, …] with C a multiple of {groups}");
        Conv.CheckKernel(call, w);
        int maps = w.Sizes[1], channels = x.Sizes[1] / groups;
        if (bias is not null && bias.Length != maps * groups)
            throw new OnnxException($"the bias must have {maps * groups} elements");

        Window window = Geometry(call, x.Sizes[2..], w.Sizes[2..]);
        int[] shape = [x.Sizes[0], maps * groups, .. window.Input];
        T[] y = new T[Dimensions.Count(shape)];
        if (bias is not null && y.Length > 0)
            Conv.Spread(bias.Data, y, window.InputLength);
        int rows = maps * window.Taps, positions = window.Positions;
        T[] added = new T[rows * positions];
        for (int part = 0; part < x.Sizes[0] * groups && y.Length > 0; part++)
        {
            ReadOnlySpan<T> input = x.Data.AsSpan(part * channels * positions, channels * positions);
            ReadOnlySpan<T> weights = w.Data.AsSpan(part % groups * channels * rows, channels * rows);
            MatrixProduct.Multiply<T>(true, false, rows, positions, channels, weights, rows, input, positions, added, positions);
            for (int row = 0; row < rows; row++)
            {
                int plane = (part * maps) + (row / window.Taps);
                var sum = new Sum<T>(added.AsSpan(row * positions, positions), y.AsSpan(plane * window.InputLength, window.InputLength));
                window.Visit(row % window.Taps, 0, window.Lines, ref sum);
            }
        }

        return [new OnnxValue<T>(shape, y)];
    }

    private static Window Geometry(OperatorCall call, int[] input, int[] kernel)
    {
        WindowAttributes given = WindowAttributes.Of(call, input.Length, kernel);
        int[] extra = WindowAttributes.List(call, "output_padding", input.Length, 0, 0);
        int[]? wanted = call.Attributes.Ints("output_shape") is { Length: > 0 } sizes ? Array.ConvertAll(sizes, OperatorCall.Size)[^input.Length..] : null;
        int[] before = [.. given.PadsBefore], output = new int[input.Length];
        for (int axis = 0; axis < input.Length; axis++)
        {
            int full = OperatorCall.Size(((input[axis] - 1L) * given.Strides[axis]) + extra[axis] + given.Extent(axis));
            if (wanted is null && !given.IsSame)
            {
                output[axis] = OperatorCall.Size((long)full - given.PadsBefore[axis] - given.PadsBehind[axis]);
                continue;
            }

            // The pads follow from the size. When that is larger than all that is reached, the rest stays empty.
            output[axis] = wanted?[axis] ?? OperatorCall.Size((long)input[axis] * given.Strides[axis]);
            (before[axis], _) = given.Divide(int.Max(0, full - output[axis]));
        }

        return Window.Transposed(given, output, before, input);
    }

    private readonly ref struct Sum<T>(ReadOnlySpan<T> from, Span<T> to) : IRunVisitor
        where T : INumber<T>
    {
        private readonly ReadOnlySpan<T> _from = from;
        private readonly Span<T> _to = to;

        public void Visit(int output, int input, int count, int step)
        {
            foreach (T value in _from.Slice(output, count))
            {
                _to[input] += value;
                input += step;
            }
        }
    }
}
