using System.Text.Json.Nodes;
using Inkling.Language;
using Inkling.Nn.Checkpoints;
using Inkling.Text;
using Inkling.Training;

namespace Inkling.Mail;

/// <summary>
/// Writes the model folder whenever validation finds a new best, so that a run that is killed leaves a model that works. Each file is
/// written in one stroke, <c>config.json</c> last.
/// </summary>
internal sealed class ModelExport(string folder, LstmLanguageModel model, Tokenizer tokenizer, ModelCard card) : TrainingCallback
{
    private bool _written;

    /// <inheritdoc/>
    public override void OnValidated(Trainer trainer, ValidationResult result, bool improved)
    {
        if (improved) Write(trainer);
    }

    /// <inheritdoc/>
    public override void OnFinished(Trainer trainer)
    {
        // Without a new best in this part of the run, a resumed run has its folder already; otherwise it is written now.
        if (!_written && trainer.Best is not null && !File.Exists(Path.Combine(folder, ModelConfig.FileName))) Write(trainer);
    }

    /// <summary>Says in the folder how the run ended.</summary>
    public void Finish(Trainer trainer, StopReason reason, CalibrationReport? calibration)
    {
        WriteCard(trainer, reason, calibration);
        JsonObject figures = Figures(trainer);
        if (calibration is not null)
        {
            figures["coverage"] = Math.Round(calibration.Coverage, 4);
            figures["precisionWhenShown"] = Math.Round(calibration.Precision, 4);
            figures["calibrationError"] = Math.Round(calibration.Calibration.ExpectedCalibrationError, 4);
        }

        (ModelConfig.Load(folder) with { Training = figures }).Save(folder);
    }

    private void Write(Trainer trainer)
    {
        string training = Path.Combine(folder, ModelFolder.Training);
        ModelCheckpoint.Save(Path.Combine(training, MailTraining.WeightsFile), model.Parameters);
        QuantizedWeights.Save(Path.Combine(folder, ModelFolder.Weights), model.Parameters);
        Copy(training, ModelFolder.Tokenizer);
        Copy(training, ModelFolder.NGrams);
        WriteCard(trainer, null, null);
        new ModelConfig { Architecture = ModelArchitecture.Of(model.Config), Training = Figures(trainer) }.Save(folder);
        _written = true;
    }

    private void WriteCard(Trainer trainer, StopReason? reason, CalibrationReport? calibration) =>
        AtomicFile.WriteText(Path.Combine(folder, ModelFolder.Card), card.Write(folder, model, tokenizer, trainer, reason, calibration));

    private JsonObject Figures(Trainer trainer) => new()
    {
        ["preset"] = card.Options.Preset.Name,
        ["seed"] = card.Options.Seed,
        ["mails"] = card.Train.Count,
        ["characters"] = card.Train.BodyCharacters,
        ["bestStep"] = trainer.BestStep,
        ["steps"] = trainer.Step,
        ["passes"] = Math.Round(trainer.Epoch, 3),
        ["tokensSeen"] = card.TokensSeen(trainer),
        ["minutes"] = Math.Round(trainer.Elapsed.TotalMinutes, 2),
        ["validationLoss"] = trainer.Best is { } best ? Math.Round(best.Loss, 4) : null,
        ["bitsPerCharacter"] = trainer.Best?.BitsPerCharacter is { } bits ? Math.Round(bits, 4) : null,
    };

    private void Copy(string from, string name) => AtomicFile.Write(Path.Combine(folder, name), target =>
    {
        using FileStream source = File.OpenRead(Path.Combine(from, name));
        source.CopyTo(target);
    });
}
