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
        if (!_written && trainer.Best is { } best && !File.Exists(Path.Combine(folder, ModelFiles.Config))) Write(trainer, best);
    }

    private void Write(Trainer trainer, ValidationResult result)
    {
        string training = Path.Combine(folder, ModelFiles.Training);
        ModelCheckpoint.Save(Path.Combine(training, ModelFiles.TrainingWeights), model.Parameters);
        QuantizedWeights.Save(Path.Combine(folder, ModelFiles.Weights), model.Parameters);
        File.Copy(Path.Combine(training, ModelFiles.Tokenizer), Path.Combine(folder, ModelFiles.Tokenizer), overwrite: true);
        AtomicFile.WriteText(Path.Combine(folder, ModelFiles.Card), card.Write(model, tokenizer, trainer, result));
        new ModelManifest { Model = model.Config, BitsPerCharacter = result.BitsPerCharacter }.Save(folder);
        _written = true;
    }
}
