using System.Globalization;
using System.Text;
using Inkling.Training.Metrics;

namespace Inkling.Training.Logs;

/// <summary>
/// Writes a row for each validation to a table: epoch, step, losses, metrics, learning rate, norm of the gradient, seconds, improved. A resumed run
/// appends to the table that is there; another one begins anew.
/// </summary>
/// <param name="path">The file.</param>
public sealed class CsvLog(string path) : TrainingHistory
{
    private bool _begun;

    /// <inheritdoc/>
    public override void OnStarted(Trainer trainer) => _begun = trainer.Step > 0 && File.Exists(path);

    /// <inheritdoc/>
    protected override void OnRecorded(Trainer trainer, EpochRecord record)
    {
        StringBuilder text = new();
        if (!_begun)
        {
            text.Append("epoch,step,training_loss,validation_loss");
            foreach (MetricValue metric in record.Metrics) text.Append(',').Append(Quoted(metric.Name));
            text.Append(",learning_rate,gradient_norm,seconds,improved\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{record.Epoch:0.####},{record.Step},{record.TrainingLoss:R},{record.ValidationLoss:R}");
        foreach (MetricValue metric in record.Metrics) text.Append(CultureInfo.InvariantCulture, $",{metric.Value:R}");
        text.Append(CultureInfo.InvariantCulture, $",{record.LearningRate:R},{record.GradientNorm:R},{record.Elapsed.TotalSeconds:0.###},{(record.Improved ? 1 : 0)}\n");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        if (_begun) File.AppendAllText(path, text.ToString());
        else File.WriteAllText(path, text.ToString());
        _begun = true;
    }

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
