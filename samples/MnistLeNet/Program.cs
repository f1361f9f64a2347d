// MNIST with LeNet-5 (LeCun et al. 1998), ReLU and maxima instead of tanh and means:   dotnet run -c Release --project samples/MnistLeNet -- [EPOCHS] [SEED] [FOLDER]
// Tests run it with: 0.02
using System.Globalization;
using Inkling;
using Inkling.Nn;
using Inkling.Training;
using Inkling.Training.Data;
using Inkling.Training.Metrics;

const double Mean = 0.1307, Deviation = 0.3081;
double epochs = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 15;
ulong seed = args.Length > 1 ? ulong.Parse(args[1], CultureInfo.InvariantCulture) : 1;
string folder = args.Length > 2 ? args[2] : "../shared/data/images/mnist";
if (!Directory.Exists(folder))
{
    Console.WriteLine($"MNIST is not in {folder}. Name the folder of its four files (train-images-idx3-ubyte.gz …) as the third argument.");
    return;
}

// What decides which epoch is best is held out of the training images; the test images are looked at once, at the end.
IReadOnlyList<DataSet> parts = Open("train").StratifiedSplit("class", seed, 55.0 / 60, 5.0 / 60);
DataLoader validation = new(parts[1], new LoaderOptions { BatchSize = 250 });
DataLoader training = new(parts[0], new LoaderOptions
{
    BatchSize = 64,
    Shuffle = true,
    Seed = seed,
    Augmentations = [new RandomShift(2, fill: (float)(-Mean / Deviation))],
});

var model = new Sequential(
    new Conv2D(1, 6, 5, padding: 2), new Activation<Relu>(), new MaxPool2D(2),
    new Conv2D(6, 16, 5), new Activation<Relu>(), new MaxPool2D(2),
    new Flatten(), new Linear(16 * 5 * 5, 120), new Activation<Relu>(), new Linear(120, 84), new Activation<Relu>(), new Linear(84, 10)).Build(seed);
FitResult result = model.Fit(training, BatchLosses.CrossEntropy, new AdamW(model.Parameters) { LearningRate = 0.002f }, new FitOptions
{
    Epochs = epochs,
    Validation = validation,
    Metrics = [new Accuracy()],
    Monitor = "accuracy",
    Schedule = new CosineSchedule((long)(epochs * training.BatchesPerEpoch)),
    Folder = $"out/mnist-lenet-{seed}",
    Title = $"MNIST, LeNet-5, seed {seed}",
    Seed = seed,
});
Console.WriteLine($"seed {seed}: {result}");

ValidationResult test = model.Evaluate(new DataLoader(Open("t10k"), new LoaderOptions { BatchSize = 250 }), BatchLosses.CrossEntropy, new Accuracy());
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy {100 * test["accuracy"]:0.00} %"));

DataSet Open(string part) => IdxDataSet.Open(folder, part, mean: Mean, deviation: Deviation);
