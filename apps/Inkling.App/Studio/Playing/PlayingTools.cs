using Inkling.App.Studio.Playing.Leaving;

namespace Inkling.App.Studio.Playing;

/// <summary>The tools of the playground. To add one, add a line.</summary>
internal static class PlayingTools
{
    /// <summary>The tools of a visit.</summary>
    public static IReadOnlyList<PlayingTool> Create(IPlayingDesk desk)
    {
        ArgumentNullException.ThrowIfNull(desk);
        RaceTool race = new(desk);
        return [race, new LayersTool(desk), new SampleTool(desk), new SurfaceTool(desk, race), new ScrubTool(desk), new SweepTool(desk), new LeaveTool(desk)];
    }
}
