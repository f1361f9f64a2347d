using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>
/// A classifier of images of 28 × 28 in 10 classes: batch 64, cross-entropy, Adam. Images and labels are random and meet in ever new
/// pairs, so that the loss stays where it is and no gradient fades to nothing in a long run.
/// </summary>
internal sealed class ImageTraining : ITraining
{
    private const int Batch = 64, Side = 28, Classes = 10, Images = 50, Labels = 53;

    private readonly Sequential _network;
    private readonly Tape _tape;
    private readonly Adam _adam;
    private readonly Tensor[] _images = new Tensor[Images];
    private readonly Indices[] _labels = new Indices[Labels];
    private int _step;

    private ImageTraining(Sequential network, Shape images, Team team)
    {
        _network = network.Build(seed: 1);
        _tape = new Tape(new TapeOptions { Team = team });
        _adam = new Adam(_network.Parameters) { Team = team };
        for (int i = 0; i < Images; i++)
            _images[i] = _tape.Input(images, RandomNumbers.Floats(images.Length, (ulong)i, 0, 1));
        for (int i = 0; i < Labels; i++)
            _labels[i] = _tape.Indices([Batch], RandomNumbers.Integers(Batch, (ulong)(i + Images), Classes));
    }

    /// <summary>784-256-128-10 with ReLU.</summary>
    public static ITrainingRecipe Mlp { get; } = new Recipe(
        "training a network of 784-256-128-10, ReLU, batch 64, Adam", "mlp_training.py", [Batch, Side * Side],
        () => new Sequential(new Linear(Side * Side, 256), new Activation<Relu>(), new Linear(256, 128), new Activation<Relu>(), new Linear(128, Classes)));

    /// <summary>16 channels of 3 × 3, ReLU, maxima of 2 × 2, 32 channels of 3 × 3, ReLU, maxima of 2 × 2, linear to 10.</summary>
    public static ITrainingRecipe Cnn { get; } = new Recipe(
        "training a convolutional network: 16 and 32 channels of 3 × 3 with ReLU and maxima of 2 × 2, linear to 10; 28 × 28, batch 64, Adam",
        "cnn_training.py", [Batch, 1, Side, Side],
        () => new Sequential(
            new Conv2D(1, 16, 3, padding: 1), new Activation<Relu>(), new MaxPool2D(2),
            new Conv2D(16, 32, 3, padding: 1), new Activation<Relu>(), new MaxPool2D(2),
            new Flatten(), new Linear(32 * 7 * 7, Classes)));

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

    private sealed class Recipe(string title, string script, Shape images, Func<Sequential> network) : ITrainingRecipe
    {
        public string Title => title;

        public string Script => script;

        public string Unit => "steps/s";

        public int UnitsPerStep => 1;

        public double? LossTolerance => 1e-3;

        public ITraining Start(Team team) => new ImageTraining(network(), images, team);
    }
}
