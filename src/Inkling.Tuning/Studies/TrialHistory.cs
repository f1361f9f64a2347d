using System.Collections.Immutable;

namespace Inkling.Tuning;

/// <summary>The trials of a study as a worker last read them, kept up to date by reading only what has changed.</summary>
public sealed class TrialHistory
{
    internal const int None = -1;
    private readonly List<TrialRecord> _trials = [];
    private readonly HashSet<int> _seen = [];
    private ImmutableSortedDictionary<string, Distribution>? _intersection;
    private ImmutableSortedDictionary<string, Distribution> _union = ImmutableSortedDictionary.Create<string, Distribution>(StringComparer.Ordinal);
    private long _stamp;

    internal TrialHistory(ImmutableArray<Direction> directions) => Directions = directions;

    /// <summary>A history of given trials, for samplers and pruners outside of a study.</summary>
    /// <param name="directions">Directions of the objectives.</param>
    /// <param name="trials">Trials, numbered from 0 without gaps.</param>
    public TrialHistory(ImmutableArray<Direction> directions, IEnumerable<TrialRecord> trials)
    {
        Directions = directions;
        Take(new TrialChanges(0, [.. trials]));
    }

    /// <summary>The directions of the objectives.</summary>
    public ImmutableArray<Direction> Directions { get; }

    /// <summary>All trials; trial n is at place n. Valid during a call of a sampler or pruner only.</summary>
    public IReadOnlyList<TrialRecord> Trials => _trials;

    /// <summary>The parameters that every complete or pruned trial has had, with the same distribution in all of them.</summary>
    public ImmutableSortedDictionary<string, Distribution> Intersection => _intersection ?? _union.Clear();

    /// <summary>The parameters that any complete or pruned trial has had, with the distribution seen last.</summary>
    public ImmutableSortedDictionary<string, Distribution> Union => _union;

    /// <summary>The sum of what the trials cost.</summary>
    public double Cost { get; private set; }

    internal void Refresh(IStudyStorage storage, long study)
    {
        TrialChanges changes = storage.ReadTrials(study, _stamp);
        Take(changes);
        _stamp = changes.Stamp;
    }

    private void Take(TrialChanges changes)
    {
        if (changes.Trials.Count > 1) changes = changes with { Trials = [.. changes.Trials.OrderBy(trial => trial.Number)] };
        foreach (TrialRecord trial in changes.Trials)
        {
            if (trial.Number < _trials.Count) _trials[trial.Number] = trial;
            else if (trial.Number == _trials.Count) _trials.Add(trial);
            else throw new StorageException($"Study: trial {trial.Number} is there, but not trial {_trials.Count}; the storage is damaged.");
            if (trial.IsFinished && _seen.Add(trial.Number)) Learn(trial);
        }
    }

    private void Learn(TrialRecord trial)
    {
        Cost += trial.Cost;
        if (trial.State == TrialState.Failed) return;
        foreach ((string name, ParameterValue value) in trial.Parameters)
        {
            if (!_union.TryGetValue(name, out Distribution? known) || !known.Equals(value.Distribution)) _union = _union.SetItem(name, value.Distribution);
        }

        if (_intersection is null)
        {
            _intersection = _union;
            return;
        }

        foreach ((string name, Distribution distribution) in _intersection)
        {
            if (!trial.Parameters.TryGetValue(name, out ParameterValue value) || !value.Distribution.Equals(distribution)) _intersection = _intersection.Remove(name);
        }
    }
}
