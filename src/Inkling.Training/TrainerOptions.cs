using Inkling.Nn;

namespace Inkling.Training;

/// <summary>How long a <see cref="Trainer"/> trains and when it looks up.</summary>
public sealed record TrainerOptions
{
    /// <summary>Passes over the data. Default: 1.</summary>
    public double Epochs { get; init; } = 1;

    /// <summary>
    /// The longest time to train, pauses not counted; null for no limit, the default. The learning rate then follows the time: its
    /// schedule is run through by whichever of steps and time is further on, so that it always ends where it should.
    /// </summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The learning rate that warm-up ends at and the schedule scales. Default: 0.001.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the learning rate develops; null, the default, for half a cosine over the whole run down to a hundredth.</summary>
    public ISchedule? Schedule { get; init; }

    /// <summary>Steps over which the learning rate rises from 0 to what the schedule says; a twentieth of <see cref="Duration"/> at most. Default: 100.</summary>
    public int WarmupSteps { get; init; } = 100;

    /// <summary>Gradients are scaled down to this global norm when they exceed it; 0 turns that off. Default: 1.</summary>
    public float ClipNorm { get; init; } = 1;

    /// <summary>Steps between validations. Default: 1,000. There is always one at the end.</summary>
    public long ValidateEvery { get; init; } = 1_000;

    /// <summary>
    /// Time between validations, beside <see cref="ValidateEvery"/>; stretched when validation would take more than a tenth of the time. Null,
    /// the default, for none.
    /// </summary>
    public TimeSpan? ValidateInterval { get; init; }

    /// <summary>
    /// The metric of the validation that decides what is best, by its name, such as <c>accuracy</c>; null, the default, for the loss.
    /// </summary>
    public string? Monitor { get; init; }

    /// <summary>Time between progress reports. Default: half a second.</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromSeconds(0.5);
}
