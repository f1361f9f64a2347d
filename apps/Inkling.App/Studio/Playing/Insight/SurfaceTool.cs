using System.Runtime.InteropServices;
using System.Text.Json;
using Inkling.Playground;

namespace Inkling.App.Studio.Playing;

/// <summary>The loss over a plane through the weights: <c>surface/draw</c> with <c>kind</c> (<c>path</c>, <c>random</c> or <c>ends</c>) and <c>seed</c>, <c>surface/stop</c>, <c>surface/go</c>.</summary>
internal sealed class SurfaceTool(IPlayingDesk desk, RaceTool race) : InsightTool(desk)
{
    private LossSurface? _surface;
    private PlaneKind _asked;
    private bool _running;

    /// <inheritdoc/>
    public override string Name => "surface";

    /// <inheritdoc/>
    protected override bool HasWork => _running;

    /// <inheritdoc/>
    protected override bool FollowsRun => _surface is not null;

    /// <inheritdoc/>
    public override void Begin()
    {
        Forget();
        Progress();
    }

    /// <inheritdoc/>
    public override void Work(TimeSpan time)
    {
        _running = _surface!.Work(time);
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
        switch (verb)
        {
            case "draw":
                Forget();
                _asked = body.Text("kind") switch { "path" => PlaneKind.Path, "ends" => PlaneKind.Ends, _ => PlaneKind.Random };
                _surface = new LossSurface(Desk.Run, _asked, (uint)(body.Whole("seed") ?? 1), race.Race?.Racers ?? []);
                _running = true;
                break;
            case "stop": _running = false; break;
            case "go": _running = _surface is { } surface && surface.Done < surface.Total; break;
            default: return false;
        }

        TellNow();
        return true;
    }

    /// <inheritdoc/>
    protected override void TellAll()
    {
        if (_surface is not { } surface)
        {
            Desk.Tell(Name, JsonSerializer.SerializeToElement(new SurfaceAnswer { State = "none" }, InsightJson.Default.SurfaceAnswer));
            return;
        }

        // A racer of a race that has ended since is gone with it.
        bool racing = race.Race is { } now && surface.Others.Count > 0 && now.Racers.Contains(surface.Others[0]);
        SurfaceAnswer answer = new()
        {
            State = _running ? "running" : surface.Done < surface.Total ? "paused" : "done",
            Asked = _asked.ToString().ToLowerInvariant(),
            Kind = surface.Kind.ToString().ToLowerInvariant(),
            Kept = surface.Kept,
            Side = LossSurface.Side,
            Done = surface.Done,
            Total = surface.Total,
            Loss = InsightBody.Drawn(surface.LossAt(Desk.Run.Network.Parameters.Values)),
            Paths = [Way(surface, null, Desk.Run), .. racing ? surface.Others.Select(racer => Way(surface, racer.Value, racer.Run)) : []],
            Field = racing ? race.Race!.Field : null,
            Valleys = [.. surface.Valleys().Select(valley => new SurfaceValleyAnswer(InsightBody.Drawn(valley.X), InsightBody.Drawn(valley.Y), InsightBody.Drawn(valley.Loss), valley.IsGood))],
        };
        Desk.Tell(Name, JsonSerializer.SerializeToElement(answer, InsightJson.Default.SurfaceAnswer), MemoryMarshal.AsBytes(surface.Losses.Span).ToArray());
    }

    private static SurfacePathAnswer Way(LossSurface surface, string? value, PlaygroundRun run)
    {
        List<double?> points = [];
        foreach (PathMoment moment in run.Path?.Moments ?? [])
        {
            if (moment.Step < run.Step) Add(moment.Values);
        }

        Add(run.Network.Parameters.Values);
        return new SurfacePathAnswer(value, [.. points]);

        void Add(ReadOnlySpan<float> weights)
        {
            (float x, float y) = surface.Place(weights);
            if (!float.IsFinite(x) || !float.IsFinite(y)) return;
            points.Add(MathF.Round(x, 4));
            points.Add(MathF.Round(y, 4));
        }
    }

    private void Forget()
    {
        _surface?.Dispose();
        _surface = null;
        _running = false;
    }
}
