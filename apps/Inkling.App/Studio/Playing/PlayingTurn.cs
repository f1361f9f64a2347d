namespace Inkling.App.Studio.Playing;

/// <summary>
/// Whose turn it is with a visit: a lock that lets in whoever asked first. Training takes it again as soon as it has let go, and with a plain lock a press of
/// a button waits until that yields, a tenth of a second and more. Not to be taken twice by one thread.
/// </summary>
internal sealed class PlayingTurn
{
    private readonly object _gate = new(); // Monitor has the waiting that Lock lacks
    private long _last = -1; // number of who asked last
    private long _current; // number of whose turn it is, or will be

    /// <summary>Whether somebody waits for whoever has the turn.</summary>
    public bool Wanted => Volatile.Read(ref _last) > Volatile.Read(ref _current);

    /// <summary>Waits for the turn.</summary>
    /// <returns>What ends it.</returns>
    public Holder Take()
    {
        lock (_gate)
        {
            long mine = ++_last;
            while (mine != _current) Monitor.Wait(_gate);
        }

        return new Holder(this);
    }

    private void End()
    {
        lock (_gate)
        {
            _current++;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Ends the turn when it is disposed.</summary>
    internal readonly ref struct Holder(PlayingTurn turn)
    {
        /// <summary>Lets the next in.</summary>
        public void Dispose() => turn.End();
    }
}
