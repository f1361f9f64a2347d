using Inkling.Nn;
using Inkling.Numerics;
using Inkling.Training;
using Inkling.Training.Data;

namespace Inkling.Language.Tests.Translation;

public sealed class EncoderDecoderTests
{
    private static readonly int[] Short = [4, 2], Long = [3, 7, 5, 2, 6];

    [Fact, Trait("Speed", "Slow")]
    public void Sequences_are_learnt_to_be_reversed()
    {
        int[][] sources = Reversal.Sources(200, seed: 2);
        using SequenceDecoder decoder = new(Reversal.Trained, Team.Single);
        IReadOnlyList<DecodedSequence> results = decoder.Decode(sources);
        int right = Enumerable.Range(0, sources.Length).Count(i => results[i].Symbols.SequenceEqual(Reversal.Reversed(sources[i])));
        Assert.True(right >= 190, $"{right} of 200");
        Assert.All(results, result => Assert.True(result.IsComplete));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Attention_adds_up_to_one_and_never_sees_what_is_padded(int layers)
    {
        EncoderDecoder model = Reversal.Model(layers: layers);
        (float[] features, float[] weights) = Run(model, padding: 0);
        for (int row = 0; row < 2 * 3; row++)
        {
            float[] shares = weights[(row * 5)..((row + 1) * 5)];
            Assert.Equal(1, shares.Sum(), 1e-5);
            Assert.Equal(row % 2 == 0 ? 2 : 5, shares.Count(share => share > 0));   // rows 0, 2 … are of the short source
        }

        (float[] again, float[] weightsAgain) = Run(model, padding: 6);
        Assert.Equal(features, again);
        Assert.Equal(weights, weightsAgain);

        static (float[] Features, float[] Weights) Run(EncoderDecoder model, int padding)
        {
            using Tape tape = new(new TapeOptions { Team = Team.Single });
            Indices source = tape.Indices([5, 2], [.. Enumerable.Range(0, 5).SelectMany(t => new[] { t < 2 ? Short[t] : padding, Long[t] })]), lengths = tape.Indices([2], [2, 5]);
            Tensor[] hidden = new Tensor[model.Config.Layers], cell = new Tensor[model.Config.Layers];
            tape.Begin();
            Tensor memory = model.Encode(source, lengths, hidden, cell);
            Tensor features = model.Decode(tape.Indices([3, 2], [0, 0, 2, 3, 4, 5]), hidden, cell, [], [], model.Keys(memory), memory, lengths, out Tensor weights);
            return (features.ToArray(), weights.ToArray());
        }
    }

    [Fact]
    public void Training_repeats_bit_for_bit_on_one_thread_and_on_two()
    {
        using Team two = new(2);
        float[] once = Trained(Team.Single);
        Assert.Equal(once, Trained(Team.Single));
        Assert.Equal(once, Trained(two));

        static float[] Trained(Team team)
        {
            EncoderDecoder model = Reversal.Model(dropout: 0.2, layers: 2, smoothing: 0.1, recurrent: 0.1);
            model.Fit(model.Forward, Reversal.Loader(Reversal.Sources(96, seed: 1), batch: 24), model.Loss, new Adam(model.Parameters) { Team = team }, new FitOptions { Epochs = 2, Team = team, ClipNorm = 1 });
            return model.Parameters.Values.ToArray();
        }
    }

    [Fact]
    public void A_training_step_allocates_nothing_once_all_shapes_were_seen()
    {
        EncoderDecoder model = Reversal.Model(dropout: 0.2, layers: 2, smoothing: 0.1, recurrent: 0.1);
        using ModuleTask task = new(model, model.Forward, model.Loss, Reversal.Loader(Reversal.Sources(96, seed: 1), batch: 24), team: Team.Single);
        Adam adam = new(model.Parameters) { Team = Team.Single };
        int step = 0;
        for (; step < 3 * task.StepsPerEpoch; step++) Step();
        Allocation.AssertNone(() =>
        {
            for (long end = step + (3 * task.StepsPerEpoch); step < end; step++) Step();
        });

        void Step()
        {
            task.Step(step);
            adam.Step();
        }
    }

    [Fact]
    public void What_is_asked_is_smoothed_in_training_and_plain_in_validation()
    {
        EncoderDecoder model = Reversal.Model(smoothing: 0.2);
        int[] targets = [5, 1, 3, -1, 1, -1];
        (double plain, double expected) = Losses(recording: false, 0);
        Assert.Equal(expected, plain, 1e-5);
        (double smoothed, double wanted) = Losses(recording: true, 0.2);
        Assert.Equal(wanted, smoothed, 1e-5);
        Assert.NotEqual(plain, smoothed, 1e-5);

        (double Loss, double Expected) Losses(bool recording, double smoothing)
        {
            using Tape tape = new(new TapeOptions { Team = Team.Single, Recording = recording });
            Indices asked = tape.Indices([3, 2], targets);
            tape.Begin();
            Tensor features = model.Forward(tape.Indices([2, 2], [3, 4, 1, 1]), null, tape.Indices([3, 2], [0, 0, 5, 2, 3, 1]));
            return (model.Loss(features, asked).Item(), Nn.Losses.CrossEntropy(model.Scores(features), asked, labelSmoothing: smoothing).Item());
        }
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_named()
    {
        EncoderDecoderConfig good = Reversal.Model().Config;
        Assert.Contains("HiddenWidth is 7", Error(good with { HiddenWidth = 7 }), StringComparison.Ordinal);
        Assert.Contains("SourceVocabulary is 2", Error(good with { SourceVocabulary = 2 }), StringComparison.Ordinal);
        Assert.Contains("Layers is 9", Error(good with { Layers = 9 }), StringComparison.Ordinal);
        Assert.Contains("dropout of 1", Error(good with { Dropout = 1 }), StringComparison.Ordinal);
        Assert.Contains("smoothing of 2", Error(good with { LabelSmoothing = 2 }), StringComparison.Ordinal);

        static string Error(EncoderDecoderConfig config) => Assert.Throws<ArgumentException>(() => new EncoderDecoder(config)).Message;
    }

    [Fact]
    public void Pairs_have_their_ends_and_the_fields_that_training_needs()
    {
        DataSet set = SequencePairs.ToDataSet([[5, 6], [7]], [[3], [4, 2, 5]]);
        Batch batch = new DataLoader(set, new LoaderOptions { TimeFirst = true, Prefetch = 0 }).Epoch(0).Single();
        Assert.Equal([5, 7, 6, 1, 1, 1], batch["source"].Integers.ToArray());
        Assert.Equal([3, 4, 1, 2, -1, 5, -1, 1], batch["target"].Integers.ToArray());
        Assert.Equal([0, 0, 3, 4, 1, 2, 1, 5], batch["given"].Integers.ToArray());
        Assert.Equal([3, 2], batch["source"].Lengths.ToArray());
    }

    [Fact]
    public void Pairs_that_cannot_be_learnt_are_named()
    {
        Assert.Contains("source of pair 1 is empty", Error([[2], []], [[2], [2]]), StringComparison.Ordinal);
        Assert.Contains("2 sources and 1 targets", Error([[2], [3]], [[2]]), StringComparison.Ordinal);
        Assert.Contains("target of pair 0 holds symbol 1", Error([[2]], [[1]]), StringComparison.Ordinal);
        Assert.Contains("no pairs", Error([], []), StringComparison.Ordinal);
        Assert.Equal(1, SequencePairs.ToDataSet([[2]], [[]]).LengthOf(0, 1)); // an empty target is its end

        static string Error(int[][] sources, int[][] targets) => Assert.Throws<ArgumentException>(() => SequencePairs.ToDataSet(sources, targets)).Message;
    }
}
