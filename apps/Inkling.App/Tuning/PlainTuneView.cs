using System.Globalization;
using Inkling.App.Training;
using Inkling.Tuning;

namespace Inkling.App.Tuning;

/// <summary>A line for every trial that has ended: for logs and pipes.</summary>
internal sealed class PlainTuneView : ITuneView
{
    private readonly TextWriter _output;
    private readonly int _total;
    private readonly HashSet<int> _told = [];
    private int _before = -1;

    public PlainTuneView(TextWriter output, string title, int total)
    {
        (_output, _total) = (output, total);
        output.WriteLine(title);
    }

    /// <inheritdoc/>
    public void Show(TrialWatch watch, TimeSpan elapsed)
    {
        TrialRecord[] news = [.. watch.Trials.Where(trial => trial.IsFinished && _told.Add(trial.Number)).OrderBy(trial => trial.Finished)];
        if (_before < 0)
        {
            // What was there before this run is not told again.
            _before = news.Length;
            if (_before > 0) _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"going on after {_before:#,0} trials"));
            return;
        }

        if (news.Length == 0) return;
        TuneProgress progress = TuneProgress.Of(watch.Trials, watch.Study.Specification.Directions);
        string left = progress.Remaining(_told.Count - _before, elapsed, _total) is { } time && progress.Finished < _total ? $", {TrainingWords.Time(time)} left" : "";
        string best = progress.Best is [var one] ? $"; best {TuneWords.Values(one)} in trial {one.Number}" : progress.Best.Length > 1 ? $"; {progress.Best.Length} on the front" : "";
        foreach (TrialRecord trial in news)
            _output.WriteLine($"trial {trial.Number}: {TuneWords.State(trial.State)} {TuneWords.Values(trial)} ({TuneWords.Parameters(trial)}){(trial.Error is { } error ? $": {error.ReplaceLineEndings(" ")}" : "")}");
        _output.WriteLine($"{TuneWords.Counts(progress, _total)}{best}{left}");
    }

    /// <inheritdoc/>
    public void Wait(int trials)
    {
        if (trials > 0) _output.WriteLine(TuneWords.Wait(trials));
    }

    /// <inheritdoc/>
    public void Stopping() => _output.WriteLine("stopping: trials that have begun are given back ...");

    /// <inheritdoc/>
    public void Dispose() => _output.Flush();
}
