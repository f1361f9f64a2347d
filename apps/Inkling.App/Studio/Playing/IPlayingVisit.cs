namespace Inkling.App.Studio.Playing;

/// <summary>An open page: it is asked by <see cref="PlayingSocket"/> and works in slices.</summary>
internal interface IPlayingVisit : IPlayingWork, IDisposable
{
    /// <summary>Does what the page asks for.</summary>
    /// <returns>Whether it needs slices from now on.</returns>
    bool Handle(PlayingCommand command);
}
