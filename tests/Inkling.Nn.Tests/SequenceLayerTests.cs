using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Tests;

/// <summary>Recurrent and attention layers in whole steps: no allocation, the same bits on one thread and two, and errors that help.</summary>
public sealed class SequenceLayerTests
{
    public static TheoryData<string> Kinds => ["rnn", "gru", "lstm", "lstm-variant", "encoder", "decoder", "gpt", "additive", "dot"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_training_step_allocates_nothing(string kind)
    {
        using Model model = new(kind, Team.Single, width: 12);
        for (int i = 0; i < 3; i++) model.Step();
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 10; i++) model.Step();
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_thread_and_two_give_the_same_bits(string kind)
    {
        float[] Trained(Team team)
        {
            using Model model = new(kind, team, width: 96);
            for (int i = 0; i < 3; i++) model.Step();
            return model.Parameters.Values.ToArray();
        }

        using Team two = new(2);
        float[] once = Trained(Team.Single);
        Assert.True(once.All(float.IsFinite));
        Assert.Equal(once, Trained(Team.Single));
        Assert.Equal(once, Trained(two));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_learns(string kind)
    {
        using Model model = new(kind, Team.Single, width: 12);
        float first = model.Step(), last = first;
        for (int i = 0; i < 200; i++) last += 0.2f * (model.Step() - last);
        Assert.True(last < 0.3f * first, $"from {first} to {last}");
    }

    [Fact]
    public void Dropout_of_states_and_between_layers_differs_from_step_to_step_and_not_without_recording()
    {
        RecurrentOptions options = new() { Layers = 2, Dropout = 0.3, RecurrentDropout = 0.3, VariationalDropout = true };
        Gru gru = new Gru(4, 6, options).Build(1);
        float[] x = [.. Enumerable.Range(0, 40).Select(i => MathF.Sin(i))];
        using Tape training = new(), validation = new(new TapeOptions { Recording = false });
        Tensor a = training.Input([5, 2, 4], x), b = validation.Input([5, 2, 4], x);
        training.Begin();
        float[] first = gru.Forward(a).Output.ToArray();
        training.Begin();
        Assert.NotEqual(first, gru.Forward(a).Output.ToArray());
        training.Step = 0;
        training.Begin();
        Assert.Equal(first, gru.Forward(a).Output.ToArray());
        float[] plain = gru.Forward(b).Output.ToArray();
        validation.Begin();
        Assert.Equal(plain, gru.Forward(b).Output.ToArray());
    }

    [Fact]
    public void Parameters_of_an_Lstm_keep_their_names()
    {
        Lstm lstm = new Lstm(3, 4, layers: 2).Build(1);
        Assert.Equal(["weight_ih_l0", "weight_hh_l0", "bias_l0", "weight_ih_l1", "weight_hh_l1", "bias_l1"], lstm.Parameters.Select(p => p.Name));
        Lstm both = new Lstm(3, 4, new LstmOptions { Bidirectional = true, Layers = 2, Coupled = true, Peephole = true }).Build(1);
        Assert.Equal([12, 8], both.Parameters["weight_ih_l1_reverse"].Shape.ToArray());
        Assert.Equal([8], both.Parameters["weight_peephole_l0"].Shape.ToArray());
        Assert.Equal("Lstm(3 → 8, 2 layers, bidirectional)", both.ToString());
    }

    [Fact]
    public void Errors_of_recurrent_layers_name_what_was_given_and_the_remedy()
    {
        using Tape tape = new();
        Gru gru = new Gru(4, 6, new RecurrentOptions { Bidirectional = true }).Build(1);
        Tensor x = tape.Input([5, 2, 4]);
        tape.Begin();
        AssertError("Gru: row 1 has length 0; lengths must be 1 to 5. Leave empty sequences out of the batch.", () => gru.Forward(x, lengths: tape.Indices([2], [3, 0])));
        AssertError("Gru: row 0 has length 6; lengths must be 1 to 5, the number of steps given.", () => gru.Forward(x, lengths: tape.Indices([2], [6, 1])));
        AssertError("Gru: 3 lengths are given for 2 rows.", () => gru.Forward(x, lengths: tape.Indices([3], [1, 1, 1])));
        AssertError("Gru: the input [0, 2, 4] has no steps; leave empty batches out.", () => gru.Forward(tape.Input([0, 2, 4])));
        AssertError("Gru: the input [5, 0, 4] has no rows; leave empty batches out.", () => gru.Forward(tape.Input([5, 0, 4])));
        AssertError("Gru: the input is [5, 2, 3]; it must be [time, batch, 4].", () => gru.Forward(tape.Input([5, 2, 3])));
        AssertError("Gru: 1 initial states given for 1 layers in 2 directions; give 2, or none.", () => gru.Forward(x, [tape.Input([2, 6])]));
        AssertError("Gru: the state is [2, 5]; it must be [2, 6].", () => gru.Forward(x, [tape.Input([2, 5]), tape.Input([2, 6])]));
        AssertError("Gru: the resets are [5]; they must be [5, 2].", () => gru.Forward(x, resets: tape.Indices([5])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rnn(3, 4, new RnnOptions { RecurrentDropout = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lstm(3, 4, new LstmOptions { Layers = 0 }));
    }

    [Fact]
    public void Errors_of_attention_name_what_was_given_and_the_remedy()
    {
        using Tape tape = new();
        Tensor q = tape.Input([5, 2, 8]), k = tape.Input([4, 2, 8]);
        tape.Begin();
        AssertError("Attention: there are more queries than keys, 5 and 4, so that the first would see none. Leave Causal out?", () => q.Attention(k, k, 2, new AttentionRule { Causal = true }));
        AssertError("Attention: row 0 has length 0; lengths must be 1 to 4. Leave empty sequences out of the batch.", () => q.Attention(k, k, 2, new AttentionRule { Lengths = tape.Indices([2]) }));
        AssertError("Attention: the widths of [5, 2, 8], [4, 2, 8] and [4, 2, 8] do not fit 3 heads; each part must be a multiple of 3 wide, queries and keys the same.", () => q.Attention(k, k, 3));
        AssertError("Attention: the mask is [4, 4]; it must be [5, 4], [2, 5, 4] or [2, 2, 5, 4].", () => q.Attention(k, k, 2, default, tape.Input([4, 4])));
        AssertError("Attention: the mask wants a gradient", () => q.Attention(k, k, 2, default, tape.Input([5, 4], requiresGradient: true)));
        AssertError("Attention: queries [5, 2, 8] or keys [0, 2, 8] are empty; leave empty sequences out.", () => q.Attention(tape.Input([0, 2, 8]), tape.Input([0, 2, 8]), 2));
        AssertError("AdditiveAttention: queries [5, 2, 8], keys [4, 2, 6] and values [4, 2, 8] do not fit", () => new AdditiveAttention(3, 3, 8).Build(1).Forward(tape.Input([5, 2, 3]), tape.Input([4, 2, 6]), k));
        AssertError("RotaryEmbedding: 5 steps from position 0 on do not fit a table of 3 positions.", () => q.Rotate(new RotaryTable(4, 3)));
        AssertError("PositionalEncoding: 5 steps from position 2 on do not fit a table of 6 positions.", () => new SinusoidalPositions(8, 6).Forward(q, 2));
        AssertError("LearnedPositions: the input is [5, 2, 8]; it must be [time, batch, 8] with 4 steps at most.", () => new LearnedPositions(8, 4).Build(1).Forward(q));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiHeadAttention(10, 3));
        Assert.Throws<ArgumentException>(() => new GptBlock(16, 2, rotary: new RotaryTable(4, 8)));
    }

    private static void AssertError(string message, Action action) => Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);

    /// <summary>Learns to say at every step what stood at the first: rows of different lengths.</summary>
    private sealed class Model : IDisposable
    {
        private const int Time = 40, Batch = 6, Classes = 3;
        private readonly Tape _tape;
        private readonly Team _team;
        private readonly Network _network;
        private readonly Adam _adam;
        private readonly Indices _tokens, _targets, _lengths;
        private int _step;

        public Model(string kind, Team team, int width)
        {
            _team = team;
            _tape = new Tape(new TapeOptions { Team = team });
            _network = new Network(kind, width).Build(2);
            _adam = new Adam(_network.Parameters) { LearningRate = 0.01f, Team = team };
            (_tokens, _targets, _lengths) = (_tape.Indices([Time, Batch]), _tape.Indices([Time, Batch]), _tape.Indices([Batch]));
        }

        public ParameterSet Parameters => _network.Parameters;

        public float Step()
        {
            _step++;
            for (int b = 0; b < Batch; b++)
            {
                int length = _lengths.Values[b] = 4 + (((_step * 7) + (b * 13)) % (Time - 3));
                for (int t = 0; t < Time; t++)
                {
                    _tokens.Values[(t * Batch) + b] = t == 0 ? ((_step * _step) + b) % Classes : Classes;
                    _targets.Values[(t * Batch) + b] = t < length && t < 8 ? _tokens.Values[b] : -1;
                }
            }

            _tape.Begin();
            Tensor loss = _network.Loss(_tokens, _targets, _lengths);
            _tape.Backward(loss);
            _adam.Step();
            return loss.Item();
        }

        public void Dispose() => _tape.Dispose();

        private sealed class Network : Module
        {
            private readonly string _kind;
            private readonly Embedding _embedding;
            private readonly Linear _output;
            private readonly Rnn? _rnn;
            private readonly Gru? _gru;
            private readonly Lstm? _lstm;
            private readonly TransformerEncoder? _encoder;
            private readonly TransformerDecoderLayer? _decoder;
            private readonly GptBlock? _gpt;
            private readonly AdditiveAttention? _additive;
            private readonly DotAttention? _dot;
            private readonly SinusoidalPositions _sinusoids;
            private readonly LearnedPositions _positions;
            private readonly Tensor[] _h = new Tensor[4], _c = new Tensor[4];

            public Network(string kind, int width)
            {
                _kind = kind;
                _embedding = AddChild("embedding", new Embedding(Classes + 1, width, Initializer.Normal(0.5f)));
                _positions = AddChild("positions", new LearnedPositions(width, Time));
                _sinusoids = new SinusoidalPositions(width, Time);
                TransformerOptions transformer = new() { Dropout = 0.05, FeedForward = 2 * width };
                int hidden = width;
                switch (kind)
                {
                    case "rnn": _rnn = AddChild("rnn", new Rnn(width, hidden, new RnnOptions { Layers = 2, Bidirectional = true, Dropout = 0.05 })); break;
                    case "gru": _gru = AddChild("gru", new Gru(width, hidden, new RecurrentOptions { Layers = 2, Bidirectional = true, RecurrentDropout = 0.05, VariationalDropout = true, Dropout = 0.05 })); break;
                    case "lstm": _lstm = AddChild("lstm", new Lstm(width, hidden, new LstmOptions { Layers = 2, Bidirectional = true, SeparateBiases = true })); break;
                    case "lstm-variant": _lstm = AddChild("lstm", new Lstm(width, hidden, new LstmOptions { Layers = 2, Bidirectional = true, Peephole = true, Coupled = true, RecurrentDropout = 0.05 })); break;
                    case "encoder": _encoder = AddChild("encoder", new TransformerEncoder(width, 2, 2, transformer)); break;
                    case "decoder": _decoder = AddChild("decoder", new TransformerDecoderLayer(width, 2, transformer with { NormFirst = true })); break;
                    case "gpt": _gpt = AddChild("gpt", new GptBlock(width, 2, dropout: 0.05, rotary: new RotaryTable(width / 2, Time))); break;
                    case "additive": _additive = AddChild("additive", new AdditiveAttention(width, width, width)); break;
                    default: _dot = AddChild("dot", new DotAttention(width, width)); break;
                }

                _output = AddChild("output", new Linear(kind is "rnn" or "gru" or "lstm" or "lstm-variant" ? 2 * width : width, Classes));
            }

            public Tensor Loss(Indices tokens, Indices targets, Indices lengths)
            {
                Tensor x = _embedding.Forward(tokens);
                AttentionRule rule = new() { Lengths = lengths };
                x = _kind switch
                {
                    "rnn" => _rnn!.Forward(x, default, _h, lengths),
                    "gru" => _gru!.Forward(x, default, _h, lengths),
                    "lstm" or "lstm-variant" => _lstm!.Forward(x, default, default, _h, _c, lengths: lengths),
                    "encoder" => _encoder!.Forward(_positions.Forward(x), rule),
                    "decoder" => _decoder!.Forward(_sinusoids.Forward(x), x, lengths, lengths),
                    "gpt" => _gpt!.Forward(x, lengths),
                    "additive" => _additive!.Forward(_positions.Forward(x), x, lengths).Contexts,
                    _ => _dot!.Forward(_positions.Forward(x), x, lengths),
                };
                return Losses.LinearCrossEntropy(x, _output.Weight, _output.Bias, targets);
            }
        }
    }
}
