namespace Inkling.Training;

/// <summary>
/// Writes the whole state of the run to one file every so often, after each validation that improved, and at the end, so that <see cref="Trainer.Restore"/> can go on from there as if nothing had happened.
/// </summary>
/// <remarks>Give it to the trainer after <see cref="EarlyStopping"/>, so that a new best is in the checkpoint that follows it.</remarks>
/// <param name="path">The file; replaced each time, in one stroke.</param>
/// <param name="interval">Time between checkpoints.</param>
public sealed class Checkpointing(string path, TimeSpan interval) : TrainingCallback
{
    private TimeSpan _last;

    /// <inheritdoc/>
    public override void OnStarted(Trainer trainer) => _last = trainer.Elapsed;

    /// <inheritdoc/>
    public override void OnStep(Trainer trainer)
    {
        if (trainer.Elapsed - _last >= interval) Write(trainer);
    }

    /// <inheritdoc/>
    public override void OnValidated(Trainer trainer, ValidationResult result, bool improved)
    {
        if (improved) Write(trainer);
    }

    /// <inheritdoc/>
    public override void OnStopping(Trainer trainer, StopReason reason)
    {
        if (reason != StopReason.Diverged) Write(trainer);
    }

    private void Write(Trainer trainer)
    {
        if (!trainer.CheckParameters()) return;
        trainer.Save(path);
        _last = trainer.Elapsed;
    }
}
