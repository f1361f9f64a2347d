using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>
/// A language model: embedding 256, LSTM 512, linear to 8,192 with bias (not tied), cross-entropy; 32 sequences of 64 tokens a step,
/// states zero at the start; Adam. No dropout, no clipping. About 35 MFLOP a token. Tokens are as frequent as words are (Zipf's law).
/// </summary>
internal sealed class LstmTraining : ITraining
{
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

    private LstmTraining(Softmax softmax, Team team)
    {
        _network = new Network(softmax).Build(seed: 1);
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
        Tensor h = _network.Lstm.Forward(x, default, default, _lastHidden, _lastCell);               // [T, B, H]
        Tensor loss = _network.Loss(h, _targets[batch]);
        _tape.Backward(loss);
        _adam.Step();
        Loss = loss.Item();
    }

    public void WriteTo(ExchangeFolder folder)
    {
        // The peer always trains the full softmax.
        folder.Write(_network.Adaptive is null ? _network.Parameters : new Network(Softmax.Full).Build(seed: 1).Parameters);
        folder.Write("tokens", [.. _tokens.SelectMany(one => one.Values.ToArray())]);
        folder.Write("targets", [.. _targets.SelectMany(one => one.Values.ToArray())]);
    }

    public void Dispose() => _tape.Dispose();

    /// <summary>The recipe.</summary>
    public sealed class Recipe(Softmax softmax) : ITrainingRecipe
    {
        public string Title => "training an LSTM language model: embedding 256, LSTM 512, softmax over 8,192, 32 × 64 tokens a step, Adam" + (softmax switch
        {
            Softmax.Adaptive => "; our adaptive softmax against the peer's full one",
            Softmax.Sampled => $"; our softmax of {Sample:N0} sampled classes against the peer's full one",
            _ => "",
        });

        public string Script => "lstm_training.py";

        public string Unit => "tokens/s";

        public int UnitsPerStep => Time * Batch;

        // Adam divides by the root of a mean of squares: where gradients are next to zero, rounding decides about the sign of an update.
        public double? LossTolerance => softmax == Softmax.Full ? 1e-3 : null;

        public ITraining Start(Team team) => new LstmTraining(softmax, team);
    }

    private sealed class Network : Module
    {
        private readonly Linear? _output;
        private readonly ClassSampler? _sampler;

        public Network(Softmax softmax)
        {
            Embedding = AddChild("embedding", new Embedding(Vocabulary, EmbeddingWidth));
            Lstm = AddChild("lstm", new Lstm(EmbeddingWidth, Hidden));
            long[] counts = RandomNumbers.WordCounts(Vocabulary);
            if (softmax == Softmax.Adaptive)
                Adaptive = AddChild("output", new AdaptiveSoftmax(Hidden, counts));
            else
                _output = AddChild("output", new Linear(Hidden, Vocabulary));
            if (softmax == Softmax.Sampled)
                _sampler = new ClassSampler(counts, Sample);
        }

        public Embedding Embedding { get; }

        public Lstm Lstm { get; }

        public AdaptiveSoftmax? Adaptive { get; }

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
