// A network that knows its few examples by heart, and what keeps it from that:   dotnet run -c Release --project samples/Overfitting -- [PICTURE]
// The data are made up: two classes, divided by a curve, a tenth of the labels wrong. The picture is an SVG file, out/overfitting.svg unless named.
using Inkling;
using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Numerics;
using Inkling.Training;
using Inkling.Training.Data;
using Inkling.Training.Logs;
using Inkling.Training.Metrics;
const int Inputs = 6, Training = 100, Testing = 2000;
DataSet training = Make(Training, stream: 1), validation = Make(Testing, stream: 2), test = Make(Testing, stream: 3);
List<BarGroup> bars = [];

Console.WriteLine("remedy               loss: training    test     gap   right: training    test");
Run("none", p => new Adam(p));
Run("L1, λ = 0.005", p => new Adam(p) { L1 = 0.005f });
Run("L2, λ = 0.04", p => new Adam(p) { L2 = 0.04f });
Run("dropout, p = 0.7", p => new Adam(p), dropout: 0.7);
Run("early stopping", p => new Adam(p), stopEarly: true);
Run("max-norm, c = 0.5", p => new Adam(p), maxNorm: 0.5f);
Run("noise, σ = 0.8", p => new Adam(p), noise: 0.8f);
string picture = args.Length > 0 ? args[0] : "out/overfitting.svg";
AtomicFile.WriteText(picture, BarPicture.Draw("Remedies for overfitting: the gap between training and test", "loss (nats)", ["training", "test"], [.. bars]));
Console.WriteLine($"picture: {picture}");

void Run(string name, Func<ParameterSet, Optimizer> make, double dropout = 0, bool stopEarly = false, float maxNorm = float.MaxValue, float noise = 0)
{
    var model = new Sequential(new Linear(Inputs, 64), new Activation<Relu>(), new Dropout(dropout), new Linear(64, 64), new Activation<Relu>(), new Dropout(dropout), new Linear(64, 2)).Build(seed: 7);
    // Noise is augmentation: the network never sees the same examples twice.
    DataLoader examples = new(training, new LoaderOptions { BatchSize = Training, Prefetch = 0, Seed = 9, Augmentations = noise > 0 ? [new GaussianNoise(noise)] : [] });
    model.Fit(examples, BatchLosses.CrossEntropy, make(model.Parameters), new FitOptions
    {
        Epochs = 1500,
        Validation = stopEarly ? Whole(validation) : null,   // with something held out, the best is put back at the end
        Patience = 200,
        Callbacks = [new WeightConstraint(new MaxNorm(model.Parameters, maxNorm))],
        Seed = 7,
    });
    ValidationResult seen = model.Evaluate(Whole(training), BatchLosses.CrossEntropy, new Accuracy()), unseen = model.Evaluate(Whole(test), BatchLosses.CrossEntropy, new Accuracy());
    Console.WriteLine($"{name,-20}{seen.Loss,15:0.000}{unseen.Loss,8:0.000}{unseen.Loss - seen.Loss,8:0.000}{seen["accuracy"],18:0.0 %}{unseen["accuracy"],8:0.0 %}");
    bars.Add(new BarGroup(name.Split(',')[0], [seen.Loss, unseen.Loss]));
}

static DataLoader Whole(DataSet data) => new(data, new LoaderOptions { BatchSize = data.Count, Prefetch = 0 });

static DataSet Make(int count, ulong stream)
{
    float[] x = [.. Enumerable.Range(0, count * Inputs).Select(i => Normal(stream, (ulong)i))];
    return new ArrayDataSet(DataColumn.Numbers("x", [Inputs], x), DataColumn.Integers("class", [.. Enumerable.Range(0, count).Select(i =>
        (x[i * Inputs] + (x[(i * Inputs) + 1] * x[(i * Inputs) + 1]) > 0.8f) ^ (CounterRandom.Uniform(1, stream + 100, (ulong)i) < 0.1f) ? 1 : 0)], classes: 2));
}

static float Normal(ulong stream, ulong i)
    => MathF.Sqrt(-2 * MathF.Log(1 - CounterRandom.Uniform(1, stream, 2 * i))) * MathF.Cos(2 * MathF.PI * CounterRandom.Uniform(1, stream, (2 * i) + 1));
