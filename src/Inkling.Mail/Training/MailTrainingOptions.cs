namespace Inkling.Mail;

/// <summary>What <see cref="MailTraining"/> is to do.</summary>
public sealed record MailTrainingOptions
{
    /// <summary>The mail to learn from: <c>.eml</c>, <c>.mbox</c>, Maildirs, folders of these, <c>.jsonl</c>, <c>.jsonl.gz</c>.</summary>
    public required IReadOnlyList<string> Mail { get; init; }

    /// <summary>Where the model goes. A model that is there is replaced once the new one has been validated for the first time.</summary>
    public required string Out { get; init; }

    /// <summary>Further mail by others, such as mailing lists, that teaches general language. Never used for validation. Default: none.</summary>
    public IReadOnlyList<string> Background { get; init; } = [];

    /// <summary>The share of <see cref="Background"/> that each pass reads, a different one each time; more than 0, at most 1,000. Default: 0.25.</summary>
    public double BackgroundWeight { get; init; } = 0.25;

    /// <summary>Mail to validate on. Default: the newest tenth of <see cref="Mail"/>.</summary>
    public IReadOnlyList<string> Valid { get; init; } = [];

    /// <summary>The address of the writer, to tell own mail from others'.</summary>
    public string? Me { get; init; }

    /// <summary>The folder of a model to train on from; its tokenizer and sizes are kept. Default: none, a new model.</summary>
    public string? From { get; init; }

    /// <summary>Sizes and pace. With <see cref="From"/> only the pace counts. Default: <see cref="TrainingPreset.Small"/>.</summary>
    public TrainingPreset Preset { get; init; } = TrainingPreset.Small;

    /// <summary>
    /// Passes over the mail, more than 0, parts of a pass included; null for what the preset says. The learning rate falls over all of them, so
    /// a run of more passes is another run from its first step on.
    /// </summary>
    public double? Epochs { get; init; }

    /// <summary>
    /// The longest time to train, in minutes, more than 0; null for no limit. Validation counts; reading, preparing, calibrating and pauses do
    /// not. It is a limit, not a wish: the run also ends when its passes are done or validation stops improving. The learning rate follows
    /// whichever of time and passes is further on, so that it has always come down when the run ends.
    /// </summary>
    public double? Minutes { get; init; }

    /// <summary>Decides everything random; the same seed and mail give the same model, bit for bit, unless time limits the run. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Goes on with the interrupted run in <see cref="Out"/>, with the same mail. Preset, rate, passes, seed and the weight of the background are those it was begun with
    /// (<see cref="Resumed"/>); a rate or passes that are given must be the same.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>
    /// Validations without improvement after which training stops, 1 or more. Default: 5. There are two validations in a pass, but 25 steps lie
    /// between two at least and 1,000 at most; under a time limit there are sixteen in all. However the run ends, the best one is kept.
    /// </summary>
    public int Patience { get; init; } = 5;

    /// <summary>Time between checkpoints. Default: two minutes.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How much work goes into calibrating the finished model. Default: about a minute at most.</summary>
    public CalibrationOptions Calibration { get; init; } = new();

    /// <summary>The highest learning rate; null for what the preset says.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The threads to compute with; null for all cores. Results do not depend on it.</summary>
    public Numerics.Team? Team { get; init; }

    /// <summary>These options with what the interrupted run in <see cref="Out"/> was begun with; as they are without <see cref="Resume"/>.</summary>
    /// <exception cref="Nn.Checkpoints.CheckpointException">The rate or the passes that are given are not those of the run, or what it left is damaged.</exception>
    public MailTrainingOptions Resumed() => Resume ? RunSettings.Adopt(this, Path.Combine(Out, ModelFolder.Training)) : this;

    /// <summary>The highest learning rate of the run.</summary>
    internal double HighestRate => LearningRate ?? (From is null ? Preset.LearningRate : Preset.ContinuedLearningRate ?? Preset.LearningRate / 2);
}
