namespace Inkling.App.Studio.Playing;

/// <summary>Work of an open page that <see cref="PlayingScheduler"/> gives slices.</summary>
internal interface IPlayingWork
{
    /// <summary>Whether it needs slices.</summary>
    bool Busy { get; }

    /// <summary>Works for a moment.</summary>
    /// <param name="longest">How long, about; less when somebody waits for the turn.</param>
    /// <returns>When the next slice is due; null when there is none.</returns>
    TimeSpan? Slice(TimeSpan longest);
}
