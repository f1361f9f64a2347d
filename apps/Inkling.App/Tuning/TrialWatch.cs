using System.Collections.Immutable;
using Inkling.Tuning;

namespace Inkling.App.Tuning;

/// <summary>Follows the trials of a study from outside: of whatever process they are, only those that have changed are read again.</summary>
internal sealed class TrialWatch(IStudyStorage storage, StudyRecord study)
{
    private readonly List<TrialRecord> _trials = [];
    private long _stamp;

    /// <summary>Where the study is kept.</summary>
    public IStudyStorage Storage => storage;

    /// <summary>The study.</summary>
    public StudyRecord Study => study;

    /// <summary>All trials, by number, as they were last read.</summary>
    public ImmutableArray<TrialRecord> Trials { get; private set; } = [];

    /// <summary>Reads what has changed.</summary>
    /// <returns>Whether anything has.</returns>
    public bool Refresh()
    {
        TrialChanges changes = storage.ReadTrials(study.Id, _stamp);
        bool changed = false;
        foreach (TrialRecord trial in changes.Trials.OrderBy(trial => trial.Number))
        {
            if (trial.Number == _trials.Count)
            {
                _trials.Add(trial);
                changed = true;
            }
            else if (!ReferenceEquals(_trials[trial.Number], trial))
            {
                _trials[trial.Number] = trial;
                changed = true;
            }
        }

        _stamp = changes.Stamp;
        if (changed) Trials = [.. _trials];
        return changed;
    }
}
