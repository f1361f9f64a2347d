using System.Globalization;

namespace Inkling.Tuning;

/// <summary>A study in a <see cref="MemoryStorage"/>; its caller holds <see cref="Gate"/>.</summary>
internal sealed class StoredStudy(long id, StudySpecification specification, DateTimeOffset created)
{
    private readonly List<TrialRecord> _trials = [];
    private readonly List<int> _changes = [];   // numbers of the trials in the order of their changes; a stamp is a place in it
    private readonly SortedSet<int> _running = [], _waiting = [];
    private StudySpecification _specification = specification;

    public Lock Gate { get; } = new();

    public long Id => id;

    public string Name => _specification.Name;

    public StudyRecord Record() => new(id, _specification, created, _trials.Count);

    public void SetAttribute(string name, string value) => _specification = _specification with { Attributes = _specification.Attributes.SetItem(name, value) };

    public TrialRecord? Trial(int number) => number >= 0 && number < _trials.Count ? _trials[number] : null;

    public TrialRecord? Start(TrialStart start, DateTimeOffset now)
    {
        if (_waiting.Count == 0)
        {
            if (_trials.Count >= start.Limit) return null;
            Add(new TrialRecord { Number = 0, State = TrialState.Waiting });
        }

        TrialRecord waiting = _trials[_waiting.Min];
        return Replace(waiting with { State = TrialState.Running, Worker = start.Worker, Attempt = waiting.Attempt + 1, Started = now, Heartbeat = now });
    }

    public TrialRecord Add(TrialRecord trial)
    {
        trial = trial with { Number = _trials.Count };
        _trials.Add(trial);
        return Replace(trial);
    }

    public TrialRecord Replace(TrialRecord trial)
    {
        _trials[trial.Number] = trial;
        _changes.Add(trial.Number);
        _running.Remove(trial.Number);
        _waiting.Remove(trial.Number);
        if (trial.State == TrialState.Running) _running.Add(trial.Number);
        if (trial.State == TrialState.Waiting) _waiting.Add(trial.Number);
        return trial;
    }

    public void Heartbeat(string worker, DateTimeOffset now)
    {
        foreach (int number in _running)
        {
            if (_trials[number].Worker == worker) _trials[number] = _trials[number] with { Heartbeat = now };
        }
    }

    public IReadOnlyList<TrialRecord> Requeue(TimeSpan silence, int attempts, DateTimeOffset now)
    {
        TrialRecord[] silent = [.. _running.Select(number => _trials[number]).Where(trial => now - trial.Heartbeat >= silence)];
        return [.. silent.Select(trial => Replace(trial.Attempt < attempts ? Waiting(trial) : trial with
        {
            State = TrialState.Failed,
            Finished = now,
            Error = string.Create(CultureInfo.InvariantCulture, $"Its worker was silent for {silence.TotalSeconds:0.#} s, in attempt {trial.Attempt} of {attempts}."),
        }))];
    }

    public TrialChanges Changes(long since)
    {
        var seen = new HashSet<int>();
        for (int i = (int)Math.Clamp(since, 0, _changes.Count); i < _changes.Count; i++)
            seen.Add(_changes[i]);
        return new TrialChanges(_changes.Count, [.. seen.Select(number => _trials[number])]);
    }

    public static TrialRecord Waiting(TrialRecord trial) => trial with
    {
        State = TrialState.Waiting,
        Fixed = trial.Fixed.SetItems(trial.Parameters.Select(one => KeyValuePair.Create(one.Key, one.Value.Text))),
        Parameters = TrialRecord.NoParameters,
        Intermediate = trial.Intermediate.Clear(),
        Constraints = [],
        Worker = null,
        Heartbeat = null,
    };
}
