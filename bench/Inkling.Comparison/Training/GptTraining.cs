using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>
/// A small GPT: tokens and learnt positions 256 wide, 4 blocks of 4 heads with the norm first and GELU in its tanh form, linear to 8,192 with bias (not tied),
/// cross-entropy; 16 sequences of 128 tokens a step; Adam. No dropout, no clipping. About 33 MFLOP a token.
/// </summary>
internal sealed class GptTraining : ITraining
{
    private const int Time = 128, Batch = 16, Vocabulary = 8192, Width = 256, Heads = 4, Layers = 4, Batches = 8;

    private readonly Network _network = new Network().Build(seed: 1);
    private readonly Tape _tape;
    private readonly Adam _adam;
    private readonly Indices[] _tokens = new Indices[Batches];
    private readonly Indices[] _targets = new Indices[Batches];
    private int _step;

    private GptTraining(Team team)
    {
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
        Tensor loss = _network.Loss(_tokens[batch], _targets[batch]);
        _tape.Backward(loss);
        _adam.Step();
        Loss = loss.Item();
    }

    public void WriteTo(ExchangeFolder folder)
    {
        folder.Write(_network.Parameters);
        folder.Write("tokens", [.. _tokens.SelectMany(one => one.Values.ToArray())]);
        folder.Write("targets", [.. _targets.SelectMany(one => one.Values.ToArray())]);
    }

    public void Dispose() => _tape.Dispose();

    /// <summary>The recipe.</summary>
    public sealed class Recipe : ITrainingRecipe
    {
        public string Title => "training a small GPT: 4 blocks, width 256, 4 heads, softmax over 8,192, 16 × 128 tokens a step, Adam";

        public string Script => "gpt_training.py";

        public string Unit => "tokens/s";

        public int UnitsPerStep => Time * Batch;

        public double? LossTolerance => 1e-3;

        public ITraining Start(Team team) => new GptTraining(team);
    }

    private sealed class Network : Module
    {
        private readonly Embedding _embedding;
        private readonly LearnedPositions _positions;
        private readonly TransformerEncoder _blocks;
        private readonly Linear _output;

        public Network()
        {
            _embedding = AddChild("embedding", new Embedding(Vocabulary, Width, Initializer.Normal(0.02f)));
            _positions = AddChild("positions", new LearnedPositions(Width, Time));
            _blocks = AddChild("blocks", new TransformerEncoder(Width, Heads, Layers, new TransformerOptions { Dropout = 0, NormFirst = true, Activation = new Activation<Gelu>() }));
            _output = AddChild("output", new Linear(Width, Vocabulary));
        }

        public Tensor Loss(Indices tokens, Indices targets)
        {
            Tensor x = _positions.Forward(_embedding.Forward(tokens));                               // [T, B, D]
            Tensor h = _blocks.Forward(x, new AttentionRule { Causal = true });                      // [T, B, D]
            return Losses.LinearCrossEntropy(h, _output.Weight, _output.Bias, targets);
        }
    }
}
