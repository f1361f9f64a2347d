using Inkling.Nn.Checkpoints;

namespace Inkling.Training.Logs;

/// <summary>Keeps a picture of the curves of a run up to date beside it: an SVG file, written anew at each validation.</summary>
/// <param name="path">The file.</param>
/// <param name="title">What the run is.</param>
public sealed class CurveLog(string path, string title) : TrainingHistory
{
    /// <inheritdoc/>
    protected override void OnRecorded(Trainer trainer, EpochRecord record) => AtomicFile.WriteText(path, Draw(title));
}
