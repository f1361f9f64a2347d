using System.Text.Json;
using Inkling.Playground;

namespace Inkling.App.Studio.Playing;

/// <summary>Back through training: <c>scrub/at</c> with <c>at</c>, the place of a moment. Moments are kept whether or not the panel is open, or there would be nothing to go back to.</summary>
internal sealed class ScrubTool(IPlayingDesk desk) : InsightTool(desk)
{
    /// <inheritdoc/>
    public override string Name => "scrub";

    /// <inheritdoc/>
    protected override bool FollowsRun => true;

    /// <inheritdoc/>
    public override void Begin()
    {
        Desk.Run.KeepPath();
        Progress();
    }

    /// <inheritdoc/>
    protected override bool Ask(string verb, JsonElement? body)
    {
        if (verb != "at") return false;
        PlaygroundRun run = Desk.Run;
        TrainingPath path = run.Path!;
        if (body.Whole("at") is not { } at || (uint)at >= (uint)path.Moments.Count) return true;
        PathMoment moment = path.Moments[at];
        Desk.Pause();

        // What is shown now is kept too, so that one can come back to it; what has diverged is nowhere to come back to.
        if (run.DivergedAt is null && run.Step >= path.Moments[^1].Step) path.KeepNow();
        run.GoTo(moment);
        Desk.Touch();
        TellNow();
        return true;
    }

    /// <inheritdoc/>
    protected override void TellAll()
    {
        PlaygroundRun run = Desk.Run;
        IReadOnlyList<PathMoment> moments = run.Path!.Moments;
        int at = moments[^1].Step < run.Step ? -1 : run.Path.IndexAt(run.Step);
        ScrubAnswer answer = new(
            [.. moments.Select(moment => Math.Round(moment.Epoch, 3))], at, run.Epoch,
            [.. moments.Select(moment => InsightBody.Drawn(moment.TrainingLoss))], [.. moments.Select(moment => InsightBody.Drawn(moment.TestLoss))]);
        Desk.Tell(Name, JsonSerializer.SerializeToElement(answer, InsightJson.Default.ScrubAnswer));
    }
}
