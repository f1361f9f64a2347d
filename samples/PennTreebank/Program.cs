// Penn Treebank with the small LSTM of Zaremba et al. 2014, 13 epochs:   dotnet run -c Release --project samples/PennTreebank -- [EPOCHS] [SEED] [FOLDER] [resume]
// Tests run it with: 0.002
using System.Globalization;
using Inkling.Language;
using Inkling.Nn;
using Inkling.Text;
using Inkling.Training;

double epochs = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 13;
ulong seed = args.Length > 1 ? ulong.Parse(args[1], CultureInfo.InvariantCulture) : 1;
string folder = args.Length > 2 ? args[2] : "../shared/data/lm/ptb";
if (!Directory.Exists(folder))
{
    Console.WriteLine($"The Penn Treebank is not in {folder}. Name the folder of ptb.train.txt, ptb.valid.txt and ptb.test.txt as the third argument.");
    return;
}

Vocabulary vocabulary = Vocabulary.Of(Words("train"), unknown: "<unk>");
ReadOnlyMemory<int> training = vocabulary.Encode(Words("train")), validation = Part("valid"), test = Part("test");
TextLanes batches = new(training, lanes: 20, steps: 20);

// Table 1 of the paper, "non-regularized LSTM": all weights in ±0.1; the rate 1 for the loss summed over the 20 steps is 20 for its mean, and the norm of 5 is 0.25.
// From the fifth epoch on each has half the rate of the one before.
var model = new RecurrentLanguageModel(new() { VocabularySize = vocabulary.Count, EmbeddingWidth = 200, HiddenWidth = 200, Layers = 2 })
    .Build(seed).Initialize(Initializer.Uniform(0.1f), seed);
MultiStepSchedule halving = new([.. Enumerable.Range(4, 9).Select(epoch => epoch * batches.BatchesPerEpoch)], Gamma: 0.5);
Console.WriteLine($"{model}: {model.NumberCount} numbers; {training.Length} words to learn from, {validation.Length} to validate on, {test.Length} to test on");
FitResult result = model.Fit(batches, new Sgd(model.Parameters, learningRate: 20), new FitOptions
{
    Epochs = epochs,
    Schedule = halving,
    ClipNorm = 0.25f,
    Folder = $"out/penn-treebank-{seed}",
    Title = $"Penn Treebank, small LSTM, seed {seed}",
    Resume = args.Contains("resume"),
}, validation);
Console.WriteLine($"seed {seed}: {result}");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"perplexity: validation {model.Evaluate(validation)["perplexity"]:0.00}, test {model.Evaluate(test)["perplexity"]:0.00}"));

using TextSampler sampler = new(model, new SamplingOptions { Temperature = 0.8, Seed = seed, Excluded = [vocabulary.Unknown] });
int[] prompt = vocabulary.Encode(["<eos>", "the"]);
Console.WriteLine(string.Join(' ', prompt.Concat(sampler.Write(prompt, 60)).Skip(1).Select(vocabulary.WordOf)));

// A trial of less than an epoch measures on as small a part of the texts.
ReadOnlyMemory<int> Part(string name)
{
    int[] words = vocabulary.Encode(Words(name));
    return words.AsMemory(0, (int)(words.Length * Math.Min(1, epochs)));
}

IEnumerable<string> Words(string part) => File.ReadLines(Path.Combine(folder, $"ptb.{part}.txt")).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append("<eos>"));
