namespace Inkling.App.Studio.Playing;

/// <summary>
/// Something that the page can ask of its run beyond training it: one class a tool, a line in <see cref="PlayingTools"/>, its component in <c>Panels</c> and its
/// script beside <c>playground.js</c>. All methods are called in the visit's turn. A tool does nothing until its panel is opened.
/// </summary>
/// <param name="desk">The visit.</param>
internal abstract class PlayingTool(IPlayingDesk desk) : IDisposable
{
    /// <summary>Its name: commands <c>NAME/verb</c> come to it.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it wants slices of its own, even while the run stands still.</summary>
    public virtual bool Working => false;

    /// <summary>The visit.</summary>
    protected IPlayingDesk Desk { get; } = desk;

    /// <summary>Does what the page asks for.</summary>
    /// <param name="verb">What stands behind the name.</param>
    /// <param name="command">The command.</param>
    public abstract void Handle(string verb, PlayingCommand command);

    /// <summary>A new run has begun.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Works for a moment, not much longer than this.</summary>
    public virtual void Work(TimeSpan time)
    {
    }

    /// <summary>The run has been trained for a moment.</summary>
    public virtual void Trained()
    {
    }

    /// <summary>A frame is about to be told: the moment to tell what belongs to it.</summary>
    public virtual void Show()
    {
    }

    /// <summary>The page was closed.</summary>
    public virtual void Dispose()
    {
    }
}
