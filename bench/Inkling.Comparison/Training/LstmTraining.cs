using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>
/// A language model: embedding 256, LSTM 512, linear to 8,192 with bias (not tied), cross-entropy; 32 sequences of 64 tokens a step,
/// states zero at the start; Adam. No dropout, no clipping. About 35 MFLOP a token.
/// </summary>
/// <remarks>
/// With an adaptive softmax in place of the linear layer some 12 MFLOP, if words are as unevenly common as in texts. They then follow
/// Zipf's law, a little less uneven than a text: the 1,024 commonest of 8,192 make up 78 % (81 % in the Penn Treebank).
/// </remarks>
internal sealed class LstmTraining : ITraining
{
    private const int Time = 64, Batch = 32, Vocabulary = 8192, EmbeddingWidth = 256, Hidden = 512, Batches = 8;

    private readonly Network _network;
    private readonly Tape _tape;
    private readonly Adam _adam;
    private readonly Indices[] _tokens = new Indices[Batches];
    private readonly Indices[] _targets = new Indices[Batches];
    private readonly Tensor[] _lastHidden = new Tensor[1];
    private readonly Tensor[] _lastCell = new Tensor[1];
    private int _step;

    private LstmTraining(Team team, bool adaptive)
    {
        _network = new Network(adaptive).Build(seed: 1);
        _tape = new Tape(new TapeOptions { Team = team });
        _adam = new Adam(_network.Parameters) { Team = team };
        for (int i = 0; i < Batches; i++)
        {
            _tokens[i] = _tape.Indices([Time, Batch], Words((ulong)i));
            _targets[i] = _tape.Indices([Time, Batch], Words((ulong)(i + Batches)));
        }

        int[] Words(ulong stream) => adaptive ? RandomNumbers.Zipf(Time * Batch, stream, Vocabulary) : RandomNumbers.Integers(Time * Batch, stream, Vocabulary);
    }

    public float Loss { get; private set; }

    public void Step()
    {
        int batch = _step++ % Batches;
        _tape.Begin();
        Tensor x = _network.Embedding.Forward(_tokens[batch]);                                       // [T, B, E]
        Tensor h = _network.Lstm.Forward(x, default, default, _lastHidden, _lastCell);               // [T, B, H]
        Tensor loss = _network.Adaptive?.Loss(h, _targets[batch]) ?? Losses.LinearCrossEntropy(h, _network.Output!.Weight, _network.Output.Bias, _targets[batch]);
        _tape.Backward(loss);
        _adam.Step();
        Loss = loss.Item();
    }

    public void WriteTo(ExchangeFolder folder)
    {
        folder.Write(_network.Parameters);
        if (_network.Output is null)
        {
            // The peer has the full softmax: weights of its own.
            float bound = 1 / MathF.Sqrt(Hidden);
            folder.Write("output.weight", RandomNumbers.Floats(Vocabulary * Hidden, 2 * Batches, -bound, bound));
            folder.Write("output.bias", RandomNumbers.Floats(Vocabulary, (2 * Batches) + 1, -bound, bound));
        }

        folder.Write("tokens", [.. _tokens.SelectMany(one => one.Values.ToArray())]);
        folder.Write("targets", [.. _targets.SelectMany(one => one.Values.ToArray())]);
    }

    public void Dispose() => _tape.Dispose();

    /// <summary>The recipe.</summary>
    /// <param name="adaptive">Whether ours has an adaptive softmax; the peer's is full.</param>
    public sealed class Recipe(bool adaptive = false) : ITrainingRecipe
    {
        public string Title => "training an LSTM language model: embedding 256, LSTM 512, softmax over 8,192" + (adaptive ? " (ours adaptive, words by Zipf's law)" : "") + ", 32 × 64 tokens a step, Adam";

        public string Script => "lstm_training.py";

        public string Unit => "tokens/s";

        public int UnitsPerStep => Time * Batch;

        // Adam divides by the root of a mean of squares: where gradients are next to zero, rounding decides about the sign of an update.
        // An adaptive softmax is another model to begin with; bench/softmax compares what both learn.
        public double LossTolerance => adaptive ? double.PositiveInfinity : 1e-3;

        public ITraining Start(Team team) => new LstmTraining(team, adaptive);
    }

    private sealed class Network : Module
    {
        public Network(bool adaptive)
        {
            Embedding = AddChild("embedding", new Embedding(Vocabulary, EmbeddingWidth));
            Lstm = AddChild("lstm", new Lstm(EmbeddingWidth, Hidden));
            if (adaptive) Adaptive = AddChild("adaptive", new AdaptiveSoftmax(Hidden, RandomNumbers.ZipfCounts(Vocabulary)));
            else Output = AddChild("output", new Linear(Hidden, Vocabulary));
        }

        public Embedding Embedding { get; }

        public Lstm Lstm { get; }

        public Linear? Output { get; }

        public AdaptiveSoftmax? Adaptive { get; }
    }
}
