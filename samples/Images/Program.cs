// Clothes and digits:   dotnet run -c Release --project samples/Images -- [fashion-mlp | fashion-cnn | mnist-mlp | mnist-lenet] [EPOCHS] [SEED] [FOLDER]
// Tests run it with: fashion-mlp 0.05
using System.Globalization;
using Inkling;
using Inkling.Nn;
using Inkling.Training;
using Inkling.Training.Data;
using Inkling.Training.Metrics;

string kind = args.Length > 0 ? args[0] : "fashion-mlp";
bool digits = kind.StartsWith("mnist", StringComparison.Ordinal), flat = kind.EndsWith("mlp", StringComparison.Ordinal);
(double mean, double deviation) = digits ? (0.1307, 0.3081) : (0.286, 0.353);
float black = (float)(-mean / deviation);
(int Batch, double Epochs, float Rate, Augmentation[] Changes, Func<Sequential> Make) recipe = kind switch
{
    "fashion-mlp" => (64, 10, 0.001f, [], () => new Sequential(new Linear(784, 256), new Activation<Relu>(), new Linear(256, 128), new Activation<Relu>(), new Linear(128, 10))),
    "fashion-cnn" => (64, 15, 0.001f, [new RandomShift(1, fill: black), new HorizontalFlip()], () => new Sequential(
        new Conv2D(1, 32, 3, padding: 1, bias: false), new BatchNorm2D(32), new Activation<Relu>(), new MaxPool2D(2),
        new Conv2D(32, 64, 3, padding: 1, bias: false), new BatchNorm2D(64), new Activation<Relu>(), new MaxPool2D(2),
        new Flatten(), new Dropout(0.3), new Linear(64 * 7 * 7, 128), new Activation<Relu>(), new Dropout(0.3), new Linear(128, 10))),
    "mnist-mlp" => (128, 15, 0.001f, [], () => new Sequential(
        new Linear(784, 512), new Activation<Relu>(), new Dropout(0.2), new Linear(512, 512), new Activation<Relu>(), new Dropout(0.2), new Linear(512, 10))),
    "mnist-lenet" => (64, 15, 0.002f, [new RandomShift(2, fill: black)], () => new Sequential(   // LeCun et al. 1998, with ReLU and maxima instead of tanh and means
        new Conv2D(1, 6, 5, padding: 2), new Activation<Relu>(), new MaxPool2D(2), new Conv2D(6, 16, 5), new Activation<Relu>(), new MaxPool2D(2),
        new Flatten(), new Linear(16 * 5 * 5, 120), new Activation<Relu>(), new Linear(120, 84), new Activation<Relu>(), new Linear(84, 10))),
    _ => throw new ArgumentException($"'{kind}' is no network here: fashion-mlp, fashion-cnn, mnist-mlp or mnist-lenet."),
};
double epochs = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : recipe.Epochs;
ulong seed = args.Length > 2 ? ulong.Parse(args[2], CultureInfo.InvariantCulture) : 1;
string folder = args.Length > 3 ? args[3] : digits ? "../shared/data/images/mnist" : "/usr/share/datasets/fashion-mnist";
if (!Directory.Exists(folder))
{
    Console.WriteLine($"The images are not in {folder}. Name the folder of the four files (train-images-idx3-ubyte.gz …) as the last argument; Debian has Fashion-MNIST as dataset-fashion-mnist.");
    return;
}

// What decides which epoch is best is held out of the training images; the test images are looked at once, at the end.
IReadOnlyList<DataSet> parts = Open("train").StratifiedSplit("class", seed, 55.0 / 60, 5.0 / 60);
DataLoader training = new(parts[0], new LoaderOptions { BatchSize = recipe.Batch, Shuffle = true, Seed = seed, Augmentations = recipe.Changes });
Sequential model = recipe.Make().Build(seed);
FitResult result = model.Fit(training, BatchLosses.CrossEntropy, new AdamW(model.Parameters) { LearningRate = recipe.Rate }, new FitOptions
{
    Epochs = epochs,
    Validation = new DataLoader(parts[1], new LoaderOptions { BatchSize = 250 }),
    Metrics = [new Accuracy()],
    Monitor = "accuracy",
    Schedule = new CosineSchedule((long)(epochs * training.BatchesPerEpoch)),
    Folder = $"out/{kind}-{seed}",
    Title = $"{kind}, seed {seed}",
    Seed = seed,
});
Console.WriteLine($"seed {seed}: {result}");

ConfusionMatrix confusion = new(digits ? [.. "0123456789".Select(digit => digit.ToString())] : ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"]);
model.Evaluate(new DataLoader(Open("t10k"), new LoaderOptions { BatchSize = 250 }), BatchLosses.CrossEntropy, confusion);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{confusion}\ntest accuracy {100 * confusion.Value:0.00} %"));

DataSet Open(string part) => IdxDataSet.Open(folder, part, flat: flat, mean: mean, deviation: deviation);
