using CsCheck;

namespace Inkling.Onnx.Tests.Operators;

/// <summary>Convolutions and pools of two spatial axes against loops that ask for every place whether it is inside.</summary>
public sealed class WindowTests
{
    private static readonly Gen<Geometry> s_geometry = Gen.Select(Gen.Int[1, 3].Array[2], Gen.Int[3, 7].Array[2], Gen.Int[1, 3].Array[2], Gen.Int[1, 2].Array[2], Gen.Int[0, 2].Array[4])
        .Select((kernel, input, strides, dilations, pads) => new Geometry(kernel, input, strides, dilations, pads))
        .Where(one => one.Output(0, ceil: false) > 0 && one.Output(1, ceil: false) > 0);

    [Fact]
    public void A_convolution_is_the_sum_over_its_kernel() => Gen.Select(s_geometry, Gen.Int[1, 2], Gen.Int[1, 2], Gen.Int[1, 3], Gen.Bool).Sample((geometry, groups, channels, maps, hasBias) =>
    {
        var random = new Random(groups + channels);
        OnnxValue<float> x = Op.Random(random, 2, groups * channels, geometry.Input[0], geometry.Input[1]), w = Op.Random(random, groups * maps, channels, geometry.Kernel[0], geometry.Kernel[1]);
        OnnxValue<float>? bias = hasBias ? Op.Random(random, groups * maps) : null;
        OnnxValue y = Op.Run("Conv", [x, w, bias], [.. geometry.Attributes, ("group", groups)]);

        List<float> expected = [];
        for (int n = 0; n < 2; n++)
        {
            for (int m = 0; m < groups * maps; m++)
            {
                geometry.ForEachOutput(ceil: false, (row, column) =>
                {
                    float sum = bias?.Data[m] ?? 0;
                    for (int c = 0; c < channels; c++)
                        geometry.ForEachTap(row, column, (tap, at) => sum += w.Data[(((m * channels) + c) * geometry.Taps) + tap] * x.Data[(((n * groups * channels) + (m / maps * channels) + c) * geometry.Plane) + at]);
                    expected.Add(sum);
                });
            }
        }

        Equal(expected, y);
    }, iter: 200);

    [Fact]
    public void A_transposed_convolution_is_the_transpose_of_the_convolution() => s_geometry.Sample(geometry =>
    {
        // ⟨conv(a), b⟩ = ⟨a, convᵀ(b)⟩ for all a and b.
        var random = new Random(3);
        OnnxValue<float> a = Op.Random(random, 1, 2, geometry.Input[0], geometry.Input[1]), w = Op.Random(random, 3, 2, geometry.Kernel[0], geometry.Kernel[1]);
        OnnxValue<float> there = (OnnxValue<float>)Op.Run("Conv", [a, w], geometry.Attributes);
        OnnxValue<float> b = Op.Random(random, there.Sizes);
        int[] left = [.. Enumerable.Range(0, 2).Select(axis => geometry.Input[axis] + geometry.Pads[axis] + geometry.Pads[axis + 2] - geometry.Extent(axis) - (geometry.Strides[axis] * (there.Sizes[axis + 2] - 1)))];
        OnnxValue<float> back = (OnnxValue<float>)Op.Run("ConvTranspose", [b, w], [.. geometry.Attributes, ("output_padding", left)]);

        Assert.Equal(a.Sizes, back.Sizes);
        double one = there.Data.Zip(b.Data, (x, y) => (double)x * y).Sum(), other = a.Data.Zip(back.Data, (x, y) => (double)x * y).Sum();
        Assert.Equal(one, other, 1e-3);
    }, iter: 200);

