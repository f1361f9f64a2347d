// Multi30k, German to English, two LSTMs with attention:   dotnet run -c Release --project samples/Translation -- [EPOCHS] [SEED] [PAIRS] [FOLDER]
// Tests run it with: 1 1 100
using System.Globalization;
using Inkling;
using Inkling.Language;
using Inkling.Nn;
using Inkling.Training;
using Inkling.Training.Data;
using Inkling.Training.Metrics;

double epochs = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 8;
ulong seed = args.Length > 1 ? ulong.Parse(args[1], CultureInfo.InvariantCulture) : 1;
int pairs = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 29_000;
string folder = args.Length > 3 ? args[3] : "../shared/data/translation/multi30k", output = $"out/translation-{seed}-{pairs}";
if (!Directory.Exists(folder))
{
    Console.WriteLine($"Multi30k is not in {folder}. Name the folder of its files (train.de.gz, train.en.gz, val.de.gz, val.en.gz) as the fourth argument.");
    return;
}

string[] german = Read("train.de.gz"), english = Read("train.en.gz");
EncoderDecoderConfig sizes = new() { EmbeddingWidth = 256, HiddenWidth = 384, Dropout = 0.25, LabelSmoothing = 0.1 };
using Translator translator = Translator.Create(PieceSymbols.Train(german, 6_000), PieceSymbols.Train(english, 4_000), seed, sizes);

// The last pairs of the training set decide which epoch is best; the validation set is translated once, at the end.
DataSet all = translator.Pairs(german, english);
int held = Math.Min(1_000, all.Count / 10);
DataLoader training = Load(Enumerable.Range(0, all.Count - held), shuffle: true), validation = Load(Enumerable.Range(all.Count - held, held), shuffle: false);
FitResult result = translator.Model.Fit(translator.Model.Forward, training, translator.Model.Loss, new Adam(translator.Model.Parameters) { LearningRate = 0.002f }, new FitOptions
{
    Epochs = epochs,
    Validation = validation,
    Metrics = [new Perplexity()],
    Schedule = new CosineSchedule((long)(epochs * training.BatchesPerEpoch)),
    WarmupSteps = 200,
    ClipNorm = 1,
    Folder = output,
    Title = $"Multi30k, German to English, seed {seed}",
    Resume = true,
    Seed = seed,
});
translator.Save(output);
Console.WriteLine($"seed {seed}: {result}");

string[] sources = Read("val.de.gz"), references = Read("val.en.gz");
IReadOnlyList<string> translations = translator.Translate(sources);
Bleu bleu = new();
for (int i = 0; i < sources.Length; i++) bleu.Add(translations[i], references[i]);
for (int i = 0; i < 5; i++) Console.WriteLine($"  {sources[i]}\n  → {translations[i]}\n    ({references[i]})");
File.WriteAllText(Path.Combine(output, "attention.svg"), translator.DrawAttention(sources[1]));
Console.WriteLine(bleu);

string[] Read(string file) => [.. TextLines.Read(Path.Combine(folder, file)).Take(pairs)];
DataLoader Load(IEnumerable<int> items, bool shuffle) => new(all.Subset([.. items]), new LoaderOptions { BatchSize = 64, Shuffle = shuffle, Seed = seed, BucketBy = "source", TimeFirst = true });
