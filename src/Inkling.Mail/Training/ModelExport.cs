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
        if (improved) Write(trainer, result);
    }

    /// <inheritdoc/>
    public override void OnFinished(Trainer trainer)
    {
        // Without a new best in this part of the run, a resumed run has its folder already; otherwise it is written now.
        if (!_written && trainer.Best is { } best && !File.Exists(Path.Combine(folder, ModelConfig.FileName))) Write(trainer, best);
    }

    private void Write(Trainer trainer, ValidationResult result)
    {
        string training = Path.Combine(folder, ModelFolder.Training);
        ModelCheckpoint.Save(Path.Combine(training, MailTraining.WeightsFile), model.Parameters);
        QuantizedWeights.Save(Path.Combine(folder, ModelFolder.Weights), model.Parameters);
        Copy(training, ModelFolder.Tokenizer);
        Copy(training, ModelFolder.NGrams);
        AtomicFile.WriteText(Path.Combine(folder, ModelFolder.Card), card.Write(model, tokenizer, trainer, result));
        Configuration(model, trainer, result).Save(folder);
        _written = true;
    }

    private static ModelConfig Configuration(LstmLanguageModel model, Trainer trainer, ValidationResult result) => new()
    {
        Architecture = ModelArchitecture.Of(model.Config),
        Training = new JsonObject
        {
            ["step"] = trainer.Step,
            ["epoch"] = Math.Round(trainer.Epoch, 3),
            ["validationLoss"] = Math.Round(result.Loss, 4),
            ["bitsPerCharacter"] = result.BitsPerCharacter is { } bits ? Math.Round(bits, 4) : null,
        },
    };

    private void Copy(string from, string name) => AtomicFile.Write(Path.Combine(folder, name), target =>
    {
        using FileStream source = File.OpenRead(Path.Combine(from, name));
        source.CopyTo(target);
    });
}
