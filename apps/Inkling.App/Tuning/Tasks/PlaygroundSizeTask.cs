using Inkling.Playground;
using Inkling.Tuning;

namespace Inkling.App.Tuning.Tasks;

/// <summary>Two objectives: how well a network of the playground does, and how few weights it needs for that.</summary>
internal sealed class PlaygroundSizeTask() : PlaygroundTask(
    "playground-size", "A small network that parts two noisy moons; test loss and number of weights, both small.", "moons", Direction.Minimize, Direction.Minimize)
{
    /// <inheritdoc/>
    protected override double[] Values(double loss, PlaygroundRun run) => [loss, run.Network.Parameters.Values.Length];
}
