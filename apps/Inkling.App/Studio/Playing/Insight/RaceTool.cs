using System.Text.Json;
using Inkling.Playground;

namespace Inkling.App.Studio.Playing;

/// <summary>Several runs side by side: <c>race/start</c> with <c>field</c>, <c>values</c> and <c>epochs</c>, <c>race/pause</c>, <c>race/go</c>, <c>race/take</c> with <c>index</c>.</summary>
internal sealed class RaceTool(IPlayingDesk desk) : InsightTool(desk)
{
    private bool _running;
    private string? _problem;

    /// <inheritdoc/>
    public override string Name => "race";

    /// <summary>The last race; null before the first.</summary>
    public Race? Race { get; private set; }

    /// <inheritdoc/>
    protected override bool HasWork => _running;

    /// <inheritdoc/>
    public override void Work(TimeSpan time)
    {
        _running = Race!.Work(time);
        Progress();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Race?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override bool Ask(string verb, JsonElement? body)
    {
        switch (verb)
        {
            case "start": Start(body.Text("field"), body.Texts("values"), body.Whole("epochs") ?? 0); break;
            case "pause": _running = false; break;
            case "go": _running = Race is { IsOver: false }; break;
            case "take": return Take(body.Whole("index") ?? -1);
            default: return false;
        }

        TellNow();
        return true;
    }

    /// <inheritdoc/>
    protected override void TellAll()
    {
        if (Race is not { } race)
        {
            Desk.Tell(Name, JsonSerializer.SerializeToElement(new RaceAnswer { State = "none", Problem = _problem }, InsightJson.Default.RaceAnswer));
            return;
        }

        byte[] maps = new byte[race.Racers.Count * Racer.MapSide * Racer.MapSide];
        for (int i = 0; i < race.Racers.Count; i++) race.Racers[i].DrawMap().CopyTo(maps.AsMemory(i * Racer.MapSide * Racer.MapSide));
        RaceAnswer answer = new()
        {
            State = _running ? "running" : race.IsOver ? "over" : "paused",
            Problem = _problem,
            Field = race.Field,
            Epochs = race.Epochs,
            Epoch = race.Epoch,
            CurveEpochs = race.CurveEpochs.ToArray(),
            MapSide = Racer.MapSide,
            Racers = [.. race.Racers.Select(racer => new RacerAnswer(racer.Value, InsightBody.Drawn(racer.TestLoss), InsightBody.Drawn(racer.TrainingLoss), racer.Run.DivergedAt, Drawn(racer.Curve)))],
            Ranking = race.Ranking.ToArray(),
        };
        Desk.Tell(Name, JsonSerializer.SerializeToElement(answer, InsightJson.Default.RaceAnswer), maps);
    }

    private static double?[] Drawn(ReadOnlySpan<float> curve)
    {
        double?[] drawn = new double?[curve.Length];
        for (int i = 0; i < drawn.Length; i++) drawn[i] = InsightBody.Drawn(curve[i]);
        return drawn;
    }

    private void Start(string? field, IReadOnlyList<string> values, int epochs)
    {
        _problem = Race.Refuses(Desk.Run.Setup, field, values, epochs);
        if (_problem is not null) return;
        Race?.Dispose();
        Race = new Race(Desk.Run.Setup, field!, values, epochs);
        _running = true;
    }

    /// <summary>Gives the run the weights of a racer, where both are networks of the same shape.</summary>
    private bool Take(int index)
    {
        if (Race is not { } race || (uint)index >= (uint)race.Racers.Count) return false;
        ReadOnlySpan<float> from = race.Racers[index].Run.Network.Parameters.Values;
        if (race.Racers[index].Run.DivergedAt is not null || Desk.Run.Network.Parameters.Values.Length != from.Length || !Desk.Run.Network.Widths.SequenceEqual(race.Racers[index].Run.Network.Widths)) return false;
        Desk.Pause();
        Desk.Run.PutWeights(from);
        Desk.Touch();
        return true;
    }
}