    [Fact]
    public void Pools_are_what_lies_under_the_kernel() => Gen.Select(s_geometry, Gen.Bool, Gen.Bool).Sample((geometry, ceil, withPads) =>
    {
        OnnxValue<float> x = Op.Random(new Random(7), 1, 2, geometry.Input[0], geometry.Input[1]);
        (string, object)[] attributes = [.. geometry.Attributes, ("kernel_shape", geometry.Kernel), ("ceil_mode", ceil)];
        OnnxValue[] max = Op.All("MaxPool", [x], 2, Op.Newest, attributes);
        OnnxValue average = Op.Run("AveragePool", [x], [.. attributes, ("count_include_pad", withPads)]), norm = Op.Run("LpPool", [x], [.. attributes, ("p", 3)]);

        List<float> largest = [], mean = [], cubic = [];
        List<long> where = [];
        for (int c = 0; c < 2; c++)
        {
            geometry.ForEachOutput(ceil, (row, column) =>
            {
                float best = float.NegativeInfinity, sum = 0, cubes = 0;
                long at = 0;
                int inside = 0;
                geometry.ForEachTap(row, column, (_, place) =>
                {
                    float value = x.Data[(c * geometry.Plane) + place];
                    (best, at) = value > best ? (value, (c * geometry.Plane) + place) : (best, at);
                    sum += value;
                    cubes += MathF.Pow(MathF.Abs(value), 3);
                    inside++;
                });
                largest.Add(best);
                where.Add(at);
                mean.Add(sum / (withPads ? geometry.Padded(row, column) : inside));
                cubic.Add(MathF.Cbrt(cubes));
            });
        }

        // A dilated kernel may step over the input altogether: there is nothing then to be the largest or the mean of.
        bool[] seen = [.. largest.Select(float.IsFinite)];
        Equal(largest, max[0]);
        Assert.Equal(where.Where((_, i) => seen[i]), max[1].Values<long>().ToArray().Where((_, i) => seen[i]));
        Equal(mean, average);
        Equal(cubic, norm);
    }, iter: 200);

    [Theory]
    [InlineData("SAME_UPPER", new[] { 3f, 6, 12, 8 })]
    [InlineData("SAME_LOWER", new[] { 1f, 3, 6, 12 })]
    [InlineData("VALID", new[] { 3f, 6, 12 })]
    public void Pads_may_follow_from_the_size(string autoPad, float[] expected) =>
        Assert.Equal(expected, Op.Run("Conv", [Op.Floats([1, 1, 4], 1, 2, 4, 8), Op.Floats([1, 1, 2], 1, 1)], ("auto_pad", autoPad)).Values<float>());

    [Fact]
    public void The_size_of_a_transposed_convolution_may_be_given()
    {
        OnnxValue x = Op.Floats([1, 1, 2], 1, 2), w = Op.Floats([1, 1, 3], 1, 10, 100);

        // All that is reached: [1, 10, 102, 20, 200]. One place too many is cut off before; SAME_UPPER cuts it off behind.
        Assert.Equal([10, 102, 20, 200], Op.Run("ConvTranspose", [x, w], ("strides", new[] { 2 }), ("output_shape", new[] { 4 })).Values<float>());
        Assert.Equal([1, 10, 102, 20], Op.Run("ConvTranspose", [x, w], ("strides", new[] { 2 }), ("auto_pad", "SAME_UPPER")).Values<float>());
        Assert.Equal([1, 10, 102, 20, 200, 0], Op.Run("ConvTranspose", [x, w], ("strides", new[] { 2 }), ("output_shape", new[] { 6 })).Values<float>());
    }

