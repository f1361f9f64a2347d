using Inkling.Nn;

namespace Inkling.Tests;

/// <summary>Gradients of normalisations against differences, and what becomes of running statistics.</summary>
public sealed class NormalizationTests
{
    [Theory]
    [InlineData(7, 3)]
    [InlineData(4, 3, 5)]
    [InlineData(2, 3, 4, 5)]
    public void Gradients_of_batch_norm(params int[] sizes)
    {
        Shape shape = Shape.Create(sizes);
        BatchNorm1D norm = new BatchNorm1D(3).Build(1);
        foreach (bool frozen in (bool[])[false, true])
        {
            Tensor Normalize(Tensor[] x) => Tape.Record(new NormalizeBatch(norm.RunningMean, norm.RunningVariance, 0, 1e-5, frozen),
                x[0], x[1], x[2], x[0].Tape.Parameter(norm.RunningMean), x[0].Tape.Parameter(norm.RunningVariance));
            Gradients.Check(Normalize, [shape, [3], [3]]);
            Gradients.Check(x => Normalize(x) * x[0].Square(), [shape, [3], [3]], tolerance: 1e-5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Gradients_of_group_norm(int groups)
    {
        Gradients.Check(x => Tape.Record(new NormalizeGroups(groups, 1e-5), x[0], x[1], x[2]), [[2, 4, 3, 2], [4], [4]]);
        Gradients.Check(x => Tape.Record(new NormalizeGroups(groups, 1e-3), x[0], x[1], x[2]) * x[0].Square(), [[2, 4, 5], [4], [4]]);
    }

    [Fact]
    public void Gradients_of_rms_norm()
    {
        Gradients.Check(x => Tape.Record(new NormalizeRms(1e-6), x[0], x[1]), [[2, 3, 5], [5]]);
        Gradients.Check(x => Tape.Record(new NormalizeRms(1e-6), x[0], x[1]) * x[0].Square(), [[4, 5], [5]]);
    }

    [Fact]
    public void Padding_entries_of_an_embedding_get_no_gradient()
    {
        Embedding table = new Embedding(4, 3, padding: 2).Build(1);
        Assert.All(table.Weight.Values[6..9].ToArray(), value => Assert.Equal(0, value));
        Assert.Contains(table.Weight.Values[..6].ToArray(), value => value != 0);
        using Tape tape = new();
        tape.Begin();
        tape.Backward(table.Forward(tape.Indices([5], [2, 1, 2, 0, 1])).Sum());
        Assert.Equal([1, 1, 1, 2, 2, 2, 0, 0, 0, 0, 0, 0], table.Weight.Gradients.ToArray());
    }

    [Fact]
    public void Running_statistics_move_when_the_step_is_done()
    {
        BatchNorm1D norm = new BatchNorm1D(2, momentum: 0.25).Build(1);
        using Tape tape = new(), validation = new(new TapeOptions { Recording = false });
        double[] values = [1, 10, 3, 20, 8, 60];
        Tensor x = tape.Input([3, 2], values);
        tape.Begin();
        Tensor loss = norm.Forward(x).Square().Sum();
        Assert.Equal([0, 0], norm.RunningMean.Values.ToArray());
        tape.Backward(loss);
        new Sgd(norm.Parameters, 0).Step();
        Assert.Equal([1, 7.5], norm.RunningMean.Values.ToArray());
        double variance = (9 + 1 + 16) / 2.0, other = (400 + 100 + 900) / 2.0;
        Assert.Equal(0.75 + (0.25 * variance), norm.RunningVariance.Values[0], 1e-12);
        Assert.Equal(0.75 + (0.25 * other), norm.RunningVariance.Values[1], 1e-12);
        tape.Begin();
        Assert.Equal([1, 7.5], norm.RunningMean.Values.ToArray());
        _ = norm.Forward(x);
        tape.Begin();
        Assert.Equal(0.75 + (0.25 * 4), norm.RunningMean.Values[0], 1e-12);
        double mean = norm.RunningMean.Values[0], spread = norm.RunningVariance.Values[0];
        validation.Begin();
        Tensor y = norm.Forward(validation.Input([1, 2], [5, 5]));
        Assert.Equal((5 - mean) / Math.Sqrt(spread + 1e-5), y.Values[0], 1e-12);
        validation.Begin();
        Assert.Equal(mean, norm.RunningMean.Values[0]);
        Assert.Equal(4, norm.Parameters.ElementCount);
        Assert.Throws<InvalidOperationException>(() => norm.RunningMean.Trainable = true);
    }
}
