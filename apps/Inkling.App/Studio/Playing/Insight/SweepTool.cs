using System.Diagnostics;
using System.Text.Json;
using Inkling.Playground;

namespace Inkling.App.Studio.Playing;

/// <summary>
/// Tries values of two fields: <c>sweep/start</c> with <c>first</c>, <c>firstValues</c>, <c>second</c>, <c>secondValues</c>, <c>epochs</c>, <c>trials</c> (0 for a grid) and <c>seed</c>,
/// <c>sweep/pause</c>, <c>sweep/go</c>.
/// </summary>
internal sealed class SweepTool(IPlayingDesk desk) : InsightTool(desk)
{
    private Sweep? _sweep;
    private string? _problem;
    private bool _running;
    private double _seconds;
    private long _lastWork;

    /// <inheritdoc/>
    public override string Name => "sweep";

    /// <inheritdoc/>
    protected override bool HasWork => _running;

    /// <inheritdoc/>
    public override void Work(TimeSpan time)
    {
        _running = _sweep!.Work(time);
        // Between slices others have their turn: that counts. A pause does not.
        long now = Stopwatch.GetTimestamp();
        _seconds += Math.Min(1, Stopwatch.GetElapsedTime(_lastWork, now).TotalSeconds);
        _lastWork = now;
        Progress();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _sweep?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override bool Ask(string verb, JsonElement? body)
    {
        switch (verb)
        {
            case "start": Start(body); break;
            case "pause": _running = false; break;
            case "go": _running = _sweep is { IsOver: false }; break;
            default: return false;
        }

        _lastWork = Stopwatch.GetTimestamp();
        TellNow();
        return true;
    }

    /// <inheritdoc/>
    protected override void TellAll()
    {
        if (_sweep is not { } sweep)
        {
            Desk.Tell(Name, JsonSerializer.SerializeToElement(new SweepAnswer { State = "none", Problem = _problem }, InsightJson.Default.SweepAnswer));
            return;
        }

        double progress = sweep.Progress;
        SweepAnswer answer = new()
        {
            State = _running ? "running" : sweep.IsOver ? "over" : "paused",
            Problem = _problem,
            First = AxisOf(sweep, sweep.First),
            Second = AxisOf(sweep, sweep.Second),
            Epochs = sweep.Epochs,
            Random = sweep.IsRandom,
            Done = sweep.Done,
            Progress = progress,
            SecondsLeft = progress > 0.01 && !sweep.IsOver ? Math.Round(_seconds * (1 - progress) / progress, 1) : null,
            Best = sweep.Best,
            Trials = [.. sweep.Trials.Select(trial => new SweepTrialAnswer(trial.First, trial.Second, trial.X, trial.Y, trial.IsDone, InsightBody.Drawn(trial.TestLoss)))],
        };
        Desk.Tell(Name, JsonSerializer.SerializeToElement(answer, InsightJson.Default.SweepAnswer));
    }

    private static SweepAxisAnswer AxisOf(Sweep sweep, SweepAxis axis) => new(
        axis.Field, TunedFields.Find(axis.Field)!.Label, axis.Values,
        [.. axis.Values.Select((value, i) => sweep.IsRandom ? axis.PlaceOf(value) : i / (axis.Values.Count - 1.0))]);

    private void Start(JsonElement? body)
    {
        SweepAxis first = new(body.Text("first") ?? "", body.Texts("firstValues")), second = new(body.Text("second") ?? "", body.Texts("secondValues"));
        int epochs = body.Whole("epochs") ?? 0, trials = body.Whole("trials") ?? 0;
        _problem = Sweep.Refuses(Desk.Run.Setup, first, second, epochs, trials);
        if (_problem is not null) return;
        _sweep?.Dispose();
        _sweep = new Sweep(Desk.Run.Setup, first, second, epochs, trials, (uint)(body.Whole("seed") ?? 1));
        _running = true;
        _seconds = 0;
    }
}
