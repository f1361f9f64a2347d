using System.Collections.Immutable;
using System.Globalization;

namespace Inkling.Tuning;

/// <summary>
/// A search for the parameters with which an objective is best. <see cref="Optimize(Func{Trial, double}, Budget, int, CancellationToken)"/> runs
/// trials; <see cref="Ask"/> and <see cref="Tell(Trial, ReadOnlySpan{double})"/> leave the loop to the caller.
/// </summary>
/// <remarks>
/// The methods may be called from several threads. With one worker, a seed and a sampler give the same trials bit for bit, also when the study is resumed
/// in between. Dispose a study in which trials run to stop its heartbeat; storages are disposed by whoever made them.
/// </remarks>
public sealed partial class Study : IDisposable
{
    private readonly StudyOptions _options;
    private readonly TrialHistory _history;
    private readonly Lock _gate = new();
    private readonly Pulse _pulse;
    private volatile bool _stopped;

    private Study(IStudyStorage storage, StudyRecord record, StudyOptions? options)
    {
        Storage = storage;
        Record = record;
        _options = options ?? new StudyOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Attempts, 1);
        Worker = $"{_options.Worker}:{Guid.NewGuid().ToString("N")[..8]}";
        _history = new TrialHistory(record.Specification.Directions);
        _pulse = new Pulse(storage, record.Id, Worker, _options);
    }

    /// <summary>Creates a study in memory, to be forgotten with the process.</summary>
    /// <param name="direction">Which way the objective is better.</param>
    /// <param name="seed">Seed of all random numbers; null for one of no use again.</param>
    /// <param name="options">Sampler, pruner and so on; null for the defaults.</param>
    public static Study InMemory(Direction direction = Direction.Minimize, ulong? seed = null, StudyOptions? options = null)
        => Create(new MemoryStorage(), "study", [direction], seed, options);

    /// <summary>Creates a study.</summary>
    /// <param name="storage">Where it is kept.</param>
    /// <param name="name">Its name; one of a kind in the storage.</param>
    /// <param name="directions">One direction an objective.</param>
    /// <param name="seed">Seed of all random numbers; null for one of no use again.</param>
    /// <param name="options">Sampler, pruner and so on; null for the defaults.</param>
    /// <exception cref="StudyExistsException">There is one of this name.</exception>
    public static Study Create(IStudyStorage storage, string name, ImmutableArray<Direction> directions, ulong? seed = null, StudyOptions? options = null)
        => new(storage, storage.CreateStudy(new StudySpecification(name, directions, seed ?? unchecked((ulong)Random.Shared.NextInt64())).Checked()), options);

    /// <summary>Goes on with a study: its directions and its seed are kept.</summary>
    /// <param name="storage">Where it is kept.</param>
    /// <param name="name">Its name.</param>
    /// <param name="options">Sampler, pruner and so on; null for the defaults.</param>
    /// <exception cref="StudyNotFoundException">There is none of this name.</exception>
    public static Study Open(IStudyStorage storage, string name, StudyOptions? options = null)
        => new(storage, storage.FindStudy(name) ?? throw new StudyNotFoundException($"Study: there is none called \"{name}\"; create it."), options);

    /// <summary>Where it is kept.</summary>
    public IStudyStorage Storage { get; }

    /// <summary>The study as it was when it was created or opened.</summary>
    public StudyRecord Record { get; }

    /// <summary>Its name.</summary>
    public string Name => Record.Name;

    /// <summary>One direction an objective.</summary>
    public ImmutableArray<Direction> Directions => Record.Specification.Directions;

    /// <summary>What this object is called in the records of trials.</summary>
    public string Worker { get; }

    /// <summary>All trials as they are now, by number.</summary>
    public IReadOnlyList<TrialRecord> Trials
    {
        get
        {
            lock (_gate)
            {
                _history.Refresh(Storage, Record.Id);
                return [.. _history.Trials];
            }
        }
    }

    /// <summary>The best complete trial that violates no constraint; the first of equals; null if there is none.</summary>
    /// <exception cref="InvalidOperationException">There are several objectives.</exception>
    public TrialRecord? Best
    {
        get
        {
            if (Directions.Length > 1) throw new InvalidOperationException($"Best: study \"{Name}\" has {Directions.Length} objectives; use Front.");
            IEnumerable<TrialRecord> candidates = Trials.Where(trial => trial.State == TrialState.Complete && trial.IsFeasible);
            return Directions[0] == Direction.Minimize ? candidates.MinBy(trial => trial.Values[0]) : candidates.MaxBy(trial => trial.Values[0]);
        }
    }

    /// <summary>The complete feasible trials than which none is better in every objective.</summary>
    public IReadOnlyList<TrialRecord> Front => ParetoFront.Of(Trials, Directions);

    /// <summary>Lets a trial with given values run before any other.</summary>
    /// <param name="parameters">Texts of the values (<see cref="Distribution.Text"/>) by parameter; the others are chosen by the sampler.</param>
    public TrialRecord Enqueue(IReadOnlyDictionary<string, string> parameters)
        => Storage.AddTrial(Record.Id, new TrialRecord { Number = 0, State = TrialState.Waiting, Fixed = TrialRecord.NoTexts.AddRange(parameters) });

    /// <summary>Adds a finished trial from elsewhere, so that samplers learn from it.</summary>
    /// <param name="trial">Complete, pruned or failed; its number is ignored.</param>
    /// <exception cref="ArgumentException">It has not ended, has a value that is NaN or too few of them, or a parameter outside its range.</exception>
    public TrialRecord Add(TrialRecord trial)
    {
        if (!trial.IsFinished) throw new ArgumentException($"Add: the trial is {trial.State}; add finished trials, and enqueue others.");
        string? wrong = trial.State == TrialState.Complete ? CheckedValues(trial.Values.AsSpan()) : trial.Values.Any(double.IsNaN) ? "A value is NaN." : null;
        foreach ((string name, ParameterValue value) in trial.Parameters)
        {
            if (!value.Distribution.Contains(value.Value)) wrong ??= string.Create(CultureInfo.InvariantCulture, $"The value {value.Value} of \"{name}\" is none of {value.Distribution.ToJson()}.");
        }

        if (wrong is not null) throw new ArgumentException($"Add: {wrong}", nameof(trial));
        return Storage.AddTrial(Record.Id, trial);
    }

    /// <summary>Begins a trial: the next one that waits, else a new one. Tell its outcome with <see cref="Tell(Trial, ReadOnlySpan{double})"/>.</summary>
    /// <exception cref="InvalidOperationException">The sampler has nothing left to try.</exception>
    public Trial Ask() => Begin(null, CancellationToken.None, out _) ?? throw new InvalidOperationException($"Ask: the sampler of study \"{Name}\" has nothing left to try.");

    /// <summary>Ends a trial with its values. Wrong values (NaN, or too few) end it as failed.</summary>
    /// <param name="trial">A trial of <see cref="Ask"/>.</param>
    /// <param name="values">One value a direction.</param>
    /// <returns>The trial as it was stored.</returns>
    /// <exception cref="TrialLostException">It has ended, or another worker has it.</exception>
    public TrialRecord Tell(Trial trial, params ReadOnlySpan<double> values)
    {
        string? wrong = CheckedValues(values);
        return End(trial, wrong is null ? new TrialOutcome(TrialState.Complete, [.. values]) : new TrialOutcome(TrialState.Failed, []) { Error = wrong });
    }

    /// <summary>Ends a trial as failed.</summary>
    /// <param name="trial">A trial of <see cref="Ask"/>.</param>
    /// <param name="error">Why.</param>
    public TrialRecord TellFailed(Trial trial, string error) => End(trial, new TrialOutcome(TrialState.Failed, []) { Error = error });

    /// <summary>Ends a trial as pruned; its value is the last one reported, if that is a number.</summary>
    /// <param name="trial">A trial of <see cref="Ask"/>.</param>
    public TrialRecord TellPruned(Trial trial)
    {
        double last = trial.Record.LastStep is { } step ? trial.Record.Intermediate[step] : double.NaN;
        return End(trial, new TrialOutcome(TrialState.Pruned, double.IsNaN(last) ? [] : [last]));
    }

    /// <summary>Gives a trial back, to be done by the next worker with the values it has.</summary>
    /// <param name="trial">A trial of <see cref="Ask"/>.</param>
    public void Release(Trial trial)
    {
        _pulse.Ended(trial.Key);
        Storage.Release(trial.Key, trial.Record.Cost + trial.Cost);
    }

    /// <summary>Makes all runs of this object end after the trials that have begun.</summary>
    public void Stop() => _stopped = true;

    /// <summary>Stops the heartbeat. The storage is not disposed.</summary>
    public void Dispose() => _pulse.Dispose();

    internal void CheckCompatible(string name, Distribution distribution)
    {
        lock (_gate)
        {
            if (_history.Union.TryGetValue(name, out Distribution? known) && !known.IsCompatible(distribution))
                throw new SearchSpaceException($"Parameter \"{name}\": it was {known.ToJson()} in an earlier trial and cannot become {distribution.ToJson()}; take another name or a new study.");
        }
    }

    internal double SampleIndependent(SamplingContext context, string name, Distribution distribution)
    {
        lock (_gate) return _options.Sampler.SampleIndependent(context, name, distribution);
    }

    // What a former attempt has drawn is drawn once more and left: the parameters after it then draw what they would have drawn.
    internal void DrawAgain(SamplingContext context, string name, Distribution distribution)
    {
        if (_options.Sampler is RandomSampler random) random.SampleIndependent(context, name, distribution);
    }

    internal bool ShouldPrune(Trial trial)
    {
        lock (_gate)
        {
            _history.Refresh(Storage, Record.Id);
            var context = new PruningContext(Record, _history, trial.Record) { Passed = trial.Passed };
            if (_options.Pruner.ShouldPrune(context)) return true;
            trial.Passed = context.Step;
            return false;
        }
    }

    private Trial? Begin(int? limit, CancellationToken cancellation, out bool exhausted)
    {
        lock (_gate)
        {
            _history.Refresh(Storage, Record.Id);
            exhausted = _options.Sampler.IsExhausted(_history);
            TrialRecord? record = Storage.StartTrial(Record.Id, new TrialStart(Worker, exhausted ? 0 : limit));
            if (record is null) return null;
            exhausted = false;
            var trial = new Trial(this, record, cancellation);
            _pulse.Began(trial.Key);
            _history.Refresh(Storage, Record.Id);
            try
            {
                trial.Prepare(new SamplingContext(Record, _history, trial), _options.Sampler);
            }
            catch (TrialLostException)
            {
                _pulse.Ended(trial.Key);
                return Begin(limit, cancellation, out exhausted);
            }
            catch (OperationCanceledException)
            {
                GiveBack(trial);
                throw;
            }
            catch (Exception wrong) when (wrong is not StorageException)
            {
                TellFailed(trial, $"Sampler: {wrong.GetType().Name}: {wrong.Message}");
                throw;
            }

            return trial;
        }
    }

    private bool IsInterrupted(Exception wrong) => wrong is OperationCanceledException && Storage is RelationalStorage { Interrupt.IsCancellationRequested: true };

    // Who cancels does not wait for a data base: if it is away, the trial falls silent, and another worker takes it.
    private void GiveBack(Trial trial)
    {
        try
        {
            Release(trial);
        }
        catch (Exception away) when (away is StorageException or OperationCanceledException or TrialLostException)
        {
        }
    }

    private TrialRecord End(Trial trial, TrialOutcome outcome)
    {
        _pulse.Ended(trial.Key);
        Storage.Finish(trial.Key, outcome with { Constraints = trial.Constraints, Cost = trial.Record.Cost + trial.Cost });
        TrialRecord record = Storage.ReadTrial(Record.Id, trial.Number) ?? throw TrialLostException.For(trial.Key, null);
        trial.End(record);
        _options.Finished?.Report(record);
        return record;
    }

    private string? CheckedValues(ReadOnlySpan<double> values)
    {
        if (values.Length != Directions.Length) return $"The objective returned {values.Length} values for {Directions.Length} directions.";
        foreach (double value in values)
        {
            if (double.IsNaN(value)) return "The objective returned NaN.";
        }

        return null;
    }
}
