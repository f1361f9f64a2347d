// Is a sentence about a film kind or not (SST-2)?   dotnet run -c Release --project samples/SentimentSst2 -- [glove|learnt] [SEED] [EPOCHS] [FOLDER]
// Tests run it with: learnt 1 0.05
using System.Globalization;
using Inkling;
using Inkling.Language;
using Inkling.Nn;
using Inkling.Text;
using Inkling.Training;
using Inkling.Training.Data;
using Inkling.Training.Metrics;

bool pretrained = args is ["glove", ..];
ulong seed = args.Length > 1 ? ulong.Parse(args[1], CultureInfo.InvariantCulture) : 1;
double epochs = args.Length > 2 ? double.Parse(args[2], CultureInfo.InvariantCulture) : 10;
string folder = args.Length > 3 ? args[3] : "../shared/data", sentences = Path.Combine(folder, "sentiment/sst2");
if (!Directory.Exists(sentences))
{
    Console.WriteLine($"The sentences of SST-2 are not in {sentences} (train.tsv and dev.tsv: a sentence, a tab, 0 or 1). Name the folder with the data.");
    return;
}

// Without pretrained vectors, words that occur once teach what an unknown word means; with them, words that never occur are known by theirs.
string train = Path.Combine(sentences, "train.tsv"), vectors = Path.Combine(folder, "vectors/glove100");
WordVectors? glove = pretrained ? WordVectors.Read($"{vectors}/words.txt", $"{vectors}/glove100_100k.f32.gz") : null;
IEnumerable<string> seen = TextLines.Read(train).SelectMany(line => EnglishWords.Split(line.AsSpan(0, line.LastIndexOf('\t'))));
Vocabulary vocabulary = Vocabulary.Of(seen, ["<pad>", "<unk>"], "<unk>", atLeast: pretrained ? 1 : 2);
if (glove is not null) vocabulary = new Vocabulary(vocabulary.Words.Concat(glove.Words.Take(20_000)).Distinct(), "<unk>");
DataSet Open(string file) => TextLines.Labelled(file, line => vocabulary.Encode(EnglishWords.Split(line)), classes: 2, '\t', classLast: true);

// What decides which epoch is best is held out of the training sentences; the dev sentences are looked at once, at the end.
IReadOnlyList<DataSet> parts = Open(train).StratifiedSplit("class", seed, 0.9, 0.1);
LoaderOptions options = new() { BatchSize = 32, Shuffle = true, Seed = seed, BucketBy = "tokens", TimeFirst = true };
DataLoader training = new(parts[0], options), validation = new(parts[1], options with { Shuffle = false });

SequenceClassifier model = new(new SequenceClassifierConfig
{
    VocabularySize = vocabulary.Count,
    Pooling = SequencePooling.Max | SequencePooling.Mean | SequencePooling.Words,
    Dropout = 0.5,
    WordDropout = pretrained ? 0.05 : 0.3,
    RecurrentDropout = 0.2,
});
model.Words.InGroup("words");
model.Build(seed);
glove?.Fill(vocabulary, model.Words.Weight);
Tensor Forward(BatchTensors batch) => model.Forward(batch.Integers("tokens"), batch.Lengths("tokens"));
AdamW adam = new(model.Parameters) { LearningRate = 1e-3f, Groups = [new ParameterGroup("words") { RateFactor = pretrained ? 0.5f : 1 }] };
FitResult result = model.Fit(Forward, training, BatchLosses.CrossEntropy, adam, new FitOptions
{
    Epochs = epochs, Validation = validation, Metrics = [new Accuracy()], Monitor = "accuracy", ClipNorm = 1, Seed = seed,
    Schedule = new CosineSchedule((long)(epochs * training.BatchesPerEpoch)), Folder = $"out/sst2-{(pretrained ? "glove" : "learnt")}-{seed}",
    Title = $"SST-2, BiLSTM, {(pretrained ? "GloVe" : "no pretrained vectors")}, seed {seed}",
});
Console.WriteLine($"seed {seed}: {result}");
Accuracy accuracy = new();
ModuleTraining.Evaluate(Forward, new DataLoader(Open(Path.Combine(sentences, "dev.tsv")), options with { Shuffle = false }), BatchLosses.CrossEntropy, [accuracy]);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"dev accuracy {100 * accuracy.Value:0.00} %"));
