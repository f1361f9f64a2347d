using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Tests;

/// <summary>What losses say to bad input, and that large ones repeat in every bit.</summary>
public sealed class LossErrorTests
{
    [Fact]
    public void Empty_batches_and_shapes_that_do_not_fit_are_refused()
    {
        using Tape tape = new();
        Tensor none = tape.Input([0, 3]), x = tape.Input([2, 3]), other = tape.Input([3, 2]);
        Indices labels = tape.Indices([2]), noLabels = tape.Indices([0]), three = tape.Indices([3]);
        tape.Begin();
        Assert.Throws<ArgumentException>(() => Losses.MeanAbsoluteError(none, none));
        Assert.Throws<ArgumentException>(() => Losses.Huber(x, other));
        Assert.Throws<ArgumentException>(() => Losses.CrossEntropy(none, noLabels, labelSmoothing: 0.1));
        Assert.Throws<ArgumentException>(() => Losses.CrossEntropy(x, three, labelSmoothing: 0.1));
        Assert.Throws<ArgumentException>(() => Losses.CrossEntropy(x, labels, tape.Input([2], [1, 1])));
        Assert.Throws<ArgumentException>(() => Losses.NegativeLogLikelihood(none, noLabels));
        Assert.Throws<ArgumentException>(() => Losses.KlDivergence(x, other));
        Assert.Throws<ArgumentException>(() => Losses.MultiMargin(x, three));
        Assert.Throws<ArgumentException>(() => Losses.CosineEmbedding(x, other, labels));
        Assert.Throws<ArgumentException>(() => Losses.TripletMargin(x, x, other));
        Assert.Throws<ArgumentException>(() => Losses.InfoNce(x, tape.Input([3, 3])));
        Assert.Throws<ArgumentException>(() => Losses.BinaryCrossEntropyWithLogits(x, x, tape.Input([2], [1, 1])));
    }

    [Fact]
    public void Labels_out_of_range_are_named()
    {
        using Tape tape = new();
        Tensor x = tape.Input([2, 3]), t = tape.Input([2, 3], [1, -1, 0, 1, 1, 1]);
        tape.Begin();
        Assert.Contains("target 3", Assert.Throws<ArgumentOutOfRangeException>(() => Losses.CrossEntropy(x, tape.Indices([2], [0, 3]), labelSmoothing: 0.1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Losses.NegativeLogLikelihood(x, tape.Indices([2], [-2, 0])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Losses.MultiMargin(x, tape.Indices([2], [-1, 0])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Losses.CosineEmbedding(x, x, tape.Indices([2], [1, 0])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Losses.CrossEntropy(x, tape.Indices([2]), labelSmoothing: 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Losses.InfoNce(x, x, temperature: 0));
        Assert.Contains("number 2", Assert.Throws<ArgumentException>(() => Losses.Hinge(x, t)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Targets_that_are_no_numbers_are_named_and_predictions_are_not_blamed_on_them(float broken)
    {
        using Tape tape = new();
        Tensor x = tape.Input([2, 2], [1, 2, 3, 4]), t = tape.Input([2, 2], [1, 0, broken, 1]), fine = tape.Input([2, 2], [1, 0, 0, 1]);
        tape.Begin();
        foreach (Func<Tensor, Tensor, Tensor> loss in (Func<Tensor, Tensor, Tensor>[])[Losses.MeanSquaredError, Losses.MeanAbsoluteError, (a, b) => Losses.Huber(a, b), Losses.BinaryCrossEntropyWithLogits])
        {
            Assert.Contains("target number 2", Assert.Throws<ArgumentException>(() => loss(x, t)).Message, StringComparison.Ordinal);
            Assert.False(float.IsFinite(loss(t, fine).Item()));
        }
    }

    [Fact]
    public void Divergence_from_what_are_no_probabilities_is_refused()
    {
        using Tape tape = new();
        Tensor x = tape.Input([1, 2], [-1, -1]), t = tape.Input([1, 2], [-0.5f, 1.5f]);
        tape.Begin();
        Assert.Contains("probabilities", Assert.Throws<ArgumentException>(() => Losses.KlDivergence(x, t)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sequences_out_of_range_are_named()
    {
        using Tape tape = new();
        Tensor x = tape.Input([5, 2, 4]);
        Indices targets = tape.Indices([2, 3], [1, 2, 3, 1, 0, 0]), lengths = tape.Indices([2], [3, 1]);
        tape.Begin();
        Assert.True(Losses.Ctc(x, targets, lengths).Item() > 0);
        Assert.Contains("row 1 has 0 steps", Assert.Throws<ArgumentOutOfRangeException>(() => Losses.Ctc(x, targets, lengths, tape.Indices([2], [5, 0]))).Message, StringComparison.Ordinal);
        Assert.Contains("row 0 has 4 labels", Assert.Throws<ArgumentOutOfRangeException>(() => Losses.Ctc(x, targets, tape.Indices([2], [4, 1]))).Message, StringComparison.Ordinal);
        Assert.Contains("label 0 of row 1", Assert.Throws<ArgumentOutOfRangeException>(() => Losses.Ctc(x, targets, tape.Indices([2], [3, 2]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Losses.Ctc(x, targets, lengths, blank: 4));
        Assert.Throws<ArgumentException>(() => Losses.Ctc(x, tape.Indices([3, 2]), lengths));
        Assert.Throws<ArgumentException>(() => Losses.Ctc(tape.Input([5, 2]), targets, lengths));
    }

    [Fact]
    public void A_sequence_that_does_not_fit_is_infinite_or_nothing()
    {
        using Tape tape = new();
        Tensor x = tape.Input([3, 1, 4], [.. Enumerable.Range(0, 12).Select(i => 0.1f * i)], requiresGradient: true);
        Indices targets = tape.Indices([1, 2], [1, 1]), lengths = tape.Indices([1], [2]), two = tape.Indices([1], [2]);
        tape.Begin();
        Assert.True(float.IsFinite(Losses.Ctc(x, targets, lengths).Item()));
        Assert.Equal(float.PositiveInfinity, Losses.Ctc(x, targets, lengths, two).Item());
        Tensor none = Losses.Ctc(x, targets, lengths, two, zeroInfinity: true);
        tape.Backward(none);
        Assert.Equal(0, none.Item());
        Assert.All(x.Gradient.ToArray(), g => Assert.Equal(0, g));
    }

    [Fact]
    public void Large_losses_agree_in_every_bit_on_one_thread_and_on_two()
    {
        float[] Run(Team team)
        {
            using Tape tape = new(new TapeOptions { Team = team });
            float[] values = [.. Enumerable.Range(0, 90_000).Select(i => CounterRandom.Uniform(1, 1, (ulong)i) - 0.5f)];
            Tensor x = tape.Input([300, 300], values, requiresGradient: true), t = tape.Input([300, 300], values.Reverse().ToArray());
            Tensor logits = tape.Input([40, 6, 30], values.AsSpan(0, 7200), requiresGradient: true);
            Indices targets = tape.Indices([6, 9], [.. Enumerable.Range(0, 54).Select(i => 1 + (i % 29))]), lengths = tape.Indices([6], [9, 8, 7, 9, 1, 0]);
            tape.Begin();
            Tensor loss = Losses.Huber(x, t, 0.3) + Losses.MeanAbsoluteError(x, t) + Losses.Ctc(logits, targets, lengths) + Losses.InfoNce(x, t);
            tape.Backward(loss);
            return [loss.Item(), .. x.Gradient, .. logits.Gradient];
        }

        using Team two = new(2);
        Assert.Equal(Run(Team.Single), Run(two));
    }
}
