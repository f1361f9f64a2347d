namespace Inkling.Tests;

/// <summary>Convolutions against the sum written out, and their gradients against differences.</summary>
public sealed class ConvolutionTests
{
    // N, C, H, W, O, kernel, stride, padding, dilation, groups
    public static TheoryData<int[]> Cases =>
    [
        new([2, 3, 5, 6, 4, 3, 3, 1, 1, 1, 1, 1, 1, 1]),
        new([2, 2, 6, 7, 3, 3, 3, 2, 2, 1, 1, 1, 1, 1]),
        new([1, 2, 7, 9, 3, 2, 3, 1, 2, 0, 1, 2, 1, 1]),
        new([2, 2, 7, 8, 2, 3, 2, 3, 2, 2, 0, 1, 3, 1]),
        new([1, 4, 5, 5, 6, 3, 3, 2, 1, 1, 1, 1, 1, 2]),
        new([2, 3, 4, 4, 3, 3, 3, 1, 1, 1, 1, 1, 1, 3]),
        new([2, 3, 4, 5, 2, 1, 1, 1, 1, 0, 0, 1, 1, 1]),
        new([1, 2, 5, 5, 3, 1, 1, 2, 2, 0, 0, 1, 1, 1]),
        new([1, 1, 3, 3, 1, 2, 2, 1, 1, 3, 3, 1, 1, 1]),
        new([3, 2, 1, 9, 7, 1, 4, 1, 3, 0, 2, 1, 2, 1]),
        new([9, 1, 4, 4, 7, 3, 3, 1, 1, 1, 1, 1, 1, 1]),
        new([1, 1, 5, 5, 70, 3, 3, 2, 2, 1, 1, 1, 1, 1]),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Convolution_is_the_sum_written_out(int[] c)
    {
        (Shape x, Shape w, ConvolutionGeometry geometry) = Read(c);
        using Tape tape = new();
        Tensor tx = Random(tape, x, 1), tw = Random(tape, w, 2), tb = Random(tape, [w[0]], 3);
        tape.Begin();
        Tensor y = Tape.Record(new Convolve(geometry), tx, tw, tb);
        for (int n = 0, i = 0; n < y.Shape[0]; n++)
        {
            for (int o = 0; o < y.Shape[1]; o++)
            {
                for (int p = 0; p < y.Shape[2]; p++)
                {
                    for (int q = 0; q < y.Shape[3]; q++, i++) Assert.Equal(tb.Values[o] + Sum(tx, tw, geometry, n, o, p, q), y.Values[i], 1e-12);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_of_a_convolution(int[] c)
    {
        (Shape x, Shape w, ConvolutionGeometry geometry) = Read(c);
        Gradients.Check(t => Tape.Record(new Convolve(geometry), t[0], t[1], t[2]), [x, w, [w[0]]]);
        Gradients.Check(t => Tape.Record(new Convolve(geometry), t[0].Tanh(), t[1]) * Tape.Record(new Convolve(geometry), t[0], t[1]), [x, w]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_transposed_convolution_is_the_transpose(int[] c)
    {
        (Shape x, Shape w, ConvolutionGeometry geometry) = Read(c);
        using Tape tape = new();
        Tensor tx = Random(tape, x, 1), tw = Random(tape, w, 2);
        tape.Begin();
        Tensor y = Tape.Record(new Convolve(geometry), tx, tw), seed = Random(tape, y.Shape, 4);
        Extent extra = new(
            (x[2] + (2 * geometry.Padding.Rows) - (geometry.Dilation.Rows * (w[2] - 1)) - 1) % geometry.Stride.Rows,
            (x[3] + (2 * geometry.Padding.Columns) - (geometry.Dilation.Columns * (w[3] - 1)) - 1) % geometry.Stride.Columns);
        Tensor back = Tape.Record(new ConvolveTransposed(geometry, extra), seed, tw);
        Assert.Equal(x, back.Shape);
        Assert.Equal((y * seed).Sum().Item(), (tx * back).Sum().Item(), 1e-10);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_of_a_transposed_convolution(int[] c)
    {
        (Shape x, Shape w, ConvolutionGeometry geometry) = Read(c);
        Shape turned = [w[0], w[1], w[2], w[3]], input = [x[0], w[0], 3, 4];
        geometry = geometry with { Padding = new Extent(Math.Min(geometry.Padding.Rows, 1), Math.Min(geometry.Padding.Columns, 1)) };
        Gradients.Check(t => Tape.Record(new ConvolveTransposed(geometry, default), t[0], t[1], t[2]), [input, turned, [w[1] * geometry.Groups]]);
        Gradients.Check(t => Tape.Record(new ConvolveTransposed(geometry, default), t[0].Tanh(), t[1]) * Tape.Record(new ConvolveTransposed(geometry, default), t[0], t[1]), [input, turned]);
    }

    [Fact]
    public void One_dimension_is_two_with_one_row()
    {
        ConvolutionGeometry geometry = new(2, 3, 2, 1);
        using Tape tape = new();
        Tensor x = Random(tape, [2, 3, 11], 1), w = Random(tape, [4, 3, 3], 2), b = Random(tape, [4], 3);
        tape.Begin();
        Tensor line = Tape.Record(new Convolve(geometry), x, w, b);
        Tensor image = Tape.Record(new Convolve(geometry with { Padding = new Extent(0, 3) }), x.Reshape([2, 3, 1, 11]), w.Reshape([4, 3, 1, 3]), b);
        Assert.Equal(image.ToArray(), line.ToArray());
        Gradients.Check(t => Tape.Record(new Convolve(geometry), t[0], t[1], t[2]), [[2, 3, 11], [4, 3, 3], [4]]);
        Gradients.Check(t => Tape.Record(new ConvolveTransposed(geometry, 1), t[0], t[1], t[2]), [[2, 4, 5], [4, 3, 3], [3]]);
    }

    [Fact]
    public void More_taps_than_a_block_holds()
    {
        Shape x = [2, 130, 3, 3], w = [3, 130, 2, 2];
        using Tape tape = new();
        Tensor tx = Random(tape, x, 1), tw = Random(tape, w, 2);
        tape.Begin();
        Tensor y = Tape.Record(new Convolve(ConvolutionGeometry.Plain), tx, tw);
        Assert.Equal(Sum(tx, tw, ConvolutionGeometry.Plain, 1, 2, 1, 0), y.Values[^2], 1e-11);
        Tensor back = Tape.Record(new ConvolveTransposed(new(2, 0, 1, 1), default), y, tw);
        Assert.Equal([2, 130, 4, 4], back.Shape);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Many_weights_get_their_gradients_too(int groups)
    {
        // A convolution is linear in its weights: Σ gw w is Σ gy y.
        using Tape tape = new();
        ConvolutionGeometry geometry = new(1, 1, 1, groups);
        Tensor x = Random(tape, [2, 64, 4, 4], 1), w = tape.Input([128 * groups, 64 / groups, 3, 3], requiresGradient: true);
        w.Write(Random(tape, w.Shape, 2).Values);
        for (int turn = 1; turn <= 2; turn++)
        {
            tape.Begin();
            Tensor y = Tape.Record(new Convolve(geometry), x, w), seed = Random(tape, y.Shape, 3), sum = (y * seed).Sum();
            tape.Backward(turn == 1 ? sum : sum + (Tape.Record(new Convolve(geometry), x, w) * seed).Sum());
            double dot = 0;
            for (int i = 0; i < w.Length; i++) dot += w.Gradient[i] * w.Values[i];
            Assert.Equal(turn * sum.Item(), dot, 1e-7);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using Tape tape = new();
        Tensor x = tape.Input([2, 3, 5, 5]), w = tape.Input([4, 3, 3, 3]);
        tape.Begin();
        void Refused(string what, ConvolutionGeometry geometry, params Tensor[] inputs)
            => Assert.Contains(what, Assert.ThrowsAny<ArgumentException>(() => _ = Tape.Record(new Convolve(geometry), inputs)).Message, StringComparison.Ordinal);
        Refused("must have 3 in its second axis", ConvolutionGeometry.Plain, x, tape.Input([4, 2, 3, 3]));
        Refused("must be [N, C, L]", ConvolutionGeometry.Plain, x, tape.Input([4, 3, 3]));
        Refused("2 groups do not divide 3 input", ConvolutionGeometry.Plain with { Groups = 2 }, x, w);
        Refused("the bias is [3]; it must be [4]", ConvolutionGeometry.Plain, x, w, tape.Input([3]));
        Refused("does not fit the input", ConvolutionGeometry.Plain with { Dilation = 3 }, x, w);
        Refused("the stride 0×0 must be at least 1", ConvolutionGeometry.Plain with { Stride = 0 }, x, w);
        Assert.Contains("Pad less", Assert.Throws<ArgumentException>(() => _ = Tape.Record(new ConvolveTransposed(new(1, 9, 1, 1), 0), tape.Input([1, 4, 2, 2]), w)).Message, StringComparison.Ordinal);
        Assert.Contains("the extra size 1", Assert.Throws<ArgumentOutOfRangeException>(() => _ = Tape.Record(new ConvolveTransposed(new(1, 0, 1, 1), 1), tape.Input([1, 4, 2, 2]), w)).Message, StringComparison.Ordinal);
    }

    private static (Shape X, Shape Weight, ConvolutionGeometry Geometry) Read(int[] c)
        => ([c[0], c[1], c[2], c[3]], [c[4], c[1] / c[13], c[5], c[6]], new(new(c[7], c[8]), new(c[9], c[10]), new(c[11], c[12]), c[13]));

    private static double Sum(Tensor x, Tensor w, ConvolutionGeometry g, int n, int o, int p, int q)
    {
        Shape xs = x.Shape, ws = w.Shape;
        double sum = 0;
        int first = o / (ws[0] / g.Groups) * ws[1];
        for (int c = 0; c < ws[1]; c++)
        {
            for (int i = 0; i < ws[2]; i++)
            {
                for (int j = 0; j < ws[3]; j++)
                {
                    int row = (p * g.Stride.Rows) + (i * g.Dilation.Rows) - g.Padding.Rows, column = (q * g.Stride.Columns) + (j * g.Dilation.Columns) - g.Padding.Columns;
                    if (row < 0 || row >= xs[2] || column < 0 || column >= xs[3]) continue;
                    sum += x.Values[(((((n * xs[1]) + first + c) * xs[2]) + row) * xs[3]) + column] * w.Values[(((((o * ws[1]) + c) * ws[2]) + i) * ws[3]) + j];
                }
            }
        }

        return sum;
    }

    private static Tensor Random(Tape tape, Shape shape, int seed)
    {
        Random random = new(seed);
        return tape.Input(shape, [.. Enumerable.Range(0, shape.Length).Select(_ => random.NextDouble() - 0.5)]);
    }
}
