using System.Globalization;
using Inkling.Language;
using Inkling.Numerics;
using Inkling.WordVectorBench;

// train ALGORITHM TEXT OUT [EPOCHS] [THREADS] [SEED] [START RATE]: learns vectors from a text whose lines are sentences of words.
// ship MAIL GLOVE OUT [EPOCHS] [RATE] [WEIGHT]: makes models/words.
// evaluate DATA VECTORS…: WordSim-353 and analogies, with the files of DATA/similarity.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["train", var algorithm, var text, var output, .. var rest]:
        Train(algorithm, text, output, rest);
        return 0;
    case ["ship", var mail, var glove, var output, .. var rest]:
        Shipping.Make(mail, glove, output, Number(rest, 0, 3), rest.Length > 1 ? float.Parse(rest[1], CultureInfo.InvariantCulture) : 0.01f, rest.Length > 2 ? double.Parse(rest[2], CultureInfo.InvariantCulture) : 1);
        return 0;
    case ["evaluate", var data, .. var files] when files.Length > 0:
        foreach (string file in files) Console.WriteLine($"{file}: {Evaluation.Of(WordVectors.Load(file), data)}");
        return 0;
    default:
        Console.Error.WriteLine("usage: train ALGORITHM TEXT OUT [EPOCHS] [THREADS] [SEED] [START RATE], ship MAIL GLOVE OUT [EPOCHS] [RATE] [WEIGHT], or evaluate DATA VECTORS…");
        return 2;
}

static void Train(string algorithm, string text, string output, string[] rest)
{
    int epochs = Number(rest, 0, 5), threads = Number(rest, 1, 1), seed = Number(rest, 2, 1);
    WordCorpus corpus = WordCorpus.Of(File.ReadLines(text).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    using Team team = new(threads);
    WordVectorTrainingOptions options = new()
    {
        Epochs = epochs, Team = team, Seed = (ulong)seed,
        Start = rest.Length > 3 ? WordVectors.Load(rest[3]) : null,
        Rate = rest.Length > 4 ? float.Parse(rest[4], CultureInfo.InvariantCulture) : null,
    };
    LastProgress last = new();
    TimeSpan before = Environment.CpuUsage.TotalTime;
    WordVectors vectors = WordVectorTrainers.Named(algorithm).Train(corpus, options, last);
    Console.WriteLine($"{algorithm}, seed {seed}, {threads} threads: {corpus}, {epochs} epochs in {last.Value.Elapsed.TotalSeconds:F1} s, {last.Value.PerSecond:F0} words/s, {last.Value.Done / (Environment.CpuUsage.TotalTime - before).TotalSeconds:F0} for each second of a processor");
    WordVectorFormats.ForName(output).Write(vectors, output);
}

static int Number(string[] rest, int at, int otherwise) => rest.Length > at ? int.Parse(rest[at], CultureInfo.InvariantCulture) : otherwise;
