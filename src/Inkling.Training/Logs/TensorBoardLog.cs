using Inkling.Training.Metrics;

namespace Inkling.Training.Logs;

/// <summary>Logs a run for TensorBoard: training loss, learning rate and gradient norm every so many steps; validation loss, metrics and, if wanted, histograms of the weights at each validation.</summary>
/// <param name="folder">The folder of the run.</param>
/// <param name="every">Steps between entries, at least 1. Default: 50.</param>
/// <param name="histograms">Whether the distribution of each parameter is logged. Default: no.</param>
public sealed class TensorBoardLog(string folder, int every = 50, bool histograms = false) : TrainingHistory, IDisposable
{
    private readonly int _every = every >= 1 ? every : throw new ArgumentOutOfRangeException(nameof(every), every, "TensorBoardLog: there must be 1 step or more between entries.");
    private TensorBoardWriter? _writer;

    private TensorBoardWriter Writer => _writer ??= new TensorBoardWriter(folder);

    /// <inheritdoc/>
    public override void OnStep(Trainer trainer)
    {
        base.OnStep(trainer);
        if (trainer.Step % _every != 0) return;
        Writer.Scalar("loss/step", trainer.Step, trainer.Last.Loss);
        Writer.Scalar("optimizer/learning_rate", trainer.Step, trainer.LearningRate);
        Writer.Scalar("optimizer/gradient_norm", trainer.Step, trainer.GradientNorm);
    }

    /// <inheritdoc/>
    public override void OnFinished(Trainer trainer) => Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer?.Dispose();
        _writer = null;
    }

    /// <inheritdoc/>
    protected override void OnRecorded(Trainer trainer, EpochRecord record)
    {
        Writer.Scalar("loss/training", record.Step, record.TrainingLoss);
        Writer.Scalar("loss/validation", record.Step, record.ValidationLoss);
        foreach (MetricValue metric in record.Metrics) Writer.Scalar("validation/" + metric.Name, record.Step, metric.Value);
        if (!histograms) return;
        foreach (Parameter parameter in trainer.Parameters) Writer.Histogram("parameters/" + parameter.Name, record.Step, parameter.Values);
    }
}
