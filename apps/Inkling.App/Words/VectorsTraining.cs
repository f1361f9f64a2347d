using System.Globalization;
using Inkling.App.Running;
using Inkling.Language;
using Inkling.Mail;
using Inkling.Nn.Checkpoints;

namespace Inkling.App.Words;

/// <summary>One training of word vectors: what it reads, how it learns, where it goes.</summary>
/// <param name="Text">Text files, or folders of them.</param>
/// <param name="Mail">Mail.</param>
/// <param name="Me">The writer's address, or null.</param>
/// <param name="Out">What is written.</param>
/// <param name="Trainer">How to learn.</param>
/// <param name="Least">How often a word must occur.</param>
/// <param name="Most">How many words are kept.</param>
/// <param name="Options">How exactly.</param>
internal sealed record VectorsTraining(IReadOnlyList<string> Text, IReadOnlyList<string> Mail, string? Me, string Out, IWordVectorTrainer Trainer, int Least, int Most, WordVectorTrainingOptions Options)
{
    /// <summary>Reads and learns. A stop while it learns ends it early with what was learnt.</summary>
    /// <returns>The vectors, and with them those of parts of words where the trainer learns such.</returns>
    /// <exception cref="FailureException">There is too little text.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before it had read everything and learnt something.</exception>
    public (WordVectors Words, SubwordVectors? WithParts) Run(CancellationToken stop)
    {
        // An hour of training must not end at a folder that cannot be written to.
        AtomicFile.CheckWritable(Path.GetDirectoryName(Out)!);
        MailReadReport report = new();
        VectorsProgress progress = new(Console.Error, !Console.IsErrorRedirected);
        progress.Say("reading ...");
        WordCorpus corpus;
        try
        {
            corpus = WordCorpus.Of(Sentences(report, stop), Least, Most);
        }
        catch (ArgumentException error) when (error.ParamName == "sentences")
        {
            throw new FailureException($"vectors train: too little text{(Mail.Count > 0 ? $" ({report.Read} mails looked at, {report.Kept} used)" : "")}: {error.Message.Split(" (Parameter", StringSplitOptions.None)[0]}");
        }

        progress.Say(string.Create(CultureInfo.InvariantCulture, $"{Trainer.Name}: {corpus.Words.Count:#,0} words, {corpus.Total:#,0} in sentences"));
        using CancellationTokenRegistration stopping = stop.Register(() => progress.Say("stopping: keeping what has been learnt ..."));
        SubwordVectors? withParts = Trainer is SubwordTrainer subwords ? subwords.TrainParts(corpus, Options, progress, stop) : null;
        WordVectors vectors = withParts?.Words ?? Trainer.Train(corpus, Options, progress, stop);
        progress.End();
        // What was there is worth more than vectors drawn at random.
        if (!progress.HasLearnt) stop.ThrowIfCancellationRequested();
        return (vectors, withParts);
    }

    private IEnumerable<IReadOnlyList<string>> Sentences(MailReadReport report, CancellationToken stop)
    {
        foreach (string file in Text.SelectMany(Files))
        {
            foreach (string line in File.ReadLines(file))
            {
                stop.ThrowIfCancellationRequested();
                foreach (IReadOnlyList<string> sentence in WordSentences.Of(line)) yield return sentence;
            }
        }

        if (Mail.Count == 0) yield break;
        foreach (MailMessage mail in MailReader.Read(Mail, new MailReadOptions { Me = Me }, report, stop))
        {
            stop.ThrowIfCancellationRequested();
            // What stands for numbers, addresses and links is no word.
            string text = MailTokens.Placeholders.Aggregate(TextNormalizer.Normalize(mail.Text), (whole, placeholder) => whole.Replace(placeholder, " ", StringComparison.Ordinal));
            foreach (IReadOnlyList<string> sentence in WordSentences.Of(text)) yield return sentence;
        }

        stop.ThrowIfCancellationRequested();
    }

    private static IEnumerable<string> Files(string path) => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [path];
}
