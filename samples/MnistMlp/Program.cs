// MNIST with two hidden layers of 512 and dropout:   dotnet run -c Release --project samples/MnistMlp -- [EPOCHS] [SEED] [FOLDER]
// Tests run it with: 0.02
using System.Globalization;
using Inkling;
using Inkling.Nn;
using Inkling.Training;
using Inkling.Training.Data;
using Inkling.Training.Metrics;

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
DataLoader training = new(parts[0], new LoaderOptions { BatchSize = 128, Shuffle = true, Seed = seed });
DataLoader validation = new(parts[1], new LoaderOptions { BatchSize = 500 });

var model = new Sequential(
    new Linear(784, 512), new Activation<Relu>(), new Dropout(0.2),
    new Linear(512, 512), new Activation<Relu>(), new Dropout(0.2),
    new Linear(512, 10)).Build(seed);
FitResult result = model.Fit(training, BatchLosses.CrossEntropy, new AdamW(model.Parameters), new FitOptions
{
    Epochs = epochs,
    Validation = validation,
    Metrics = [new Accuracy()],
    Monitor = "accuracy",
    Schedule = new CosineSchedule((long)(epochs * training.BatchesPerEpoch)),
    Folder = $"out/mnist-mlp-{seed}",
    Title = $"MNIST, 784-512-512-10 with dropout, seed {seed}",
    Seed = seed,
});
Console.WriteLine($"seed {seed}: {result}");

ValidationResult test = model.Evaluate(new DataLoader(Open("t10k"), new LoaderOptions { BatchSize = 500 }), BatchLosses.CrossEntropy, new Accuracy());
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy {100 * test["accuracy"]:0.00} %"));

DataSet Open(string part) => IdxDataSet.Open(folder, part, flat: true, mean: 0.1307, deviation: 0.3081);
