namespace Inkling.Tests;

/// <summary>Operations that move, choose or reduce along an axis: values against plain loops, gradients against differences.</summary>
public sealed class RearrangingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Concatenation(int axis)
    {
        Shape With(int size) => axis == 0 ? [size, 3, 4] : axis == 1 ? [2, size, 4] : [2, 3, size];
        Gradients.Check(x => Tensor.Concat(axis, x[0], x[1], x[2].Tanh()), [With(2), With(1), With(3)]);
        Gradients.Check(x => Tensor.Concat(axis, x[0], x[0]).Square(), [With(2)]);
    }

    [Fact]
    public void Concatenation_and_slices_undo_each_other()
    {
        using Tape tape = new();
        Tensor a = Counted(tape, [2, 3, 4], 0), b = Counted(tape, [2, 5, 4], 100);
        tape.Begin();
        Tensor y = Tensor.Concat(1, a, b);
        Assert.Equal([2, 8, 4], y.Shape);
        Assert.Equal(a.ToArray(), y.Slice(1, 0, 3).ToArray());
        Assert.Equal(b.ToArray(), y.Slice(^2, 3, 5).ToArray());
    }

    [Fact]
    public void Stacking()
    {
        using Tape tape = new();
        Tensor a = Counted(tape, [2, 3], 0), b = Counted(tape, [2, 3], 10);
        tape.Begin();
        Assert.Equal([0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15], Tensor.Stack(0, a, b).ToArray());
        Assert.Equal([0, 1, 2, 10, 11, 12, 3, 4, 5, 13, 14, 15], Tensor.Stack(1, a, b).ToArray());
        Tensor last = Tensor.Stack(^0, a, b);
        Assert.Equal([2, 3, 2], last.Shape);
        Assert.Equal([0, 10, 1, 11, 2, 12, 3, 13, 4, 14, 5, 15], last.ToArray());
        Gradients.Check(x => Tensor.Stack(1, x[0], x[1].Square()), [[2, 3], [2, 3]]);
    }

    [Fact]
    public void Slices_of_an_axis()
    {
        for (int axis = 0; axis < 3; axis++)
        {
            int at = axis;
            Gradients.Check(x => x[0].Tanh().Slice(at, 1, 2), [[3, 4, 3]]);
            Gradients.Check(x => x[0].Tanh().Slice(at, 0, 2) * x[0].Slice(at, 1, 2), [[3, 3, 3]]);
        }
    }

    [Theory]
    [InlineData(0, 1, 2, 3)]
    [InlineData(0, 2, 1, 3)]
    [InlineData(0, 2, 3, 1)]
    [InlineData(0, 3, 1, 2)]
    [InlineData(3, 2, 1, 0)]
    [InlineData(1, 0, 3, 2)]
    [InlineData(2, 0, 3, 1)]
    [InlineData(3, 1, 2, 0)]
    public void Permutation_of_axes(params int[] axes)
    {
        foreach (Shape shape in (Shape[])[[2, 3, 4, 5], [1, 3, 1, 5], [2, 17, 3, 18], [19, 1, 1, 20]])
        {
            using Tape tape = new();
            Tensor x = Counted(tape, shape, 0);
            tape.Begin();
            Tensor y = x.Permute(axes);
            ReadOnlySpan<double> from = x.Values, to = y.Values;
            int[] sizes = [.. axes.Select(a => shape[a])], index = new int[4], stride = [shape[1] * shape[2] * shape[3], shape[2] * shape[3], shape[3], 1];
            Assert.Equal(sizes, y.Shape);
            for (int i = 0; i < to.Length; i++)
            {
                for (int k = 3, rest = i; k >= 0; rest /= sizes[k--]) index[k] = rest % sizes[k];
                Assert.Equal(from[Enumerable.Range(0, 4).Sum(k => index[k] * stride[axes[k]])], to[i]);
            }
        }

        Gradients.Check(x => x[0].Tanh().Permute(axes), [[2, 3, 1, 4]]);
        Gradients.Check(x => x[0].Permute(axes) * x[0].Square().Permute(axes), [[2, 2, 3, 2]]);
    }

    [Fact]
    public void Exchange_of_two_axes()
    {
        using Tape tape = new();
        Tensor x = Counted(tape, [2, 3], 0);
        tape.Begin();
        Assert.Equal([0, 3, 1, 4, 2, 5], x.Transpose().ToArray());
        Assert.Equal([3, 2], x.Transpose(0, 1).Shape);
        Gradients.Check(x => x[0].Transpose(0, ^1).Square(), [[2, 3, 4]]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Sums_means_and_maxima_of_an_axis(int axis)
    {
        using Tape tape = new();
        Random random = new(4);
        Tensor x = tape.Input([3, 5, 4], [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble())]);
        tape.Begin();
        Tensor sum = x.Sum(axis), mean = x.Mean(axis, keepAxis: true), max = x.Max(axis);
        Assert.Equal(x.Shape.Where((_, i) => i != axis), sum.Shape);
        Assert.Equal(1, mean.Shape[axis]);
        int n = x.Shape[axis], inner = axis == 2 ? 1 : axis == 1 ? 4 : 20;
        for (int i = 0; i < sum.Length; i++)
        {
            double[] line = [.. Enumerable.Range(0, n).Select(k => x.Values[(i / inner * n * inner) + (k * inner) + (i % inner)])];
            Assert.Equal(line.Sum(), sum.Values[i], 1e-12);
            Assert.Equal(line.Average(), mean.Values[i], 1e-12);
            Assert.Equal(line.Max(), max.Values[i]);
        }

        Gradients.Check(x => x[0].Tanh().Sum(axis), [[3, 2, 4]]);
        Gradients.Check(x => x[0].Square().Mean(axis, keepAxis: true) * x[0], [[3, 2, 4]]);
        Gradients.Check(x => x[0].Max(axis).Square(), [[3, 2, 4]]);
    }

    [Fact]
    public void Maxima_find_what_is_not_a_number()
    {
        using Tape tape = new();
        Tensor x = tape.Input([2, 3], [1, double.NaN, 5, 3, 3, 2], requiresGradient: true);
        tape.Begin();
        Tensor max = x.Max(1);
        tape.Backward(max.Sum());
        Assert.Equal([double.NaN, 3], max.ToArray());
        Assert.Equal([0, 1, 0, 1, 0, 0], x.Gradient.ToArray());
    }

    [Fact]
    public void Masks_broadcast()
    {
        Gradients.Check(x => x[0].Square().MaskedFill(x[0].Tape.Indices([2, 3], [1, 0, 0, 0, 1, 1]), 7), [[2, 3]]);
        Gradients.Check(x => x[0].Square().MaskedFill(x[0].Tape.Indices([3, 1], [1, 0, 1]), -2), [[2, 3, 4]]);
        Gradients.Check(x => Tensor.Where(x[0].Tape.Indices([4], [1, 0, 0, 1]), x[0].Square(), x[1]), [[2, 3, 4], [2, 3, 4]]);
        Gradients.Check(x => Tensor.Where(x[0].Tape.Indices([3, 1], [1, 0, 1]), x[0].Square(), x[1]), [[2, 3, 4], [2, 3, 4]]);
        using Tape tape = new();
        Tensor x = Counted(tape, [2, 3], 0);
        tape.Begin();
        Assert.Equal([-1, 1, 2, -1, 4, 5], x.MaskedFill(tape.Indices([3], [5, 0, 0]), -1).ToArray());
        Assert.Equal([0, 1, 2, 13, 14, 15], Tensor.Where(tape.Indices([2, 1], [1, 0]), x, x + 10).ToArray());
    }

    [Fact]
    public void Powers_of_either_sign()
    {
        foreach (double exponent in (double[])[0, 1, 2, 3, -1, -2])
            Gradients.Check(x => x[0].Pow(exponent), [[6]], i => (i % 2 == 0 ? 0.6 : -0.7) + (i * 0.1), tolerance: 1e-5);
        foreach (double exponent in (double[])[0.5, 1.7, -0.3])
            Gradients.Check(x => x[0].Pow(exponent), [[6]], i => 0.3 + (i * 0.4));
        using Tape tape = new();
        Tensor x = tape.Input([4], [0, -2, -0.0, 3]);
        tape.Begin();
        double[] cube = x.Pow(3).ToArray(), broken = x.Pow(1.5).ToArray(), one = x.Pow(0).ToArray();
        Assert.Equal(0, cube[0]);
        Assert.Equal(-8, cube[1], 1e-12);
        Assert.Equal(27, cube[3], 1e-12);
        Assert.Equal(double.NaN, broken[1]);
        Assert.Equal([1, 1, 1, 1], one);
    }

    [Fact]
    public void Slopes_below_zero_are_learnt_or_drawn()
    {
        Gradients.Check(x => x[0].Prelu(x[1]), [[2, 3, 4], [3, 1]]);
        Gradients.Check(x => x[0].Prelu(x[1]), [[2, 3, 4], [1]]);
        Gradients.Check(x => x[0].RandomizedLeakyRelu(), [[5, 7]]);
        Gradients.Check(x => x[0].NoisyRelu(), [[5, 7]]);
        Gradients.Check(x => x[0].DropoutChannels(0.4).Square(), [[3, 4, 2, 2]]);
    }

    [Fact]
    public void Softmax_and_its_logarithm()
    {
        Gradients.Check(x => x[0].Softmax(), [[3, 5]]);
        Gradients.Check(x => x[0].LogSoftmax() * x[0], [[2, 2, 5]]);
        Gradients.Check(x => x[0].MaskedFill(x[0].Tape.Indices([5], [0, 1, 0, 0, 1]), double.NegativeInfinity).Softmax(), [[3, 5]]);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using Tape tape = new();
        Tensor x = Counted(tape, [2, 3], 0), y = Counted(tape, [3, 2], 0);
        tape.Begin();
        void Refused(string what, Func<Tensor> f) => Assert.StartsWith(what, Assert.Throws<ArgumentException>(() => _ = f()).Message, StringComparison.Ordinal);
        Refused("Concat: operand 1 is [3, 2]", () => Tensor.Concat(0, x, y));
        Refused("Concat: [2, 3] has no axis 2", () => Tensor.Concat(2, x, x));
        Refused("Concat: no tensors", () => Tensor.Concat(0));
        Refused("Stack: operand 1 is [3, 2]", () => Tensor.Stack(0, x, y));
        Refused("Slice: entries 1..4", () => x.Slice(1, 1, 3));
        Refused("Slice: entries 1..3", () => x.Slice(0, 1, 2));
        Refused("Permute: the order (0, 0)", () => x.Permute(0, 0));
        Refused("Permute: 3 axes", () => x.Permute(0, 1, 2));
        Refused("Sum: [2, 3] has no axis 2", () => x.Sum(2));
        Refused("Max: [2, 3] has no axis ^3", () => x.Max(^3));
        Refused("MaskedFill: the mask [2]", () => x.MaskedFill(tape.Indices([2]), 0));
        Refused("Where: the operands", () => Tensor.Where(tape.Indices([2]), x, y));
        Refused("Clip: low 2", () => x.Clip(2, 1));
    }

    private static Tensor Counted(Tape tape, Shape shape, double from) => tape.Input(shape, [.. Enumerable.Range(0, shape.Length).Select(i => from + i)]);
}
