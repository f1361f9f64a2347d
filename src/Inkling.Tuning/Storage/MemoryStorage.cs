namespace Inkling.Tuning;

/// <summary>Keeps studies in the memory of this process, for as long as it runs. Safe to use from several threads.</summary>
/// <param name="clock">Where times come from; null for the system's clock.</param>
public sealed class MemoryStorage(TimeProvider? clock = null) : IStudyStorage
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, StoredStudy> _studies = [];
    private long _lastId;

    /// <inheritdoc/>
    public StudyRecord CreateStudy(StudySpecification specification)
    {
        specification = specification.Checked();
        lock (_gate)
        {
            if (_studies.Values.Any(study => study.Name == specification.Name))
                throw new StudyExistsException($"Study: \"{specification.Name}\" is there already; open it to go on with it, or take another name.");
            var study = new StoredStudy(++_lastId, specification, _clock.GetUtcNow());
            _studies.Add(study.Id, study);
            return study.Record();
        }
    }

    /// <inheritdoc/>
    public StudyRecord? FindStudy(string name)
    {
        lock (_gate) return _studies.Values.FirstOrDefault(study => study.Name == name)?.Record();
    }

    /// <inheritdoc/>
    public IReadOnlyList<StudyRecord> ListStudies()
    {
        lock (_gate) return [.. _studies.Values.Select(study => study.Record())];
    }

    /// <inheritdoc/>
    public void DeleteStudy(long study)
    {
        lock (_gate) _studies.Remove(study);
    }

    /// <inheritdoc/>
    public void SetStudyAttribute(long study, string name, string value)
    {
        StoredStudy stored = Find(study);
        lock (stored.Gate) stored.SetAttribute(name, value);
    }

    /// <inheritdoc/>
    public TrialRecord? StartTrial(long study, TrialStart start)
    {
        StoredStudy stored = Find(study);
        lock (stored.Gate) return stored.Start(start, _clock.GetUtcNow());
    }

    /// <inheritdoc/>
    public TrialRecord AddTrial(long study, TrialRecord trial)
    {
        if (trial.State == TrialState.Running) throw new ArgumentException("AddTrial: the trial is running; add it waiting or finished.");
        StoredStudy stored = Find(study);
        lock (stored.Gate) return stored.Add(trial);
    }

    /// <inheritdoc/>
    public void SetParameter(TrialKey key, string name, ParameterValue value)
        => Write(key, (trial, _) => trial with { Parameters = trial.Parameters.SetItem(name, value) });

    /// <inheritdoc/>
    public void SetAttribute(TrialKey key, string name, string value)
        => Write(key, (trial, _) => trial with { Attributes = trial.Attributes.SetItem(name, value) });

    /// <inheritdoc/>
    public void Report(TrialKey key, int step, double value)
        => Write(key, (trial, _) => trial with { Intermediate = trial.Intermediate.SetItem(step, value) });

    /// <inheritdoc/>
    public void Finish(TrialKey key, TrialOutcome outcome) => Write(key, (trial, now) => trial with
    {
        State = outcome.State,
        Values = outcome.Values,
        Constraints = outcome.Constraints,
        Cost = outcome.Cost,
        Error = outcome.Error,
        Finished = now,
    });

    /// <inheritdoc/>
    public void Release(TrialKey key, double? cost = null) => Write(key, (trial, _) => StoredStudy.Waiting(trial) with { Cost = cost ?? trial.Cost });

    /// <inheritdoc/>
    public void Heartbeat(long study, string worker)
    {
        StoredStudy stored = Find(study);
        lock (stored.Gate) stored.Heartbeat(worker, _clock.GetUtcNow());
    }

    /// <inheritdoc/>
    public IReadOnlyList<TrialRecord> Requeue(long study, TimeSpan silence, int attempts)
    {
        StoredStudy stored = Find(study);
        lock (stored.Gate) return stored.Requeue(silence, attempts, _clock.GetUtcNow());
    }

    /// <inheritdoc/>
    public TrialChanges ReadTrials(long study, long since = 0)
    {
        StoredStudy stored = Find(study);
        lock (stored.Gate) return stored.Changes(since);
    }

    /// <inheritdoc/>
    public TrialRecord? ReadTrial(long study, int number)
    {
        StoredStudy stored = Find(study);
        lock (stored.Gate) return stored.Trial(number);
    }

    /// <summary>Does nothing: the studies stay readable.</summary>
    public void Dispose() { }

    private StoredStudy Find(long study)
    {
        lock (_gate) return _studies.GetValueOrDefault(study) ?? throw new StudyNotFoundException($"Study: there is none with id {study}; it was deleted.");
    }

    private void Write(TrialKey key, Func<TrialRecord, DateTimeOffset, TrialRecord> change)
    {
        StoredStudy stored = Find(key.Study);
        lock (stored.Gate)
        {
            TrialRecord? trial = stored.Trial(key.Number);
            if (trial is not { State: TrialState.Running } || trial.Attempt != key.Attempt) throw TrialLostException.For(key, trial);
            stored.Replace(change(trial, _clock.GetUtcNow()));
        }
    }
}
