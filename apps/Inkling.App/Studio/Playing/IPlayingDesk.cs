using System.Text.Json;
using Inkling.Playground;

namespace Inkling.App.Studio.Playing;

/// <summary>What a tool of the playground may do with the visit it belongs to. Everything here is for the visit's turn only, <see cref="Gone"/> apart.</summary>
internal interface IPlayingDesk
{
    /// <summary>The run that is looked at.</summary>
    PlaygroundRun Run { get; }

    /// <summary>Cancelled when the page is closed.</summary>
    CancellationToken Gone { get; }

    /// <summary>Whether it trains.</summary>
    bool Playing { get; }

    /// <summary>Sends the page an answer.</summary>
    /// <param name="kind">What of: the tool's name, or the name, a slash and more.</param>
    /// <param name="body">What it says.</param>
    /// <param name="bytes">What stands behind it, as it is.</param>
    void Tell(string kind, JsonElement? body, ReadOnlyMemory<byte> bytes = default);

    /// <summary>Stops training.</summary>
    void Pause();

    /// <summary>The run was changed, so a frame is due.</summary>
    void Touch();
}
