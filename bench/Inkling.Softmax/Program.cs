// Trains the language model of issue 3 on the Penn Treebank with each of the losses over large vocabularies, from the same seed on the same
// batches, and prints the validation perplexity over all words as a table in Markdown.
using System.Globalization;
using Inkling.Nn;
using Inkling.Numerics;
using Inkling.SoftmaxComparison;

const int Vocabulary = 8192, ValidationsPerEpoch = 3;

Options? options = Options.Parse(args);
if (options is null)
{
    Console.Error.WriteLine($"softmax: wrong usage. {Options.Usage}");
    return 2;
}

if ((options.Corpus ?? WordCorpus.Find()) is not { } folder)
{
    Console.Error.WriteLine("softmax: skipped, for the Penn Treebank is not there. Give the folder of ptb.train.txt and ptb.valid.txt: --corpus FOLDER");
    return 0;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
WordCorpus corpus = WordCorpus.Read(folder, Vocabulary);
using Team team = new(options.Threads);
Console.WriteLine($"{corpus.Training.Length} words to learn from, {corpus.Validation.Length} to validate on; {options.Epochs} epochs, rate {options.Rate}, dropout {options.Dropout}, seed {options.Seed}\n");
Console.WriteLine("| loss | epoch | processor s | validation perplexity |\n|---|---|---|---|");
foreach (string kind in options.Kinds)
{
    LanguageNet net = new LanguageNet(kind, corpus.Counts, options.Dropout).Build(options.Seed);
    Console.Error.WriteLine($"{kind}: {net}");
    using TextPass training = new(net, corpus.Training, team, options.Seed, training: true), validation = new(net, corpus.Validation, team, options.Seed, training: false);
    Adam adam = new(net.Parameters) { Team = team };
    int steps = options.Epochs * training.Count;
    CosineSchedule schedule = new(steps, Floor: 0.01);
    double seconds = 0;
    for (int step = 0, part = 1; step < steps; step++)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        adam.LearningRate = options.Rate * (float)schedule.FactorAt(step);
        training.Run(step % training.Count);
        GradientClipping.ClipByGlobalNorm(net.Parameters, 1);
        adam.Step();
        seconds += (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        if ((step + 1) * ValidationsPerEpoch < part * training.Count) continue;
        Console.WriteLine($"| {kind} | {(double)part++ / ValidationsPerEpoch:F2} | {seconds:F0} | {validation.Perplexity():F1} |");
    }
}

return 0;
