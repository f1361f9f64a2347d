using Inkling.Training;

namespace Inkling.Mail;

/// <summary>Turns what the stages report into <see cref="TrainingReport"/>s, a few a second at most.</summary>
internal sealed class TrainingReporter(IProgress<TrainingReport>? progress) : IProgress<TrainerProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.25);

    private readonly long _started = TimeProvider.System.GetTimestamp();
    private string? _stage;
    private long _last;

    /// <summary>Reports how many of how many (0 when not known) are done in a stage before training.</summary>
    public void Count(string stage, long done, long all)
    {
        bool due = stage != _stage || done == all || TimeProvider.System.GetElapsedTime(_last) >= Interval;
        if (progress is null || !due) return;
        _stage = stage;
        _last = TimeProvider.System.GetTimestamp();
        progress.Report(new TrainingReport { Stage = stage, Step = done, Steps = all, Elapsed = TimeProvider.System.GetElapsedTime(_started) });
    }

    /// <inheritdoc/>
    public void Report(TrainerProgress value) => progress?.Report(new TrainingReport
    {
        Stage = value.Validating ? TrainingStage.Validating : TrainingStage.Training,
        Step = value.Step,
        Steps = value.Steps,
        Epoch = value.Epoch,
        Loss = value.Loss,
        ValidationLoss = value.Validation?.Loss,
        BestValidationLoss = value.BestLoss,
        BitsPerCharacter = value.Validation?.BitsPerCharacter,
        LearningRate = value.LearningRate,
        TokensPerSecond = value.ItemsPerSecond,
        Elapsed = value.Elapsed,
        Remaining = value.Remaining,
    });
}
