using Inkling.Nn;
using Inkling.Numerics;
using Inkling.Training;
using Inkling.Training.Metrics;

namespace Inkling.Language.Tests.Classification;

public sealed class SequenceClassifierTests
{
    [Theory]
    [InlineData(SequencePooling.Last, true)]
    [InlineData(SequencePooling.Max, true)]
    [InlineData(SequencePooling.Mean | SequencePooling.Words, true)]
    [InlineData(SequencePooling.Last, false)]
    public void It_learns_what_not_does(SequencePooling pooling, bool bidirectional)
    {
        SequenceClassifier model = Negations.Train(Negations.Model(pooling, bidirectional), epochs: 12);
        Accuracy accuracy = new();
        ModuleTraining.Evaluate(Negations.Forward(model), Negations.Loader(200, 2), BatchLosses.CrossEntropy, [accuracy]);
        Assert.True(accuracy.Value > 0.95, $"{pooling}: {accuracy.Value}");
    }

    [Fact]
    public void One_thread_and_two_give_the_same_bits()
    {
        using Team two = new(2);
        float[] once = Negations.Train(Negations.Model(dropout: 0.2), 1, Team.Single).Parameters.Values.ToArray();
        Assert.True(once.All(float.IsFinite));
        Assert.Equal(once, Negations.Train(Negations.Model(dropout: 0.2), 1, two).Parameters.Values.ToArray());
    }

    [Fact]
    public void What_stands_behind_the_end_of_a_row_does_not_matter()
    {
        SequenceClassifier model = Negations.Model(SequencePooling.Last | SequencePooling.Mean | SequencePooling.Max | SequencePooling.Words);
        using Tape tape = new(new TapeOptions { Recording = false });
        Indices tokens = tape.Indices([4, 2], [2, 5, 6, 6, 7, 0, 8, 0]), lengths = tape.Indices([2], [4, 2]);
        tape.Begin();
        float[] padded = model.Forward(tokens, lengths).ToArray();
        tokens.Write([2, 5, 6, 6, 7, 9, 8, 3]);
        tape.Begin();
        Assert.Equal(padded, model.Forward(tokens, lengths).ToArray());
        tape.Begin();
        float[] alone = model.Forward(tape.Indices([2, 1], [5, 6]), tape.Indices([1], [2])).ToArray();
        for (int c = 0; c < 2; c++) Assert.Equal(alone[c], padded[2 + c], 1e-5f);
    }

    [Fact]
    public void A_training_step_allocates_nothing()
    {
        SequenceClassifier model = Negations.Model(SequencePooling.Last | SequencePooling.Mean | SequencePooling.Max | SequencePooling.Words, dropout: 0.3);
        using Tape tape = new(new TapeOptions { Team = Team.Single });
        Indices tokens = tape.Indices([5, 4]), lengths = tape.Indices([4], [5, 3, 4, 1]), classes = tape.Indices([4], [0, 1, 1, 0]);
        for (int i = 0; i < tokens.Length; i++) tokens.Values[i] = i % 12;
        Adam adam = new(model.Parameters) { Team = Team.Single };
        void Step()
        {
            tape.Step++;
            tape.Begin();
            tape.Backward(Losses.SoftmaxCrossEntropy(model.Forward(tokens, lengths), classes));
            adam.Step();
        }

        for (int i = 0; i < 5; i++) Step();
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 10; i++) Step();
        });
    }

    [Fact]
    public void Sizes_out_of_range_are_told()
    {
        SequenceClassifierConfig config = new() { VocabularySize = 10 };
        Assert.Contains("Classes", Assert.Throws<ArgumentException>(() => new SequenceClassifier(config with { Classes = 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("Dropout", Assert.Throws<ArgumentException>(() => new SequenceClassifier(config with { WordDropout = 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("Last, Mean or Max", Assert.Throws<ArgumentException>(() => new SequenceClassifier(config with { Pooling = SequencePooling.Words })).Message, StringComparison.Ordinal);
        using Tape tape = new();
        tape.Begin();
        Assert.Contains("length 5", Assert.Throws<ArgumentOutOfRangeException>(() => Negations.Model().Forward(tape.Indices([4, 1]), tape.Indices([1], [5]))).Message, StringComparison.Ordinal);
    }
}
