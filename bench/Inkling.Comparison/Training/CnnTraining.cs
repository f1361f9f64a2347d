using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>
/// A small convolutional network for digits: 16 channels of 3 × 3, ReLU, maxima of 2 × 2, 32 channels of 3 × 3, ReLU, maxima of 2 × 2, linear to 10; images of 28 × 28, batch 64,
/// cross-entropy, Adam. Images and labels are random and meet in ever new pairs, as in <see cref="MlpTraining"/>.
/// </summary>
internal sealed class CnnTraining : ITraining
{
    private const int Batch = 64, Side = 28, Classes = 10, Images = 50, Labels = 53;

    private readonly Sequential _network = new Sequential(
        new Conv2D(1, 16, 3, padding: 1), new Activation<Relu>(), new MaxPool2D(2),
        new Conv2D(16, 32, 3, padding: 1), new Activation<Relu>(), new MaxPool2D(2),
        new Flatten(), new Linear(32 * 7 * 7, Classes)).Build(seed: 1);

    private readonly Tape _tape;
    private readonly Adam _adam;
    private readonly Tensor[] _images = new Tensor[Images];
    private readonly Indices[] _labels = new Indices[Labels];
    private int _step;

    private CnnTraining(Team team)
    {
        _tape = new Tape(new TapeOptions { Team = team });
        _adam = new Adam(_network.Parameters) { Team = team };
        for (int i = 0; i < Images; i++)
            _images[i] = _tape.Input([Batch, 1, Side, Side], RandomNumbers.Floats(Batch * Side * Side, (ulong)i, 0, 1));
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
        public string Title => "training a convolutional network: 16 and 32 channels of 3 × 3 with ReLU and maxima of 2 × 2, linear to 10; 28 × 28, batch 64, Adam";

        public string Script => "cnn_training.py";

        public string Unit => "steps/s";

        public int UnitsPerStep => 1;

        public double? LossTolerance => 1e-3;

        public ITraining Start(Team team) => new CnnTraining(team);
    }
}
