// Fashion-MNIST with two convolutions, fifteen epochs:   dotnet run -c Release --project samples/FashionCnn -- [EPOCHS] [SEED] [FOLDER]
// Tests run it with: 0.02
using System.Globalization;
using Inkling;
using Inkling.Nn;
using Inkling.Training;
using Inkling.Training.Data;
using Inkling.Training.Metrics;

const double Mean = 0.286, Deviation = 0.353;
double epochs = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 15;
ulong seed = args.Length > 1 ? ulong.Parse(args[1], CultureInfo.InvariantCulture) : 1;
string folder = args.Length > 2 ? args[2] : "/usr/share/datasets/fashion-mnist";
if (!Directory.Exists(folder))
{
    Console.WriteLine($"Fashion-MNIST is not in {folder}. Install it (Debian: dataset-fashion-mnist), or name its folder.");
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
    Augmentations = [new RandomShift(1, fill: (float)(-Mean / Deviation)), new HorizontalFlip()],
});

var model = new Sequential(
    new Conv2D(1, 32, 3, padding: 1, bias: false), new BatchNorm2D(32), new Activation<Relu>(), new MaxPool2D(2),
    new Conv2D(32, 64, 3, padding: 1, bias: false), new BatchNorm2D(64), new Activation<Relu>(), new MaxPool2D(2),
    new Flatten(), new Dropout(0.3), new Linear(64 * 7 * 7, 128), new Activation<Relu>(), new Dropout(0.3), new Linear(128, 10)).Build(seed);
FitResult result = model.Fit(training, BatchLosses.CrossEntropy, new AdamW(model.Parameters), new FitOptions
{
    Epochs = epochs,
    Validation = validation,
    Metrics = [new Accuracy()],
    Monitor = "accuracy",
    Schedule = new CosineSchedule((long)(epochs * training.BatchesPerEpoch)),
    Folder = $"out/fashion-cnn-{seed}",
    Title = $"Fashion-MNIST, two convolutions, seed {seed}",
    Seed = seed,
});
Console.WriteLine($"seed {seed}: {result}");

ValidationResult test = model.Evaluate(new DataLoader(Open("t10k"), new LoaderOptions { BatchSize = 250 }), BatchLosses.CrossEntropy, new Accuracy());
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy {100 * test["accuracy"]:0.00} %"));

DataSet Open(string part) => IdxDataSet.Open(folder, part, mean: Mean, deviation: Deviation);
