using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>The playground's network: 2-8-8-1 with tanh, batch 10, mean squared error, SGD with a rate of 0.03.</summary>
internal sealed class TinyMlpTraining : ITraining
{
    public const int Batch = 10, Batches = 16, Hidden = 8;
    public const float LearningRate = 0.03f;

    private readonly Sequential _network = new Sequential(
        new Linear(2, Hidden), new Activation<Tanh>(), new Linear(Hidden, Hidden), new Activation<Tanh>(), new Linear(Hidden, 1)).Build(seed: 1);

    private readonly Tape _tape;
    private readonly Sgd _sgd;
    private readonly Tensor[] _points = new Tensor[Batches];
    private readonly Tensor[] _targets = new Tensor[Batches];
    private int _step;

    public TinyMlpTraining(Team team)
    {
        _tape = new Tape(new TapeOptions { Team = team });
        _sgd = new Sgd(_network.Parameters, LearningRate) { Team = team };
        for (int i = 0; i < Batches; i++)
        {
            _points[i] = _tape.Input([Batch, 2], Points(i));
            _targets[i] = _tape.Input([Batch, 1], Targets(i));
        }
    }

    public float Loss { get; private set; }

    /// <summary>Its weights and biases, layer after layer.</summary>
    public ParameterSet Parameters => _network.Parameters;

    /// <summary>The points of a batch, [10, 2] in ±1.</summary>
    public static float[] Points(int batch) => RandomNumbers.Floats(Batch * 2, (ulong)batch, -1, 1);

    /// <summary>What is to be learnt of the points: 1 where both coordinates have the same sign, else −1 ("exclusive or").</summary>
    public static float[] Targets(int batch) => [.. Points(batch).Chunk(2).Select(point => point[0] * point[1] > 0 ? 1f : -1f)];

    public void Step()
    {
        int batch = _step++ % Batches;
        _tape.Begin();
        Tensor loss = Losses.MeanSquaredError(_network.Forward(_points[batch]), _targets[batch]);
        _tape.Backward(loss);
        _sgd.Step();
        Loss = loss.Item();
    }

    public void WriteTo(ExchangeFolder folder)
    {
        folder.Write(_network.Parameters);
        folder.Write("points", [.. _points.SelectMany(one => one.ToArray())]);
        folder.Write("targets", [.. _targets.SelectMany(one => one.ToArray())]);
    }

    public void Dispose() => _tape.Dispose();

    /// <summary>The recipe.</summary>
    public sealed class Recipe : ITrainingRecipe
    {
        public string Title => "training a tiny network of 2-8-8-1, tanh, batch 10, SGD";

        public string Script => "tiny_training.py";

        public string Unit => "steps/s";

        public int UnitsPerStep => 1;

        public double? LossTolerance => 1e-4;

        public ITraining Start(Team team) => new TinyMlpTraining(team);
    }
}
