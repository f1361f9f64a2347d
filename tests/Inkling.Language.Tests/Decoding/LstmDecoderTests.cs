using Inkling.Nn;
using Inkling.Nn.Checkpoints;

namespace Inkling.Language.Tests.Decoding;

public sealed class LstmDecoderTests : IDisposable
{
    private static readonly LstmLanguageModelConfig s_config = new() { VocabularySize = 90, EmbeddingWidth = 24, HiddenWidth = 40, Layers = 2 };

    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-decoder-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_decoder_gives_what_the_trained_layer_gives()
    {
        var model = Model();
        var decoder = new LstmDecoder(LstmWeights.Load(Save(model.Value)));
        var tokens = Tokens(60);
        var expected = model.Losses(tokens);
        var state = decoder.NewState();
        var row = new float[decoder.VocabularySize];
        var sum = 0.0;
        for (var t = 0; t + 1 < tokens.Length; t++)
        {
            decoder.Step(state, tokens[t]);
            decoder.Predict(state, row);
            Assert.Equal(1, row.Sum(), 1e-4);
            sum -= Math.Log(row[tokens[t + 1]]);
            // The layer's mean loss over the first t + 1 targets against the decoder's.
            if (t is 0 or 1 or 7 or 58)
                Assert.Equal(expected(t + 1), sum / (t + 1), 1e-5);
        }
    }

    [Fact]
    public void Eight_bits_cost_little()
    {
        var model = Model();
        var wide = LstmWeights.Load(Save(model.Value));
        var small = wide.Quantize();
        Assert.True(small.IsQuantized);
        Assert.Equal(wide.Parameters, small.Parameters);
        var tokens = Tokens(400);
        Assert.InRange(Bits(new LstmDecoder(small), tokens) - Bits(new LstmDecoder(wide), tokens), -0.02, 0.02);
    }

    [Fact]
    public void Weights_in_eight_bits_are_read_as_they_were_quantised()
    {
        var model = Model();
        var path = Path.Combine(_folder, "small.safetensors");
        QuantizedWeights.Save(path, model.Value.Parameters);
        var tokens = Tokens(50);
        var read = new LstmDecoder(LstmWeights.Load(path));
        var quantised = new LstmDecoder(LstmWeights.Load(Save(model.Value)).Quantize());
        Assert.True(read.Weights.IsQuantized);
        Assert.Equal(Rows(quantised, tokens), Rows(read, tokens));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Batches_change_no_bit_and_steps_allocate_nothing(bool quantised)
    {
        var model = Model();
        var weights = LstmWeights.Load(Save(model.Value));
        var decoder = new LstmDecoder(quantised ? weights.Quantize() : weights);
        const int Count = 5;
        var alone = Enumerable.Range(0, Count).Select(_ => decoder.NewState()).ToArray();
        var together = Enumerable.Range(0, Count).Select(_ => decoder.NewState()).ToArray();
        var tokens = new int[Count];
        var (rows, row) = (new float[Count * decoder.VocabularySize], new float[decoder.VocabularySize]);
        for (var t = 0; t < 20; t++)
        {
            for (var i = 0; i < Count; i++)
            {
                tokens[i] = (t * 7 + i * 13) % decoder.VocabularySize;
                decoder.Step(alone[i], tokens[i]);
            }
            decoder.Step(together, tokens);
            decoder.Predict(together, rows);
            for (var i = 0; i < Count; i++)
            {
                decoder.Predict(alone[i], row);
                Assert.True(row.AsSpan().SequenceEqual(rows.AsSpan(i * row.Length, row.Length)), $"state {i} after {t + 1} tokens");
            }
        }
        Allocation.AssertNone(() =>
        {
            for (var t = 0; t < 50; t++)
            {
                decoder.Step(together, tokens);
                decoder.Predict(together, rows);
                decoder.Step(alone[0], tokens[0]);
                alone[1].CopyFrom(alone[0]);
            }
        });
    }

    [Fact]
    public void A_state_can_be_copied_and_forgotten()
    {
        var model = Model();
        var decoder = new LstmDecoder(LstmWeights.Load(Save(model.Value)));
        var (a, b) = (decoder.NewState(), decoder.NewState());
        decoder.Step(a, 3);
        b.CopyFrom(a);
        decoder.Step(a, 4);
        decoder.Step(b, 4);
        Assert.Equal(Row(decoder, a), Row(decoder, b));
        a.Reset();
        decoder.Step(a, 3);
        decoder.Step(a, 4);
        Assert.Equal(Row(decoder, a), Row(decoder, b));
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused_by_name()
    {
        var model = Model();
        var path = Save(model.Value);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        Assert.Contains(Path.GetFileName(path), Assert.Throws<CheckpointException>(() => LstmWeights.Load(path)).Message, StringComparison.Ordinal);
        Assert.Throws<CheckpointException>(() => LstmWeights.Load(Path.Combine(_folder, "absent.safetensors")));
        model.Value.OutputBias.Values[5] = float.NaN;
        Assert.Contains("output.bias", Assert.Throws<CheckpointException>(() => LstmWeights.Load(Save(model.Value))).Message, StringComparison.Ordinal);
    }

    private static float[] Row(LstmDecoder decoder, PredictorState state)
    {
        var row = new float[decoder.VocabularySize];
        decoder.Predict(state, row);
        return row;
    }

    private static float[][] Rows(LstmDecoder decoder, int[] tokens)
    {
        var state = decoder.NewState();
        return [.. tokens.Select(token =>
        {
            decoder.Step(state, token);
            return Row(decoder, state);
        })];
    }

    private static double Bits(LstmDecoder decoder, int[] tokens)
    {
        var rows = Rows(decoder, tokens);
        return Enumerable.Range(0, tokens.Length - 1).Average(t => -Math.Log2(rows[t][tokens[t + 1]]));
    }

    private static int[] Tokens(int count) => [.. Enumerable.Range(0, count).Select(i => (i * i + 7 * i) % s_config.VocabularySize)];

    private string Save(LstmLanguageModel model)
    {
        var path = Path.Combine(_folder, "weights.safetensors");
        ModelCheckpoint.Save(path, model.Parameters);
        return path;
    }

    private static Built Model() => new(new LstmLanguageModel(s_config).Build(seed: 7));

    /// <summary>A model with a tape to ask its layers by.</summary>
    private sealed class Built(LstmLanguageModel model)
    {
        public LstmLanguageModel Value => model;

        /// <summary>The layers' mean loss over the first n targets.</summary>
        public Func<int, double> Losses(int[] tokens) => n =>
        {
            using var tape = new Tape(new TapeOptions { Recording = false });
            var (inputs, targets) = (tape.Indices([n, 1]), tape.Indices([n, 1]));
            tokens.AsSpan(0, n).CopyTo(inputs.Values);
            tokens.AsSpan(1, n).CopyTo(targets.Values);
            tape.Begin();
            var (h, c) = (new Tensor[s_config.Layers], new Tensor[s_config.Layers]);
            return model.Loss(model.Forward(inputs, [], [], h, c), targets).Item();
        };
    }
}
