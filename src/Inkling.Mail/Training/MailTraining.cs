using Inkling.Language;
using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Text;
using Inkling.Training;

namespace Inkling.Mail;

/// <summary>
/// Trains a model folder from mail: reads and normalises, trains the tokenizer (or keeps that of the model it goes on from), trains the
/// neural model with validation and early stopping, and writes the folder each time a new best is found.
/// </summary>
public sealed class MailTraining
{
    /// <summary>In <see cref="ModelFolder.Training"/>: the best weights in 32 bits, to train on from.</summary>
    internal const string WeightsFile = "weights.safetensors";

    /// <summary>In <see cref="ModelFolder.Training"/>: the state of the run, to resume it exactly.</summary>
    internal const string StateFile = "state.safetensors";

    private readonly MailTrainingOptions _options;

    /// <summary>Prepares a run; nothing happens before <see cref="RunAsync"/>.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names it.</exception>
    public MailTraining(MailTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Mail.Count == 0) throw new ArgumentException("Training: no mail is given. Name at least one file or folder with --mail.", nameof(options));
        if (string.IsNullOrWhiteSpace(options.Out)) throw new ArgumentException("Training: no folder is given for the model. Name it with --out.", nameof(options));
        if (options.Epochs is { } epochs && !(epochs > 0)) throw new ArgumentException($"Training: {epochs} epochs; give more than 0.", nameof(options));
        if (options.Minutes is { } minutes && !(minutes > 0)) throw new ArgumentException($"Training: {minutes} minutes; give more than 0.", nameof(options));
        if (!(options.BackgroundWeight > 0)) throw new ArgumentException($"Training: a background weight of {options.BackgroundWeight}; give more than 0.", nameof(options));
        _options = options;
    }

    /// <summary>Runs on a thread of its own.</summary>
    /// <param name="progress">Receives reports, on that thread.</param>
    /// <param name="pause">Lets another thread pause the run between two steps.</param>
    /// <param name="cancellation">
    /// Before training has begun, ends with an <see cref="OperationCanceledException"/>; after that, keeps the best and finishes in good order.
    /// </param>
    /// <exception cref="FileNotFoundException">A path does not exist.</exception>
    /// <exception cref="InvalidDataException">There is too little mail.</exception>
    /// <exception cref="CheckpointException">A model cannot be read or written; the message says which and why.</exception>
    public Task<MailTrainingResult> RunAsync(IProgress<TrainingReport>? progress = null, PauseGate? pause = null, CancellationToken cancellation = default) =>
        Task.Factory.StartNew(() => Run(progress, pause, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private MailTrainingResult Run(IProgress<TrainingReport>? progress, PauseGate? pause, CancellationToken cancellation)
    {
        TrainingReporter reporter = new(progress);
        string training = Path.Combine(_options.Out, ModelFolder.Training);
        AtomicFile.CheckWritable(training);
        MailCollection mail = MailCollection.Read(_options, done => reporter.Count(TrainingStage.Reading, done, 0), cancellation);
        Tokenizer tokenizer = GetTokenizer(mail, reporter, cancellation);
        tokenizer.Save(Path.Combine(training, ModelFolder.Tokenizer));
        TokenCorpus train = MailCorpora.Encode(mail.Train, tokenizer, null, done => reporter.Count(TrainingStage.Tokenizing, done, mail.Train.Count), cancellation);
        TokenCorpus valid = MailCorpora.Encode(mail.Valid, tokenizer, _options.Preset.ValidationTokens, _ => { }, cancellation);
        CountPhrases(mail, train, new MailPrompt(tokenizer), reporter, cancellation);
        (int trainMails, int validMails) = (mail.Train.Count, mail.Valid.Count);
        mail.Train.Clear(); // The text is not needed any more, and may be large.
        mail.Valid.Clear();

        LstmLanguageModel model = GetModel(tokenizer.VocabularySize);
        using LanguageModelTask task = new(model, train, Batches(train), valid, _options.Team);
        AdamW optimizer = new(model.Parameters);
        if (_options.Team is { } team) optimizer.Team = team;
        Trainer trainer = new(task, optimizer, TrainerOptionsFor(task),
        [
            new EarlyStopping(_options.Patience),
            new ModelExport(_options.Out, model, tokenizer, new ModelCard(_options, train, valid)),
            new Checkpointing(Path.Combine(training, StateFile), _options.CheckpointInterval),
        ]);
        if (_options.Resume) trainer.Restore(Path.Combine(training, StateFile));
        StopReason reason = trainer.Run(reporter, pause, cancellation);
        if (trainer.Best is null)
            throw new InvalidDataException($"Training: no usable model came out ({reason}, loss {trainer.Last.Loss:0.###}). Try a lower learning rate or more mail.");
        return new MailTrainingResult
        {
            Reason = reason, Folder = _options.Out, Steps = trainer.Step, BestStep = trainer.BestStep, Elapsed = trainer.Elapsed,
            ValidationLoss = trainer.Best.Loss, BitsPerCharacter = trainer.Best.BitsPerCharacter,
            TrainingMails = trainMails, ValidationMails = validMails, TrainingTokens = train.TokenCount, Mail = mail.Report,
        };
    }

    private Tokenizer GetTokenizer(MailCollection mail, TrainingReporter reporter, CancellationToken cancellation)
    {
        if (_options.Resume) return LoadTokenizer(Path.Combine(_options.Out, ModelFolder.Training));
        if (_options.From is { } from) return LoadTokenizer(from);
        reporter.Count(TrainingStage.Tokenizing, 0, mail.Train.Count);
        double share = _options.BackgroundWeight;
        return MailCorpora.TrainTokenizer(mail, _options.Preset.VocabularySize, share, null, cancellation);
    }

    /// <summary>
    /// Trains the n-gram model on the mail (not on the background, whose phrases are others'). Where enough people wrote the mail, a phrase
    /// must be used by two of them to be kept, else in two mails.
    /// </summary>
    private void CountPhrases(MailCollection mail, TokenCorpus corpus, MailPrompt prompt, TrainingReporter reporter, CancellationToken cancellation)
    {
        const int ManyAuthors = 20;
        string path = Path.Combine(_options.Out, ModelFolder.Training, ModelFolder.NGrams);
        if (_options.Resume && File.Exists(path)) return;
        bool byAuthor = mail.Train.Where(one => !one.IsBackground).Select(one => one.Author).Distinct().Count() >= ManyAuthors;
        NGramTrainer trainer = new(new NGramTrainerOptions
        {
            VocabularySize = prompt.VocabularySize,
            PartMarks = [prompt.Pad, prompt.Start, prompt.Subject, prompt.Previous, prompt.Body],
        });
        (int first, int end) = corpus.Group(0);
        List<int> tokens = [];
        for (int i = first; i < end; i++)
        {
            tokens.Clear();
            foreach (ushort token in corpus.Sequence(i)) tokens.Add(token);
            trainer.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tokens), byAuthor ? mail.Train[i].Author : null);
            if (i % 100 == 0) reporter.Count(TrainingStage.Counting, i, end);
        }

        trainer.Train(cancellation).Save(path);
    }

    private static Tokenizer LoadTokenizer(string folder)
    {
        string path = Path.Combine(folder, ModelFolder.Tokenizer);
        if (!File.Exists(path)) throw new CheckpointException($"There is no model in '{folder}': {ModelFolder.Tokenizer} is missing.");
        return Tokenizer.Load(path);
    }

    /// <summary>A new model, the model to go on from, or that of the interrupted run (whose weights come with its state).</summary>
    private LstmLanguageModel GetModel(int vocabulary)
    {
        string training = Path.Combine(_options.Out, ModelFolder.Training);
        TrainingPreset preset = _options.Preset;
        LstmLanguageModelConfig config =
            _options.Resume ? ModelConfig.Load(training).Architecture.ToModel()
            : _options.From is { } source ? ModelConfig.Load(source).Architecture.ToModel() with { Dropout = preset.Dropout }
            : new() { VocabularySize = vocabulary, EmbeddingWidth = preset.EmbeddingWidth, HiddenWidth = preset.HiddenWidth, Layers = preset.Layers, Dropout = preset.Dropout };
        if (config.VocabularySize != vocabulary)
            throw new CheckpointException($"The tokenizer has {vocabulary} tokens and the model {config.VocabularySize}: they do not belong together. Copy or train the model again.");
        LstmLanguageModel model = new LstmLanguageModel(config).Build(_options.Seed);
        if (!_options.Resume && _options.From is { } from) LoadWeights(from, model);
        new ModelConfig { Architecture = ModelArchitecture.Of(config) }.Save(training);
        return model;
    }

    /// <summary>Exact weights where training left them, else the rounded ones of the model.</summary>
    private static void LoadWeights(string folder, LstmLanguageModel model)
    {
        string exact = Path.Combine(folder, ModelFolder.Training, WeightsFile);
        if (File.Exists(exact)) ModelCheckpoint.Load(exact, model.Parameters);
        else QuantizedWeights.Load(Path.Combine(folder, ModelFolder.Weights), model.Parameters);
    }

    /// <summary>The preset's layout, with fewer lanes for a small mailbox so that a pass has a number of steps.</summary>
    private BatchOptions Batches(TokenCorpus train)
    {
        const int LeastBatches = 16;
        long lanes = train.TokenCount / (LeastBatches * _options.Preset.Steps);
        return new BatchOptions
        {
            Lanes = (int)Math.Clamp(lanes, 1, Math.Min(_options.Preset.Lanes, train.Count)),
            Steps = _options.Preset.Steps,
            Seed = _options.Seed,
            GroupWeights = train.GroupCount == 2 ? [1, _options.BackgroundWeight] : [],
        };
    }

    private TrainerOptions TrainerOptionsFor(LanguageModelTask task)
    {
        double epochs = _options.Epochs ?? _options.Preset.Epochs;
        TimeSpan? duration = _options.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null;
        double total = epochs * task.StepsPerEpoch;
        return new TrainerOptions
        {
            Epochs = epochs,
            Duration = duration,
            LearningRate = _options.LearningRate ?? _options.Preset.LearningRate * (_options.From is null ? 1 : 0.5),
            WarmupSteps = (int)Math.Clamp(total / 20, 1, 200),
            // Under a time limit, steps say little about how far the run is.
            ValidateEvery = duration is null ? (long)Math.Clamp(task.StepsPerEpoch / 2.0, 25, 1_000) : long.MaxValue,
            ValidateInterval = duration / 16,
        };
    }
}
