using System.Globalization;
using Inkling.Nn.Checkpoints;

namespace Inkling.Training.Logs;

/// <summary>
/// Keeps the model of a run in two files: <c>best.safetensors</c>, written at each validation that improved, and <c>last.safetensors</c>, written at each
/// validation and at the end. Neither is written while a number of the model is not finite: the run is then stopped, and the files stay good.
/// </summary>
/// <param name="folder">Where the files are.</param>
public sealed class ModelFiles(string folder) : TrainingCallback
{
    /// <summary>The file of the best.</summary>
    public string Best => Path.Combine(folder, "best.safetensors");

    /// <summary>The file of the last.</summary>
    public string Last => Path.Combine(folder, "last.safetensors");

    /// <inheritdoc/>
    public override void OnValidated(Trainer trainer, ValidationResult result, bool improved)
    {
        if (improved) Write(trainer, Best, result);
        Write(trainer, Last, result);
    }

    /// <inheritdoc/>
    public override void OnValidationSkipped(Trainer trainer) => Write(trainer, Last, null);

    /// <inheritdoc/>
    public override void OnStopping(Trainer trainer, StopReason reason)
    {
        if (reason != StopReason.Diverged) Write(trainer, Last, trainer.Validation);
    }

    private static void Write(Trainer trainer, string path, ValidationResult? result)
    {
        if (!trainer.CheckParameters()) return;
        Dictionary<string, string> metadata = new() { ["step"] = trainer.Step.ToString(CultureInfo.InvariantCulture) };
        if (result is not null) metadata["validation_loss"] = result.Loss.ToString("R", CultureInfo.InvariantCulture);
        ModelCheckpoint.Save(path, trainer.Parameters, metadata);
    }
}
