// Is a review of a film kind or not (IMDB)?   dotnet run -c Release --project samples/SentimentImdb -- [SEED] [EPOCHS] [FOLDER]
// Tests run it with: 1 0.002
using System.Globalization;
using System.Text.Json;
using Inkling;
using Inkling.Language;
using Inkling.Nn;
using Inkling.Text;
using Inkling.Training;
using Inkling.Training.Data;
using Inkling.Training.Metrics;

ulong seed = args.Length > 0 ? ulong.Parse(args[0], CultureInfo.InvariantCulture) : 1;
double epochs = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 2;
string folder = args.Length > 2 ? args[2] : "../shared/data", file = Path.Combine(folder, "sentiment/imdb_train.jsonl.gz");
if (!File.Exists(file))
{
    Console.WriteLine($"The reviews are not there: {file} (a line each: {{\"label\": \"pos\", \"text\": \"…\"}}). Name the folder with the data.");
    return;
}

// Verdicts stand at the beginning and, more often, at the end of a review: of long ones, words in the middle are left out.
const int First = 50, Last = 200;
List<string[]> reviews = [];
List<int> classes = [];
foreach (string line in TextLines.Read(file))
{
    using JsonDocument review = JsonDocument.Parse(line);
    List<string> words = EnglishWords.Split(review.RootElement.GetProperty("text").GetString()!.Replace("<br />", " ", StringComparison.Ordinal));
    reviews.Add(words.Count <= First + Last ? [.. words] : [.. words[..First], .. words[^Last..]]);
    classes.Add(review.RootElement.GetProperty("label").GetString() == "pos" ? 1 : 0);
}

Vocabulary vocabulary = Vocabulary.Of(reviews.SelectMany(words => words), ["<pad>", "<unk>"], "<unk>", atMost: 20_000, atLeast: 5);
DataSet data = new ArrayDataSet(DataColumn.Sequences("tokens", [.. reviews.Select(vocabulary.Encode)]), DataColumn.Integers("class", [.. classes], classes: 2));

// A tenth is looked at once, at the end; another part of the rest decides which epoch is best.
IReadOnlyList<DataSet> parts = data.StratifiedSplit("class", seed, 0.85, 0.05, 0.1);
LoaderOptions options = new() { BatchSize = 50, Shuffle = true, Seed = seed, BucketBy = "tokens", TimeFirst = true };
DataLoader training = new(parts[0], options), validation = new(parts[1], options with { Shuffle = false }), test = new(parts[2], options with { Shuffle = false });
SequenceClassifier model = new SequenceClassifier(new SequenceClassifierConfig
{
    VocabularySize = vocabulary.Count, HiddenWidth = 64, Pooling = SequencePooling.Max | SequencePooling.Mean | SequencePooling.Words, Dropout = 0.4, WordDropout = 0.1,
}).Build(seed);
string vectors = Path.Combine(folder, "vectors/glove100");
if (Directory.Exists(vectors)) WordVectors.Read($"{vectors}/words.txt", $"{vectors}/glove100_100k.f32.gz").Fill(vocabulary, model.Words.Weight);
Tensor Forward(BatchTensors batch) => model.Forward(batch.Integers("tokens"), batch.Lengths("tokens"));
FitResult result = model.Fit(Forward, training, BatchLosses.CrossEntropy, new AdamW(model.Parameters) { LearningRate = 2e-3f }, new FitOptions
{
    Epochs = epochs, Validation = validation, Metrics = [new Accuracy()], Monitor = "accuracy", ClipNorm = 1, Seed = seed,
    Schedule = new CosineSchedule((long)(epochs * training.BatchesPerEpoch)), Folder = $"out/imdb-{seed}", Title = $"IMDB, BiLSTM, seed {seed}",
});
Console.WriteLine($"seed {seed}: {result}");
Accuracy accuracy = new();
ModuleTraining.Evaluate(Forward, test, BatchLosses.CrossEntropy, [accuracy]);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"accuracy on {parts[2].Count} held-out reviews {100 * accuracy.Value:0.00} %"));
