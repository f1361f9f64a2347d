using System.Globalization;
using Inkling.Nn.Checkpoints;

namespace Inkling.Training.Logs;

/// <summary>Keeps what a run knew at each validation, or where one was due and nothing is held out, and draws it. Allocates once a validation.</summary>
public class TrainingHistory : TrainingCallback
{
    private readonly List<EpochRecord> _records = [];
    private double _lossSum;
    private long _targets;

    /// <summary>One for each validation, in order.</summary>
    public IReadOnlyList<EpochRecord> Records => _records;

    /// <inheritdoc/>
    public override void OnStep(Trainer trainer)
    {
        _lossSum += trainer.Last.Loss * trainer.Last.Targets;
        _targets += trainer.Last.Targets;
    }

    /// <inheritdoc/>
    public override void OnValidated(Trainer trainer, ValidationResult result, bool improved) => Add(trainer, result, improved);

    /// <inheritdoc/>
    public override void OnValidationSkipped(Trainer trainer) => Add(trainer, new ValidationResult(double.NaN), improved: false);

    /// <summary>A picture of training and validation loss against epochs, as SVG.</summary>
    /// <param name="title">What the run was.</param>
    public string Draw(string title) => CurvePicture.Draw(title, "epochs", "loss", logarithmic: false,
        new CurveSeries("training loss", [.. Records.Select(record => (record.Epoch, record.TrainingLoss))]),
        new CurveSeries("validation loss", [.. Records.Select(record => (record.Epoch, record.ValidationLoss))]));

    /// <inheritdoc/>
    public override void Save(StateWriter state) => state.Text(StateName, string.Join('\n',
        _records.Select(Line).Prepend(string.Create(CultureInfo.InvariantCulture, $"{_lossSum:R} {_targets}"))));

    /// <inheritdoc/>
    public override void Restore(StateReader state)
    {
        _records.Clear();
        string[] lines = state.Text(StateName, otherwise: "").Split('\n');
        if (lines[0].Length == 0) return;
        try
        {
            string[] sums = lines[0].Split(' ');
            (_lossSum, _targets) = (Number(sums[0]), long.Parse(sums[1], CultureInfo.InvariantCulture));
            _records.AddRange(lines.Skip(1).Select(Record));
        }
        catch (Exception error) when (error is FormatException or IndexOutOfRangeException)
        {
            throw new CheckpointException("The history of the run in its state is damaged. Start without resuming.", error);
        }
    }

    /// <summary>When a record has been added.</summary>
    protected virtual void OnRecorded(Trainer trainer, EpochRecord record)
    {
    }

    private void Add(Trainer trainer, ValidationResult result, bool improved)
    {
        EpochRecord record = new()
        {
            Epoch = trainer.Epoch,
            Step = trainer.Step,
            TrainingLoss = _targets == 0 ? double.NaN : _lossSum / _targets,
            ValidationLoss = result.Loss,
            Metrics = result.Metrics,
            LearningRate = trainer.LearningRate,
            GradientNorm = trainer.GradientNorm,
            Elapsed = trainer.Elapsed,
            Improved = improved,
        };
        _records.Add(record);
        (_lossSum, _targets) = (0, 0);
        OnRecorded(trainer, record);
    }

    private string StateName => "history." + GetType().Name;

    private static string Line(EpochRecord record) => string.Create(CultureInfo.InvariantCulture,
        $"{record.Epoch:R} {record.Step} {record.TrainingLoss:R} {record.ValidationLoss:R} {record.LearningRate:R} {record.GradientNorm:R} {record.Elapsed.Ticks} {(record.Improved ? 1 : 0)} {MetricText.Write(record.Metrics)}");

    private static EpochRecord Record(string line)
    {
        string[] parts = line.Split(' ', 9);
        return new EpochRecord
        {
            Epoch = Number(parts[0]),
            Step = long.Parse(parts[1], CultureInfo.InvariantCulture),
            TrainingLoss = Number(parts[2]),
            ValidationLoss = Number(parts[3]),
            LearningRate = Number(parts[4]),
            GradientNorm = Number(parts[5]),
            Elapsed = TimeSpan.FromTicks(long.Parse(parts[6], CultureInfo.InvariantCulture)),
            Improved = parts[7] == "1",
            Metrics = MetricText.Read(parts[8]),
        };
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
