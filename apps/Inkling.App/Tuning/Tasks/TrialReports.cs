using Inkling.Training;
using Inkling.Tuning;

namespace Inkling.App.Tuning.Tasks;

/// <summary>Tells a trial how training goes, epoch after epoch, and ends training when the trial is hopeless.</summary>
internal sealed class TrialReports(Trial trial, string metric, int epochs) : TrainingCallback
{
    /// <inheritdoc/>
    public override void OnValidated(Trainer trainer, ValidationResult result, bool improved)
    {
        int epoch = (int)Math.Round(trainer.Epoch);
        trial.AddCost(1);
        trial.Report(result[metric], epoch);
        if (epoch < epochs && trial.ShouldPrune) trial.Prune();
    }
}
