using System.Diagnostics;
using System.Text.Json;

namespace Inkling.App.Studio.Playing;

/// <summary>
/// A tool with a panel of its own: it works only while the panel is open, tells what it has found with a frame and not more often than an eye can follow, and rests while nobody draws.
/// </summary>
internal abstract class InsightTool(IPlayingDesk desk) : PlayingTool(desk)
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(90);
    private static readonly TimeSpan Unseen = TimeSpan.FromMinutes(1);

    private long _toldAt = Stopwatch.GetTimestamp();
    private long? _waitingSince;
    private bool _due;

    /// <inheritdoc/>
    public sealed override bool Working => IsOpen && HasWork && !(_waitingSince is { } since && Stopwatch.GetElapsedTime(since) > Unseen);

    /// <summary>Whether its panel is open.</summary>
    protected bool IsOpen { get; private set; }

    /// <summary>Whether there is something to work on.</summary>
    protected virtual bool HasWork => false;

    /// <summary>Whether it tells something new whenever the run has changed.</summary>
    protected virtual bool FollowsRun => false;

    /// <inheritdoc/>
    public sealed override void Handle(string verb, PlayingCommand command)
    {
        switch (verb)
        {
            case "open":
                IsOpen = true;
                Opened();
                TellNow();
                break;
            case "close": IsOpen = false; break;
            default:
                if (!Ask(verb, command.Body)) Desk.Tell("problem", null);
                break;
        }
    }

    /// <inheritdoc/>
    public sealed override void Show()
    {
        _waitingSince = null;
        if (!IsOpen || !(_due || FollowsRun)) return;
        bool still = !Desk.Playing && !HasWork;
        if (still || Stopwatch.GetElapsedTime(_toldAt) > Often) TellNow();
    }

    /// <summary>Its panel was opened.</summary>
    protected virtual void Opened()
    {
    }

    /// <summary>Does what its panel asks for.</summary>
    /// <param name="verb">What.</param>
    /// <param name="body">With what; anything may stand there.</param>
    /// <returns>Whether it is known.</returns>
    protected abstract bool Ask(string verb, JsonElement? body);

    /// <summary>Tells the panel how it stands.</summary>
    protected abstract void TellAll();

    /// <summary>Something is new: it is told with the next frame that is due.</summary>
    protected void Progress()
    {
        bool first = !_due;
        _due = true;
        if (!first && HasWork && Stopwatch.GetElapsedTime(_toldAt) < Often) return;
        _waitingSince ??= Stopwatch.GetTimestamp();
        Desk.Touch();
    }

    /// <summary>Tells the panel how it stands, at once.</summary>
    protected void TellNow()
    {
        _due = false;
        _toldAt = Stopwatch.GetTimestamp();
        TellAll();
    }
}
