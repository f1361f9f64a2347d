// Learns, saves, loads and answers, as one native file that needs no .NET:
//   dotnet publish samples/NativeAot -r linux-x64 -o out      (needs clang and zlib1g-dev)
//   out/NativeAot [STEPS] [pictures | numbers]
using System.Diagnostics;
using System.Globalization;
using Inkling;
using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Numerics;

int steps = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 50;
using var tape = new Tape(new TapeOptions { Team = Team.Single });
(Module model, Func<Tensor> loss) = args is [_, "numbers"] ? Numbers() : Pictures();
var adam = new Adam(model.Parameters) { LearningRate = 0.001f, Team = Team.Single };
float before = Evaluate();
Train();   // code is warm after the first time
long start = Stopwatch.GetTimestamp();
Train();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{steps / Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} steps/s, loss {before:0.000} → {Evaluate():0.000}"));
float after = Evaluate();
string file = Path.Combine(Path.GetTempPath(), $"inkling-sample-{Environment.ProcessId}.safetensors");
ModelCheckpoint.Save(file, model.Parameters);
foreach (Parameter parameter in model.Parameters) parameter.Values.Clear();
ModelCheckpoint.Load(file, model.Parameters);
File.Delete(file);
Console.WriteLine(Evaluate() == after && after < before ? "saved, loaded, and the same again" : "the copy answers differently");

void Train() { for (int i = 0; i < steps; i++) { tape.Begin(); tape.Backward(loss()); adam.Step(); } }
float Evaluate() { tape.Begin(); return loss().Item(); }

(Module, Func<Tensor>) Pictures()   // 64 made-up pictures of 784 points in 10 classes
{
    Sequential net = new Sequential(new Linear(784, 256), new Activation<Relu>(), new Linear(256, 128), new Activation<Relu>(), new Linear(128, 10)).Build(seed: 1);
    Tensor x = tape.Input([64, 784], [.. Enumerable.Range(0, 64 * 784).Select(i => CounterRandom.Uniform(1, 0, (ulong)i))]);
    Indices classes = tape.Indices([64], [.. Enumerable.Range(0, 64).Select(i => i % 10)]);
    return (net, () => Losses.SoftmaxCrossEntropy(net.Forward(x), classes));
}

(Module, Func<Tensor>) Numbers()   // 16 sequences of 32 numbers below 64, each followed by the next
{
    NextNumber net = new NextNumber().Build(seed: 1);
    Indices numbers = tape.Indices([32, 16], [.. Enumerable.Range(0, 512).Select(i => ((i % 16 * 5) + (i / 16)) % 64)]);
    Indices next = tape.Indices([32, 16], [.. Enumerable.Range(0, 512).Select(i => ((i % 16 * 5) + (i / 16) + 1) % 64)]);
    return (net, () => Losses.SoftmaxCrossEntropy(net.Forward(numbers), next));
}

internal sealed class NextNumber : Module
{
    private readonly Embedding _table;
    private readonly Lstm _lstm;
    private readonly Linear _output;

    public NextNumber() =>
        (_table, _lstm, _output) = (AddChild("table", new Embedding(64, 64)), AddChild("lstm", new Lstm(64, 128)), AddChild("output", new Linear(128, 64)));

    public Tensor Forward(Indices numbers) => _output.Forward(_lstm.Forward(_table.Forward(numbers)).Output);   // [T, B] → [T, B, 64]
}
