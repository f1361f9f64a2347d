using System.Globalization;
using Inkling.App.Training;
using Inkling.Mail;

namespace Inkling.App.Evaluating;

/// <summary>One line that is overwritten on a terminal, a line every ten seconds elsewhere.</summary>
internal sealed class EvaluationProgressLine(TextWriter output) : IProgress<EvaluationProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly bool _terminal = !Console.IsErrorRedirected;
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private long _last = TimeProvider.System.GetTimestamp();

    /// <inheritdoc/>
    public void Report(EvaluationProgress value)
    {
        bool due = _terminal || TimeProvider.System.GetElapsedTime(_last) >= Interval;
        if (!due)
        {
            return;
        }

        _last = TimeProvider.System.GetTimestamp();
        TimeSpan left = TimeProvider.System.GetElapsedTime(_started) * ((double)(value.Total - value.Mails) / value.Mails);
        string line = string.Create(CultureInfo.InvariantCulture,
            $"mail {value.Mails} of {value.Total}, {value.Characters:#,0} characters, {value.WholeSavings:P1} saved, {TrainingWords.Time(left)} left");
        if (_terminal)
        {
            output.Write($"\r\e[K{line}{(value.Mails == value.Total ? "\r\e[K" : "")}");
        }
        else
        {
            output.WriteLine(line);
        }
    }
}
