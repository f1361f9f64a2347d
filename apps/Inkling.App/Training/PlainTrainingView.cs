using Inkling.Mail;

namespace Inkling.App.Training;

/// <summary>One line at every new stage, every validation and every ten seconds between: for logs and pipes.</summary>
internal sealed class PlainTrainingView(TextWriter output, TimeProvider? time = null) : ITrainingView
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private string? _stage;
    private double? _validation;
    private long _last;

    /// <inheritdoc/>
    public void Report(TrainingReport value)
    {
        lock (_lock)
        {
            // A validation shows itself by its figure, in the report that follows it.
            bool stage = value.Stage != _stage && value.Stage != TrainingStage.Validating && _stage != TrainingStage.Validating;
            bool validated = value.ValidationLoss is not null && value.ValidationLoss != _validation;
            bool due = stage || validated || _time.GetElapsedTime(_last) >= Interval;
            _stage = value.Stage;
            if (!due)
            {
                return;
            }

            (_validation, _last) = (value.ValidationLoss, _time.GetTimestamp());
            output.WriteLine(TrainingWords.Line(value));
        }
    }

    /// <inheritdoc/>
    public void Say(string line)
    {
        lock (_lock)
        {
            output.WriteLine(line);
        }
    }

    /// <inheritdoc/>
    public void Stopping() => Say("stopping: keeping the best model ...");

    /// <inheritdoc/>
    public void Dispose() => output.Flush();
}
