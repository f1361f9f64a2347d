// Fashion-MNIST with hidden layers of 256 and 128, ten epochs:   dotnet run -c Release --project samples/FashionMlp -- [EPOCHS] [SEED] [FOLDER]
// Tests run it with: 0.05
using System.Globalization;
using Inkling;
using Inkling.Nn;
using Inkling.Training;
using Inkling.Training.Data;
using Inkling.Training.Metrics;

double epochs = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 10;
ulong seed = args.Length > 1 ? ulong.Parse(args[1], CultureInfo.InvariantCulture) : 1;
string folder = args.Length > 2 ? args[2] : "/usr/share/datasets/fashion-mnist";
if (!Directory.Exists(folder))
{
    Console.WriteLine($"Fashion-MNIST is not in {folder}. Install it (Debian: dataset-fashion-mnist), or name its folder.");
    return;
}

// What decides which epoch is best is held out of the training images; the test images are looked at once, at the end.
IReadOnlyList<DataSet> parts = Open("train").StratifiedSplit("class", seed, 55.0 / 60, 5.0 / 60);
DataLoader training = new(parts[0], new LoaderOptions { BatchSize = 64, Shuffle = true, Seed = seed });
DataLoader validation = new(parts[1], new LoaderOptions { BatchSize = 500 });

var model = new Sequential(new Linear(784, 256), new Activation<Relu>(), new Linear(256, 128), new Activation<Relu>(), new Linear(128, 10)).Build(seed);
FitResult result = model.Fit(training, BatchLosses.CrossEntropy, new AdamW(model.Parameters), new FitOptions
{
    Epochs = epochs,
    Validation = validation,
    Metrics = [new Accuracy()],
    Monitor = "accuracy",
    Schedule = new CosineSchedule((long)(epochs * training.BatchesPerEpoch)),
    Folder = $"out/fashion-mlp-{seed}",
    Title = $"Fashion-MNIST, 784-256-128-10, seed {seed}",
    Seed = seed,
});
Console.WriteLine($"seed {seed}: {result}");

ConfusionMatrix confusion = new(["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"]);
model.Evaluate(new DataLoader(Open("t10k"), new LoaderOptions { BatchSize = 500 }), BatchLosses.CrossEntropy, confusion);
Console.WriteLine(confusion);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy {100 * confusion.Value:0.00} %"));

DataSet Open(string part) => IdxDataSet.Open(folder, part, flat: true, mean: 0.286, deviation: 0.353);
