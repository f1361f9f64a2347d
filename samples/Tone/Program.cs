// Learns to tell texts apart from lines of text, tab, 0 or 1:   dotnet run -c Release --project samples/Tone -- TRAIN.tsv VALID.tsv OUT [SEED] [EPOCHS] [VECTORS]
// models/tone is made by it (see its MODEL_CARD.md). VECTORS is a folder with words.txt and glove100_100k.f32.gz.
using System.Globalization;
using System.Text.Json.Nodes;
using Inkling;
using Inkling.Language;
using Inkling.Nn;
using Inkling.Text;
using Inkling.Training;
using Inkling.Training.Data;
using Inkling.Training.Metrics;

if (args.Length < 3 || !File.Exists(args[0]) || !File.Exists(args[1]))
{
    Console.WriteLine("Give two files of texts (made by bench/recipe/tone_texts.py, for instance) and the folder to write the model to.");
    return;
}

(string train, string valid, string folder) = (args[0], args[1], args[2]);
ulong seed = args.Length > 3 ? ulong.Parse(args[3], CultureInfo.InvariantCulture) : 1;
double epochs = args.Length > 4 ? double.Parse(args[4], CultureInfo.InvariantCulture) : 5;
WordVectors? vectors = args.Length > 5 ? WordVectors.Read(Path.Combine(args[5], "words.txt"), Path.Combine(args[5], "glove100_100k.f32.gz")) : null;

// Words that were seen, and common ones that were not, but whose vectors stand near those of others that were.
IEnumerable<string> seen = TextLines.Read(train).SelectMany(line => TextClassifier.WordsOf(line[..line.LastIndexOf('\t')]));
Vocabulary vocabulary = Vocabulary.Of(seen, [TextClassifier.PaddingWord, TextClassifier.UnknownWord], TextClassifier.UnknownWord, atMost: 24_000, atLeast: 3);
if (vectors is not null) vocabulary = new Vocabulary(vocabulary.Words.Concat(vectors.Words.Take(20_000)).Distinct(), TextClassifier.UnknownWord);
DataSet Open(string file) => TextLines.Labelled(file, text => vocabulary.Encode(TextClassifier.WordsOf(text)), classes: 2, '\t', classLast: true);
LoaderOptions options = new() { BatchSize = 50, Shuffle = true, Seed = seed, BucketBy = "tokens", TimeFirst = true };
DataLoader training = new(Open(train), options), validation = new(Open(valid), options with { Shuffle = false });

SequenceClassifier model = new(new SequenceClassifierConfig { VocabularySize = vocabulary.Count, HiddenWidth = 100, Dropout = 0.4, WordDropout = 0.03 });
model.Words.InGroup("words");
model.Build(seed);
vectors?.Fill(vocabulary, model.Words.Weight);
Tensor Forward(BatchTensors batch) => model.Forward(batch.Integers("tokens"), batch.Lengths("tokens"));
AdamW adam = new(model.Parameters) { LearningRate = 2e-3f, Groups = [new ParameterGroup("words") { RateFactor = vectors is null ? 1 : 0.3f }] };
FitResult result = model.Fit(Forward, training, BatchLosses.CrossEntropy, adam, new FitOptions
{
    Epochs = epochs, Validation = validation, Metrics = [new Accuracy()], ClipNorm = 1, Seed = seed,
    Schedule = new CosineSchedule((long)(epochs * training.BatchesPerEpoch)), Folder = $"out/tone-{seed}", Title = $"Tone, BiLSTM, seed {seed}",
});
Console.WriteLine($"seed {seed}: {result}");

// What is held out also says how far scores are to be trusted.
List<float> scores = [];
List<int> classes = [];
Tensor Score(BatchTensors batch)
{
    Tensor score = Forward(batch);
    scores.AddRange(score.Values);
    classes.AddRange(batch.Batch["class"].Integers);
    return score;
}

ModuleTraining.Evaluate(Score, validation, BatchLosses.CrossEntropy, []);
using TextClassifier tone = new(model, vocabulary, ["negative", "positive"], new TextClassifierOptions { Temperature = Math.Round(TemperatureScaling.Fit([.. scores], [.. classes]), 4) });
tone.Save(folder, training: new JsonObject { ["seed"] = seed, ["epochs"] = epochs, ["texts"] = training.Data.Count, ["heldOut"] = validation.Data.Count, ["heldOutLoss"] = Math.Round(result.Best!.Loss, 4), ["heldOutAccuracy"] = Math.Round(result.Best["accuracy"], 4) });
Console.WriteLine($"{tone} in {folder}");
