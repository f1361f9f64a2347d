using System.Globalization;
using Inkling.App.Training;
using Inkling.Mail;

namespace Inkling.App.Searching;

/// <summary>One line that is overwritten on a terminal, a line every five seconds elsewhere.</summary>
internal sealed class IndexProgressLine(TextWriter output, bool terminal) : IProgress<MailIndexProgress>
{
    private const int Width = 24;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5), s_redraw = TimeSpan.FromMilliseconds(150);

    private long _last;

    /// <inheritdoc/>
    public void Report(MailIndexProgress value)
    {
        bool done = value.Stage == MailIndexStage.Done;
        bool due = _last == 0 || TimeProvider.System.GetElapsedTime(_last) >= (terminal ? s_redraw : s_interval);
        if (done && terminal && _last != 0) output.Write("\r\e[K");
        if (done || !due) return;
        _last = TimeProvider.System.GetTimestamp();
        string line = Line(value);
        if (terminal) output.Write($"\r\e[K{line}");
        else output.WriteLine(line);
    }

    private static string Line(MailIndexProgress value)
    {
        int full = (int)Math.Clamp(value.Share * Width, 0, Width);
        string bar = new string('━', full) + new string('─', Width - full), left = value.Remaining is { } time ? $", {TrainingWords.Time(time)} left" : "";
        double rate = value.Stage == MailIndexStage.Reading && value.Elapsed.TotalSeconds > 0.5 ? value.Added / value.Elapsed.TotalSeconds : 0;
        string speed = rate > 0 ? string.Create(CultureInfo.InvariantCulture, $", {rate:#,0} mails/s") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{(value.Stage == MailIndexStage.Reading ? "reading" : "indexing")} {bar} {value.Share:P0}  {value.Mails:#,0} mails{speed}{left}");
    }
}
