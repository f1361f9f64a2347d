// A model of Shakespeare's characters, an LSTM or a small GPT:   dotnet run -c Release --project samples/Shakespeare -- [lstm | gpt] [EPOCHS] [SEED] [FILE]
// Tests run it with: gpt 0.002
using System.Globalization;
using Inkling.Language;
using Inkling.Nn;
using Inkling.Text;
using Inkling.Training;

string kind = args.Length > 0 ? args[0] : "lstm";
double epochs = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : kind == "gpt" ? 2 : 8;
ulong seed = args.Length > 2 ? ulong.Parse(args[2], CultureInfo.InvariantCulture) : 1;
string file = args.Length > 3 ? args[3] : "../shared/data/lm/tinyshakespeare.txt";
if (!File.Exists(file))
{
    Console.WriteLine($"There is no {file}. Name a text of your own as the fourth argument; a megabyte is a good size.");
    return;
}

string text = File.ReadAllText(file);
CharacterVocabulary characters = CharacterVocabulary.Of(text);
ReadOnlyMemory<int> tokens = characters.Encode(text);
int cut = tokens.Length / 10 * 9;
ReadOnlyMemory<int> validation = tokens[cut..];
// A trial of less than an epoch measures on as small a part.
if (epochs < 1) validation = validation[..(int)(validation.Length * epochs)];

// The LSTM reads the text in order and carries its state on; the GPT sees windows from anywhere.
LanguageModel model = kind == "gpt"
    ? new GptLanguageModel(new() { VocabularySize = characters.Count, Context = 64, Width = 128, Layers = 4, Heads = 4 }).Build(seed)
    : new RecurrentLanguageModel(new() { VocabularySize = characters.Count, EmbeddingWidth = 64, HiddenWidth = 256, Dropout = 0.1 }).Build(seed);
TextBatches batches = kind == "gpt" ? new TextWindows(tokens[..cut], windows: 16, steps: 64, seed) : new TextLanes(tokens[..cut], lanes: 16, steps: 50);
Optimizer optimizer = new AdamW(model.Parameters) { LearningRate = kind == "gpt" ? 0.002f : 0.003f };
Console.WriteLine($"{model}: {model.NumberCount} numbers; {characters.Count} characters; {batches}");

FitResult result = model.Fit(batches, optimizer, new FitOptions
{
    Epochs = epochs,
    Schedule = new CosineSchedule((long)(epochs * batches.BatchesPerEpoch), Warmup: 100, Floor: 0.02),
    ClipNorm = 1,
    Folder = $"out/shakespeare-{kind}-{seed}",
    Title = $"Shakespeare's characters, {kind.ToUpperInvariant()}, seed {seed}",
    Seed = seed,
}, validation);
Console.WriteLine($"seed {seed}: {result}");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"validation loss over the whole part: {model.Evaluate(validation).Loss:0.0000} nats"));

using TextSampler sampler = new(model, new SamplingOptions { Temperature = 0.8, Seed = seed });
Console.WriteLine(characters.Decode(sampler.Write(characters.Encode("\n"), 500)));
