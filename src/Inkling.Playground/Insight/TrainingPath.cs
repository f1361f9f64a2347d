namespace Inkling.Playground;

/// <summary>
/// Moments of a training, from its beginning to now: every epoch at first; whenever there would be too many, every other one is left out and half as many are kept from then on. Memory
/// is bounded, and nothing is allocated once it is full.
/// </summary>
public sealed class TrainingPath
{
    /// <summary>The most moments that a path may keep.</summary>
    public const int MostMoments = 400;

    private readonly PlaygroundRun _run;
    private readonly List<PathMoment> _moments;
    private readonly Stack<PathMoment> _spare = new();
    private readonly int _most;
    private readonly bool _resumable;
    private long _every;

    internal TrainingPath(PlaygroundRun run, int most, bool resumable)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, MostMoments);
        (_run, _most, _resumable) = (run, most, resumable);
        _moments = new List<PathMoment>(most);
        _every = run.StepsPerEpoch;
        Keep();
    }

    /// <summary>The moments, the first one first.</summary>
    public IReadOnlyList<PathMoment> Moments => _moments;

    /// <summary>The place of the last moment that is not after a step.</summary>
    public int IndexAt(long step)
    {
        int found = 0;
        for (int i = 1; i < _moments.Count && _moments[i].Step <= step; i++) found = i;
        return found;
    }

    /// <summary>Keeps this moment, whatever its step, unless it is the last one kept.</summary>
    /// <exception cref="InvalidOperationException">The run stands before the last moment, so this one has no place: go on from there first.</exception>
    public void KeepNow()
    {
        if (_moments[^1].Step > _run.Step) throw new InvalidOperationException($"TrainingPath.KeepNow: the run stands at step {_run.Step}, before the last moment, {_moments[^1].Step}. Train on from there first.");
        if (_moments[^1].Step < _run.Step) Keep();
    }

    /// <summary>Called by the run after each step.</summary>
    internal void Note()
    {
        // What was kept of a future that does not come is forgotten.
        while (_moments[^1].Step >= _run.Step)
        {
            _spare.Push(_moments[^1]);
            _moments.RemoveAt(_moments.Count - 1);
        }

        if (_run.Step % _every == 0) Keep();
    }

    /// <summary>Called where the weights of this step have become others.</summary>
    internal void Replace()
    {
        if (_moments[^1].Step == _run.Step) _run.Capture(_moments[^1]);
    }

    private void Keep()
    {
        if (_moments.Count == _most) Thin();
        PathMoment moment = _spare.Count > 0 ? _spare.Pop() : _run.MakeMoment(_resumable);
        _run.Capture(moment);
        _moments.Add(moment);
    }

    private void Thin()
    {
        int kept = 0;
        for (int i = 0; i < _moments.Count; i++)
        {
            if (i % 2 == 0) _moments[kept++] = _moments[i];
            else _spare.Push(_moments[i]);
        }

        _moments.RemoveRange(kept, _moments.Count - kept);
        _every *= 2;
    }
}
