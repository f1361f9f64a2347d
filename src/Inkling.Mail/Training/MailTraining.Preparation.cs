using System.Runtime.InteropServices;
using Inkling.Language;
using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Text;
using Inkling.Training;

namespace Inkling.Mail;

/// <summary>What a run needs before its first step: a place to write to, tokenizer, phrases, model, layout.</summary>
public sealed partial class MailTraining
{
    /// <summary>Finds out what can be known to fail before mail is read, which may take minutes.</summary>
    private void CheckStart()
    {
        if (_options.Resume && !File.Exists(Path.Combine(_training, StateFile)))
            throw new CheckpointException($"There is no interrupted run in '{_options.Out}' to go on with: it has no {ModelFolder.Training}/{StateFile}. Start without --resume.");
        if (!_options.Resume && (File.Exists(Path.Combine(_options.Out, ModelConfig.FileName)) || File.Exists(Path.Combine(_training, StateFile))))
            throw new CheckpointException($"'{_options.Out}' holds a model or an interrupted run already, which would be lost. Name another folder with --out, or go on with --resume.");
        if (_options is { Resume: false, From: { } from })
        {
            ModelConfig.Load(from);
            ModelFolder.LoadTokenizer(from);
        }

        AtomicFile.CheckWritable(_training);
        _options = _options.Resumed();
    }

    private Tokenizer GetTokenizer(MailCollection mail, TrainingReporter reporter, CancellationToken cancellation)
    {
        if (_options.Resume) return ModelFolder.LoadTokenizer(_training);
        if (_options.From is { } from) return ModelFolder.LoadTokenizer(from);
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
        string path = Path.Combine(_training, ModelFolder.NGrams);
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
            trainer.Add(CollectionsMarshal.AsSpan(tokens), byAuthor ? mail.Train[i].Author : null);
            if (i % 100 == 0) reporter.Count(TrainingStage.Counting, i, end);
        }

        trainer.Train(cancellation).Save(path);
    }

    /// <summary>A new model, the model to go on from, or that of the interrupted run (whose weights come with its state).</summary>
    private LstmLanguageModel GetModel(int vocabulary)
    {
        TrainingPreset preset = _options.Preset;
        LstmLanguageModelConfig config =
            _options.Resume ? ModelConfig.Load(_training).Architecture.ToModel()
            : _options.From is { } source ? ModelConfig.Load(source).Architecture.ToModel() with { Dropout = preset.Dropout }
            : new() { VocabularySize = vocabulary, EmbeddingWidth = preset.EmbeddingWidth, HiddenWidth = preset.HiddenWidth, Layers = preset.Layers, Dropout = preset.Dropout };
        if (config.VocabularySize != vocabulary)
            throw new CheckpointException($"In '{(_options.Resume ? _training : _options.From)}' the tokenizer has {vocabulary} tokens, but {ModelConfig.FileName} says {config.VocabularySize}. Copy or train the model again.");
        LstmLanguageModel model = new LstmLanguageModel(config).Build(_options.Seed);
        if (!_options.Resume && _options.From is { } from) LoadWeights(from, model);
        new ModelConfig { Architecture = ModelArchitecture.Of(config) }.Save(_training);
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
            LearningRate = _options.HighestRate,
            WarmupSteps = (int)Math.Clamp(total / 20, 1, 200),
            // Under a time limit, steps say little about how far the run is.
            ValidateEvery = duration is null ? (long)Math.Clamp(task.StepsPerEpoch / 2.0, 25, 1_000) : long.MaxValue,
            ValidateInterval = duration / 16,
        };
    }
}
