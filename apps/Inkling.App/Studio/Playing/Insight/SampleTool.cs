using System.Text.Json;
using Inkling.Playground;

namespace Inkling.App.Studio.Playing;

/// <summary>The arithmetic of one training point: <c>sample/choose</c> with <c>at</c>, its place, or with <c>x</c> and <c>y</c>, for the point nearest there.</summary>
internal sealed class SampleTool(IPlayingDesk desk) : InsightTool(desk)
{
    private const int MapSide = 48;

    private SampleArithmetic? _arithmetic;
    private OutputMap? _map;
    private int _at;

    /// <inheritdoc/>
    public override string Name => "sample";

    /// <inheritdoc/>
    protected override bool FollowsRun => true;

    /// <inheritdoc/>
    public override void Begin()
    {
        Forget();
        _at = Math.Min(_at, Desk.Run.Points.Training.Count - 1);
        Progress();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Forget();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override bool Ask(string verb, JsonElement? body)
    {
        if (verb != "choose") return false;
        IReadOnlyList<LabelledPoint> points = Desk.Run.Points.Training;
        if (body.Whole("at") is { } at && (uint)at < (uint)points.Count) _at = at;
        else if (body.Number("x") is { } x && body.Number("y") is { } y) _at = Enumerable.Range(0, points.Count).MinBy(i => Math.Pow(points[i].X - x, 2) + Math.Pow(points[i].Y - y, 2));
        if (IsOpen) TellNow();
        return true;
    }

    /// <inheritdoc/>
    protected override void TellAll()
    {
        _arithmetic ??= new SampleArithmetic(Desk.Run);
        _map ??= new OutputMap(Desk.Run, MapSide);
        SampleSheet sheet = _arithmetic.Compute(_at);
        SampleAnswer answer = new(
            _at, InsightBody.Drawn(sheet.Point.X), InsightBody.Drawn(sheet.Point.Y), InsightBody.Drawn(sheet.Point.Label), InsightBody.Drawn(sheet.Loss), MapSide,
            [.. sheet.Steps.Select(step => new SampleStepAnswer(step.Phase.ToString().ToLowerInvariant(), step.Title, step.Explains, [.. step.Lines.Select(line => new SampleLineAnswer(line.Name, line.Formula, line.Numbers, InsightBody.Drawn(line.Value)))]))]);
        _map.Update();
        Desk.Tell(Name, JsonSerializer.SerializeToElement(answer, InsightJson.Default.SampleAnswer), _map.Bytes);
    }

    private void Forget()
    {
        _arithmetic?.Dispose();
        _arithmetic = null;
        _map = null;
    }
}