    [Fact]
    public void Positions_of_maxima_count_column_by_column_when_asked_and_lead_back()
    {
        OnnxValue x = Op.Floats([1, 1, 2, 4], 1, 5, 2, 7, 3, 4, 9, 6);
        OnnxValue[] pooled = Op.All("MaxPool", [x], 2, Op.Newest, ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 }), ("storage_order", 1));
        Assert.Equal([2L, 5], pooled[1].Values<long>());

        pooled = Op.All("MaxPool", [x], 2, Op.Newest, ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 }));
        Assert.Equal([0, 5, 0, 0, 0, 0, 9, 0], Op.Run("MaxUnpool", [.. pooled], ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 })).Values<float>());
        Assert.Equal([0, 5, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0], Op.Run("MaxUnpool", [.. pooled, Op.Longs(1, 1, 3, 5)], ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 })).Values<float>());
    }

    [Fact]
    public void A_last_window_that_would_begin_behind_the_input_is_left_out() =>
        Assert.Equal([1, 1, 1], Op.Run("MaxPool", [Op.Floats([1, 1, 2], 1, 2)], ("kernel_shape", new[] { 1 }), ("strides", new[] { 2 }), ("ceil_mode", 1)).Shape);

    [Theory]
    [InlineData("Conv", "with 1 groups, X [N, C, …] needs W")]
    [InlineData("MaxPool", "'kernel_shape' is missing")]
    public void What_does_not_fit_is_told(string operation, string problem) =>
        Assert.Contains(problem, Assert.Throws<OnnxException>(() => Op.Run(operation, [Op.Random(new Random(1), 1, 3, 4, 4), operation == "Conv" ? Op.Random(new Random(1), 2, 2, 3, 3) : null])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_kernel_that_is_too_large_is_told() =>
        Assert.Contains("a kernel of 5 does not fit into 4 along spatial axis 1", Assert.Throws<OnnxException>(() => Op.Run("AveragePool", [Op.Random(new Random(1), 1, 3, 5, 4)], ("kernel_shape", new[] { 5, 5 }))).Message, StringComparison.Ordinal);

    private static void Equal(List<float> expected, OnnxValue actual)
    {
        float[] values = actual.Values<float>().ToArray();
        Assert.Equal(expected.Count, values.Length);
        for (int i = 0; i < values.Length; i++)
            Assert.True(expected[i].Equals(values[i]) || MathF.Abs(expected[i] - values[i]) <= 1e-4f, $"at {i}: {values[i]} where {expected[i]} is expected");
    }

    /// <summary>A kernel over two axes, by the letter.</summary>
    private sealed record Geometry(int[] Kernel, int[] Input, int[] Strides, int[] Dilations, int[] Pads)
    {
        public int Taps => Kernel[0] * Kernel[1];

        public int Plane => Input[0] * Input[1];

        public (string Name, object Value)[] Attributes => [("strides", Strides), ("dilations", Dilations), ("pads", Pads)];

        public int Extent(int axis) => ((Kernel[axis] - 1) * Dilations[axis]) + 1;

        public int Output(int axis, bool ceil)
        {
            double steps = (Input[axis] + Pads[axis] + Pads[axis + 2] - Extent(axis)) / (double)Strides[axis];
            int output = (int)(ceil ? Math.Ceiling(steps) : Math.Floor(steps)) + 1;
            return ceil && (output - 1) * Strides[axis] >= Input[axis] + Pads[axis] ? output - 1 : output;
        }

        public void ForEachOutput(bool ceil, Action<int, int> action)
        {
            for (int row = 0; row < Output(0, ceil); row++)
            {
                for (int column = 0; column < Output(1, ceil); column++)
                    action(row, column);
            }
        }

        public void ForEachTap(int row, int column, Action<int, int> action)
        {
            for (int tap = 0; tap < Taps; tap++)
            {
                (int y, int x) = Place(row, column, tap);
                if (y >= 0 && y < Input[0] && x >= 0 && x < Input[1])
                    action(tap, (y * Input[1]) + x);
            }
        }

        public int Padded(int row, int column) => Enumerable.Range(0, Taps).Count(tap => Place(row, column, tap) is var (y, x) && y < Input[0] + Pads[2] && x < Input[1] + Pads[3]);

        private (int Y, int X) Place(int row, int column, int tap) =>
            ((row * Strides[0]) - Pads[0] + (tap / Kernel[1] * Dilations[0]), (column * Strides[1]) - Pads[1] + (tap % Kernel[1] * Dilations[1]));
    }
}
