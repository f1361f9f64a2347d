using System.Globalization;
using Inkling.App.Running;
using Inkling.App.Training;
using Inkling.Tuning;
using Spectre.Console;
using Spectre.Console.Rendering;
using Label = Spectre.Console.Text;

namespace Inkling.App.Tuning;

/// <summary>A table on the terminal that is redrawn a few times a second: progress, the best so far, and the newest trials.</summary>
internal sealed class LiveTuneView : LiveView, ITuneView
{
    private const int BarWidth = 32, Newest = 8;

    private readonly string _title;
    private readonly int _total;
    private TrialWatch? _watch;
    private TimeSpan _elapsed;
    private int _before = -1, _waits;

    public LiveTuneView(string title, int total, IAnsiConsole? console = null)
        : base(console)
    {
        (_title, _total) = (title, total);
        Start();
    }

    /// <inheritdoc/>
    public void Show(TrialWatch watch, TimeSpan elapsed)
    {
        lock (Drawn)
        {
            (_watch, _elapsed) = (watch, elapsed);
            if (_before < 0) _before = watch.Trials.Count(trial => trial.IsFinished);
        }
    }

    /// <inheritdoc/>
    public void Wait(int trials)
    {
        lock (Drawn) _waits = trials;
    }

    protected override IRenderable Render()
    {
        if (_watch is null) return new Label(_title);
        TuneProgress progress = TuneProgress.Of(_watch.Trials, _watch.Study.Specification.Directions);
        return new Rows(new Panel(Figures(progress)).Header(IsStopping ? "stopping: trials that have begun are given back" : Markup.Escape(_title)).RoundedBorder(), Trials(_watch));
    }

    private Grid Figures(TuneProgress progress)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        void Row(string name, string value) => grid.AddRow(new Label(name, new Style(decoration: Decoration.Dim)), new Label(value));

        int full = _total == 0 ? 0 : Math.Clamp(progress.Finished * BarWidth / _total, 0, BarWidth);
        Row("trials", $"{new string('━', full)}{new string('─', BarWidth - full)} {TuneWords.Counts(progress, _total)}");
        TimeSpan? left = progress.Remaining(progress.Finished - _before, _elapsed, _total);
        Row("time", TrainingWords.Time(_elapsed) + (left is { } time ? $" gone, {TrainingWords.Time(time)} left" : " gone"));
        if (progress.Best is [var best])
        {
            Row("best", $"{TuneWords.Values(best)} in trial {best.Number}");
            Row("", TuneWords.Parameters(best));
        }
        else
        {
            Row("best", progress.Best.Length == 0 ? "not yet" : string.Create(CultureInfo.InvariantCulture, $"{progress.Best.Length} trials, none better than another in everything"));
        }

        Row("", IsStopping ? "" : _waits > 0 ? TuneWords.Wait(_waits) : "Ctrl+C stops; --resume goes on");
        return grid;
    }

    private static Table Trials(TrialWatch watch)
    {
        Table table = new Table().RoundedBorder().AddColumns(new TableColumn("trial").RightAligned(), new TableColumn("state"), new TableColumn("value").RightAligned(), new TableColumn("time").RightAligned(), new TableColumn("parameters"));
        foreach (TrialRecord trial in watch.Trials.TakeLast(Newest))
        {
            table.AddRow(new Label(trial.Number.ToString(CultureInfo.InvariantCulture)), new Label(TuneWords.State(trial.State)),
                new Label(trial is { State: TrialState.Running, LastStep: { } step } ? $"{TuneWords.Value(trial.Intermediate[step])} at {step}" : TuneWords.Values(trial)),
                new Label(trial.Duration is { } time ? TrainingWords.Time(time) : ""), new Label(trial.Error?.ReplaceLineEndings(" ") ?? TuneWords.Parameters(trial)));
        }

        return table;
    }
}
