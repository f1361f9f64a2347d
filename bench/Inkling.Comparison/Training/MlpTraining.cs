using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>
/// A classifier of digits: 784-256-128-10 with ReLU, batch 64, cross-entropy, Adam. Images and labels are random and meet in ever new
/// pairs, so that the loss stays where it is and no gradient fades to nothing in a long run.
/// </summary>
internal sealed class MlpTraining : ITraining
{
    private const int Batch = 64, Inputs = 784, Classes = 10, Images = 50, Labels = 53;

    private readonly Sequential _network = new Sequential(
        new Linear(Inputs, 256), new Activation<Relu>(), new Linear(256, 128), new Activation<Relu>(), new Linear(128, Classes)).Build(seed: 1);

    private readonly Tape _tape;
    private readonly Adam _adam;
    private readonly Tensor[] _images = new Tensor[Images];
    private readonly Indices[] _labels = new Indices[Labels];
    private int _step;

    private MlpTraining(Team team)
    {
        _tape = new Tape(new TapeOptions { Team = team });
        _adam = new Adam(_network.Parameters) { Team = team };
        for (int i = 0; i < Images; i++)
            _images[i] = _tape.Input([Batch, Inputs], RandomNumbers.Floats(Batch * Inputs, (ulong)i, 0, 1));
        for (int i = 0; i < Labels; i++)
            _labels[i] = _tape.Indices([Batch], RandomNumbers.Integers(Batch, (ulong)(i + Images), Classes));
    }

    public float Loss { get; private set; }

    public void Step()
    {
        _tape.Begin();
        Tensor loss = Losses.SoftmaxCrossEntropy(_network.Forward(_images[_step % Images]), _labels[_step % Labels]);
        _tape.Backward(loss);
        _adam.Step();
        Loss = loss.Item();
        _step++;
    }

    public void WriteTo(ExchangeFolder folder)
    {
        folder.Write(_network.Parameters);
        folder.Write("images", [.. _images.SelectMany(one => one.ToArray())]);
        folder.Write("labels", [.. _labels.SelectMany(one => one.Values.ToArray())]);
    }

    public void Dispose() => _tape.Dispose();

    /// <summary>The recipe.</summary>
    public sealed class Recipe : ITrainingRecipe
    {
        public string Title => "training a network of 784-256-128-10, ReLU, batch 64, Adam";

        public string Script => "mlp_training.py";

        public string Unit => "steps/s";

        public int UnitsPerStep => 1;

        public double? LossTolerance => 1e-3;

        public ITraining Start(Team team) => new MlpTraining(team);
    }
}
