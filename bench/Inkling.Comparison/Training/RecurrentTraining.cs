using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>
/// A language model: embedding 256, a recurrent layer of 512, linear to 8,192 with bias (not tied), cross-entropy; 32 sequences of 64 tokens a step,
/// states zero at the start; Adam. No dropout, no clipping. About 35 MFLOP a token with an LSTM. Tokens are as frequent as words are (Zipf's law).
/// </summary>
internal sealed class RecurrentTraining : ITraining
{
    /// <summary>The recurrent layer.</summary>
    public enum Cell
    {
        /// <summary><see cref="Nn.Lstm"/>.</summary>
        Lstm,

        /// <summary><see cref="Nn.Gru"/>.</summary>
        Gru,

        /// <summary><see cref="Nn.Rnn"/> with tanh.</summary>
        Rnn,
    }

    /// <summary>How the loss over the vocabulary is computed.</summary>
    public enum Softmax
    {
        /// <summary>Over all classes, as the peer does it.</summary>
        Full,

        /// <summary><see cref="AdaptiveSoftmax"/>.</summary>
        Adaptive,

        /// <summary><see cref="Losses.SampledSoftmax"/>.</summary>
        Sampled,
    }

    private const int Time = 64, Batch = 32, Vocabulary = 8192, EmbeddingWidth = 256, Hidden = 512, Batches = 8, Sample = 1024;

    private readonly Network _network;
    private readonly Tape _tape;
    private readonly Adam _adam;
    private readonly Indices[] _tokens = new Indices[Batches];
    private readonly Indices[] _targets = new Indices[Batches];
    private readonly Tensor[] _lastHidden = new Tensor[1];
    private readonly Tensor[] _lastCell = new Tensor[1];
    private int _step;

    private RecurrentTraining(Cell cell, Softmax softmax, Team team)
    {
        _network = new Network(cell, softmax).Build(seed: 1);
        _tape = new Tape(new TapeOptions { Team = team });
        _adam = new Adam(_network.Parameters) { Team = team };
        for (int i = 0; i < Batches; i++)
        {
            _tokens[i] = _tape.Indices([Time, Batch], RandomNumbers.Words(Time * Batch, (ulong)i, Vocabulary));
            _targets[i] = _tape.Indices([Time, Batch], RandomNumbers.Words(Time * Batch, (ulong)(i + Batches), Vocabulary));
        }
    }

    public float Loss { get; private set; }

    public void Step()
    {
        int batch = _step++ % Batches;
        _tape.Begin();
        Tensor x = _network.Embedding.Forward(_tokens[batch]);                                       // [T, B, E]
        Tensor h = _network.Layer(x, _lastHidden, _lastCell);                                        // [T, B, H]
        Tensor loss = _network.Loss(h, _targets[batch]);
        _tape.Backward(loss);
        _adam.Step();
        Loss = loss.Item();
    }

    public void WriteTo(ExchangeFolder folder)
    {
        // The peer always trains the full softmax.
        folder.Write(_network.Adaptive is null ? _network.Parameters : new Network(Cell.Lstm, Softmax.Full).Build(seed: 1).Parameters);
        folder.Write("tokens", [.. _tokens.SelectMany(one => one.Values.ToArray())]);
        folder.Write("targets", [.. _targets.SelectMany(one => one.Values.ToArray())]);
    }

    public void Dispose() => _tape.Dispose();

    /// <summary>The recipe.</summary>
    public sealed class Recipe(Cell cell, Softmax softmax = Softmax.Full) : ITrainingRecipe
    {
        public string Title => $"training {(cell == Cell.Gru ? "a" : "an")} {Kind} language model: embedding 256, {Kind} 512, softmax over 8,192, 32 × 64 tokens a step, Adam" + (softmax switch
        {
            Softmax.Adaptive => "; our adaptive softmax against the peer's full one",
            Softmax.Sampled => $"; our softmax of {Sample:N0} sampled classes against the peer's full one",
            _ => "",
        });

        public string Script => "recurrent_training.py";

        public string Unit => "tokens/s";

        public int UnitsPerStep => Time * Batch;

        // Adam divides by the root of a mean of squares: where gradients are next to zero, rounding decides about the sign of an update.
        public double? LossTolerance => softmax == Softmax.Full ? 1e-3 : null;

        private string Kind => cell.ToString().ToUpperInvariant();

        public ITraining Start(Team team) => new RecurrentTraining(cell, softmax, team);
    }

    private sealed class Network : Module
    {
        private readonly Lstm? _lstm;
        private readonly Gru? _gru;
        private readonly Rnn? _rnn;
        private readonly Linear? _output;
        private readonly ClassSampler? _sampler;

        public Network(Cell cell, Softmax softmax)
        {
            Embedding = AddChild("embedding", new Embedding(Vocabulary, EmbeddingWidth));
            switch (cell)
            {
                case Cell.Gru: _gru = AddChild("gru", new Gru(EmbeddingWidth, Hidden)); break;
                case Cell.Rnn: _rnn = AddChild("rnn", new Rnn(EmbeddingWidth, Hidden)); break;
                default: _lstm = AddChild("lstm", new Lstm(EmbeddingWidth, Hidden)); break;
            }

            long[] counts = RandomNumbers.WordCounts(Vocabulary);
            if (softmax == Softmax.Adaptive)
                Adaptive = AddChild("output", new AdaptiveSoftmax(Hidden, counts));
            else
                _output = AddChild("output", new Linear(Hidden, Vocabulary));
            if (softmax == Softmax.Sampled)
                _sampler = new ClassSampler(counts, Sample);
        }

        public Embedding Embedding { get; }

        public AdaptiveSoftmax? Adaptive { get; }

        public Tensor Layer(Tensor x, Span<Tensor> lastHidden, Span<Tensor> lastCell) =>
            _gru?.Forward(x, default, lastHidden) ?? _rnn?.Forward(x, default, lastHidden) ?? _lstm!.Forward(x, default, default, lastHidden, lastCell);

        public Tensor Loss(Tensor hidden, Indices targets)
        {
            if (Adaptive is not null)
                return Adaptive.Loss(hidden, targets);
            return _sampler is null
                ? Losses.LinearCrossEntropy(hidden, _output!.Weight, _output.Bias, targets)
                : Losses.SampledSoftmax(hidden, _output!.Weight, _output.Bias, targets, _sampler);
        }
    }
}
