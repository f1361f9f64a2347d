using Inkling.Language;
using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Text;
using Inkling.Training;
using Inkling.Training.Logs;

namespace Inkling.Mail;

/// <summary>
/// Trains a model folder from mail: reads and normalises, trains the tokenizer (or keeps that of the model it goes on from), trains the
/// neural model with validation and early stopping, writes the folder each time a new best is found, and calibrates it at the end.
/// </summary>
public sealed partial class MailTraining
{
    /// <summary>In <see cref="ModelFolder.Training"/>: the best weights in 32 bits, to train on from.</summary>
    internal const string WeightsFile = "weights.safetensors";

    /// <summary>In <see cref="ModelFolder.Training"/>: the state of the run, to resume it exactly.</summary>
    internal const string StateFile = "state.safetensors";

    /// <summary>In <see cref="ModelFolder.Training"/>: a row for each validation.</summary>
    internal const string LogFile = "log.csv";

    /// <summary>In <see cref="ModelFolder.Training"/>: a picture of that log.</summary>
    internal const string CurvesFile = "curves.svg";

    private MailTrainingOptions _options;
    private readonly string _training;

    /// <summary>Prepares a run; nothing happens before <see cref="RunAsync"/>.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names it.</exception>
    public MailTraining(MailTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Mail.Count == 0) throw new ArgumentException("Training: no mail is given. Name at least one file or folder with --mail.", nameof(options));
        if (string.IsNullOrWhiteSpace(options.Out)) throw new ArgumentException("Training: no folder is given for the model. Name it with --out.", nameof(options));
        if (options.Epochs is { } epochs && !(epochs > 0)) throw new ArgumentException($"Training: {epochs} epochs; give more than 0.", nameof(options));
        if (options.Minutes is { } minutes && !(minutes > 0)) throw new ArgumentException($"Training: {minutes} minutes; give more than 0.", nameof(options));
        if (!(options.BackgroundWeight is > 0 and <= 1000)) throw new ArgumentException($"Training: a background weight of {options.BackgroundWeight}; give more than 0 and at most 1,000.", nameof(options));
        if (options.Patience < 1) throw new ArgumentException($"Training: a patience of {options.Patience}; give 1 or more.", nameof(options));
        _options = options;
        _training = Path.Combine(options.Out, ModelFolder.Training);
    }

    /// <summary>Runs on a thread of its own.</summary>
    /// <param name="progress">Receives reports, on that thread.</param>
    /// <param name="pause">Lets another thread pause the run between two steps.</param>
    /// <param name="cancellation">
    /// Before training has begun, ends with an <see cref="OperationCanceledException"/>; after that, keeps the best and finishes in good order.
    /// </param>
    /// <exception cref="FileNotFoundException">A path does not exist.</exception>
    /// <exception cref="InvalidDataException">There is too little mail, or the model to go on from is damaged or of another version.</exception>
    /// <exception cref="CheckpointException">A model cannot be read or written; the message says which and why.</exception>
    public Task<MailTrainingResult> RunAsync(IProgress<TrainingReport>? progress = null, PauseGate? pause = null, CancellationToken cancellation = default) =>
        Task.Factory.StartNew(() => Run(progress, pause, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private MailTrainingResult Run(IProgress<TrainingReport>? progress, PauseGate? pause, CancellationToken cancellation)
    {
        TrainingReporter reporter = new(progress);
        CheckStart();
        MailCollection mail = MailCollection.Read(_options, done => reporter.Count(TrainingStage.Reading, done, 0), cancellation);
        Tokenizer tokenizer = GetTokenizer(mail, reporter, cancellation);
        tokenizer.Save(Path.Combine(_training, ModelFolder.Tokenizer));
        if (!_options.Resume) RunSettings.Save(_options, _training);
        TokenCorpus train = MailCorpora.Encode(mail.Train, tokenizer, null, done => reporter.Count(TrainingStage.Tokenizing, done, mail.Train.Count), cancellation);
        TokenCorpus valid = MailCorpora.Encode(mail.Valid, tokenizer, _options.Preset.ValidationTokens, _ => { }, cancellation);
        CountPhrases(mail, train, new MailPrompt(tokenizer), reporter, cancellation);
        int trainMails = mail.Train.Count;
        mail.Train.Clear(); // The text is not needed any more, and may be large.

        LstmLanguageModel model = GetModel(tokenizer.VocabularySize);
        BatchOptions batches = Batches(train);
        using LanguageModelTask task = new(model, train, batches, valid, _options.Team);
        AdamW optimizer = new(model.Parameters);
        if (_options.Team is { } team) optimizer.Team = team;
        ModelExport export = new(_options.Out, model, tokenizer, new ModelCard(_options, batches, train, valid));
        Trainer trainer = new(task, optimizer, TrainerOptionsFor(task),
        [
            new EarlyStopping(_options.Patience), export,
            new CsvLog(Path.Combine(_training, LogFile)), new CurveLog(Path.Combine(_training, CurvesFile), "Mail model"),
            new Checkpointing(Path.Combine(_training, StateFile), _options.CheckpointInterval),
        ]);
        if (_options.Resume) trainer.Restore(Path.Combine(_training, StateFile));
        StopReason reason = trainer.Run(reporter, pause, cancellation);
        if (trainer.Best is null)
            throw new InvalidDataException($"Training: no usable model came out. {trainer.Divergence?.ToString() ?? $"It ended as {reason} with a loss of {trainer.Last.Loss:0.###}."} Try a lower learning rate or more mail.");
        CalibrationReport? calibration = Calibrate(mail, reason, reporter, cancellation);
        reporter.Count(TrainingStage.Saving, 0, 0);
        export.Finish(trainer, reason, calibration);
        return new MailTrainingResult
        {
            Reason = reason, Folder = _options.Out, Steps = trainer.Step, BestStep = trainer.BestStep, Elapsed = trainer.Elapsed,
            Divergence = trainer.Divergence, Curves = Path.Combine(_training, CurvesFile),
            ValidationLoss = trainer.Best.Loss, BitsPerCharacter = trainer.Best.BitsPerCharacter,
            TrainingMails = trainMails, ValidationMails = mail.Valid.Count, TrainingTokens = train.TokenCount, Calibration = calibration, Mail = mail.Report,
        };
    }
}
