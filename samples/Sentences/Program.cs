// Trains an encoder of sentences:   dotnet run -c Release --project samples/Sentences -- VECTORS STSB-TRAIN.csv PAIRS.tsv OUT [SEED] [STSB-DEV.csv]
// models/sentence is made by it (see its MODEL_CARD.md). VECTORS is a folder with words.txt and glove100_100k.f32.gz, PAIRS is made by bench/recipe/sentence_pairs.py.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Inkling;
using Inkling.Language;
using Inkling.Nn;
using Inkling.Training.Data;

if (args.Length < 4 || !args[..3].All(Path.Exists))
{
    Console.WriteLine("Give a folder of word vectors, judged pairs (text, text, score a line), pairs that belong together, and the folder to write the model to.");
    return;
}

ulong seed = args.Length > 4 ? ulong.Parse(args[4], CultureInfo.InvariantCulture) : 1;
WordVectors vectors = WordVectors.Read(Path.Combine(args[0], "words.txt"), Path.Combine(args[0], "glove100_100k.f32.gz"));
List<JudgedPair> judged = Judged(args[1]);
(string A, string B)[] matches = [.. File.ReadLines(args[2]).Select(line => line.Split('\t')).Where(pair => pair.Length == 2).Select(pair => (pair[0], pair[1]))];

// The commonest words, and those of the pairs, as far as they have vectors; nothing with a digit in it.
string[] texts = [.. judged.SelectMany(pair => new[] { pair.A, pair.B }), .. matches.SelectMany(pair => new[] { pair.A, pair.B })];
Dictionary<string, int> seen = texts.SelectMany(WordsOf).CountBy(word => word).ToDictionary();
SentenceVocabulary vocabulary = new(vectors.Words.Where((word, rank) => (rank < 40_000 || seen.GetValueOrDefault(word) >= 3) && word.Any(char.IsLetter) && !word.Any(char.IsDigit)));

// Every eighth judged pair chooses the epoch.
List<JudgedPair> heldOut = [.. judged.Where((_, i) => i % 8 == 7)], train = [.. judged.Where((_, i) => i % 8 != 7)];
SentenceModel model = new SentenceModel(vocabulary.Rows, vectors.Width).Build(seed);
model.Begin(vocabulary, vectors, judged.SelectMany(pair => new[] { pair.A, pair.B }));
SentenceTrainingOptions options = new() { Seed = seed };
Console.WriteLine($"{model}; {train.Count} judged pairs, {heldOut.Count} held out, {matches.Length} that belong together");
IReadOnlyList<JudgedPair> judge = args.Length > 5 ? Judged(args[5]) : [];
long started = Stopwatch.GetTimestamp();
double best = new SentenceTraining(model, vocabulary, train, matches, options).Run(heldOut, now => SentenceEncoder.Of(now, vocabulary),
    (epoch, loss, correlation) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}: loss {loss:0.0000}, held out {correlation:0.0000}, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s")));

SentenceEncoder encoder = SentenceEncoder.Of(model, vocabulary);
encoder.Save(args[3], new JsonObject { ["seed"] = seed, ["epochs"] = options.Epochs, ["judgedPairs"] = train.Count, ["heldOut"] = heldOut.Count, ["heldOutSpearman"] = Math.Round(best, 4), ["pairs"] = matches.Length });
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{encoder} in {args[3]}: held out {best:0.0000}"));
if (judge.Count > 0) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"looked at once, with the finished model: {SentenceTraining.Correlation(encoder, judge):0.0000}"));

static List<JudgedPair> Judged(string file)
{
    using CsvReader reader = CsvReader.Open(file, trimSpaces: false);
    List<JudgedPair> pairs = [];
    while (reader.Read() is { } fields) pairs.Add(new JudgedPair(fields[0], fields[1], double.Parse(fields[2], CultureInfo.InvariantCulture)));
    return pairs;
}

static IEnumerable<string> WordsOf(string text) => text.ToLowerInvariant().Split([' ', '.', ',', '!', '?', ':', ';', '"', '(', ')', '\'', '-', '/']);
