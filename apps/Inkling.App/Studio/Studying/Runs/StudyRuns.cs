using System.Collections.Immutable;
using Inkling.App.Running;
using Inkling.App.Studio.Learning;
using Inkling.App.Tuning.Tasks;
using Inkling.Training;
using Inkling.Training.Data;
using Inkling.Tuning;

namespace Inkling.App.Studio.Studying.Runs;

/// <summary>Trainings with the values of a trial: one at a time, which goes on whether or not a page looks at it. Thread-safe.</summary>
internal sealed class StudyRuns : IHostedService, IDisposable
{
    private readonly Lock _gate = new();
    private readonly PauseGate _pause = new();
    private CancellationTokenSource? _stop;
    private Task _work = Task.CompletedTask;
    private volatile StudyRunState _state = new();

    /// <summary>Raised after every change of <see cref="State"/>, on any thread.</summary>
    public event Action? Changed;

    /// <summary>Where it stands.</summary>
    public StudyRunState State => _state;

    /// <summary>Begins to train.</summary>
    /// <param name="key">Whose values.</param>
    /// <param name="task">What is trained.</param>
    /// <param name="given">What the study was given.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="FailureException">Another is at work.</exception>
    public void Start(StudyRunKey key, TuneTask task, TuneTaskData given, ImmutableSortedDictionary<string, ParameterValue> values)
    {
        lock (_gate)
        {
            if (_state.Busy) throw new FailureException($"a training with the values of trial {_state.Key!.Trial} of \"{_state.Key.Name}\" is at work; wait for it, or stop it first");
            _stop?.Dispose();
            _stop = new CancellationTokenSource();
            _pause.Resume();
            _state = new StudyRunState { Key = key, Run = _state.Run + 1, Busy = true };
            CancellationToken stop = _stop.Token;
            _work = Task.Run(() => Run(task, given, values, stop), CancellationToken.None);
        }

        Changed?.Invoke();
    }

    /// <summary>Holds it after the current step.</summary>
    public void Pause() => Update(state => state.Busy, state => state with { Paused = true }, _pause.Pause);

    /// <summary>Lets it go on.</summary>
    public void Resume() => Update(state => state.Busy, state => state with { Paused = false }, _pause.Resume);

    /// <summary>Ends it; the best network so far is tested and kept.</summary>
    public void Stop() => Update(state => state.Busy, state => state with { Stopping = true, Paused = false }, () =>
    {
        _stop?.Cancel();
        _pause.Resume();
    });

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Stop();
        await Task.WhenAny(_work, Task.Delay(Timeout.Infinite, cancellationToken)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop?.Dispose();
        _pause.Dispose();
    }

    private void Run(TuneTask task, TuneTaskData given, ImmutableSortedDictionary<string, ParameterValue> values, CancellationToken stop)
    {
        try
        {
            WholeTraining training = task.PrepareWhole(given) ?? throw new FailureException($"{task.Name} has no training of its own");
            Update(state => state with { Summary = training.Summary, Classes = training.Classes });
            // A study of one trial that has its values: the task asks for them as it always does, and what does not fit is found.
            var sampler = new FixedSampler(new NothingElse(), values.ToDictionary(value => value.Key, value => value.Value.Text, StringComparer.Ordinal));
            using Study study = Study.InMemory(task.Directions[0], given.Seed, new StudyOptions { Sampler = sampler });
            WholeResult result = training.Run(study.Ask(), new Reports(this), _pause, stop);
            Update(state => state with { Result = result });
        }
        catch (Exception failure) when (failure is FailureException or SearchSpaceException or DataSetException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Update(state => state with { Error = failure.Message });
        }
        catch (Exception defect)
        {
            // On this thread nobody else would tell it.
            Update(state => state with { Error = $"Unexpected {defect.GetType().Name}: {defect.Message}" });
        }
        finally
        {
            Update(state => state with { Busy = false, Paused = false, Stopping = false });
        }
    }

    private void Update(Func<StudyRunState, StudyRunState> change) => Update(_ => true, change, null);

    private void Update(Func<StudyRunState, bool> when, Func<StudyRunState, StudyRunState> change, Action? also)
    {
        lock (_gate)
        {
            if (!when(_state)) return;
            _state = change(_state);
            also?.Invoke();
        }

        Changed?.Invoke();
    }

    private sealed class NothingElse : ISampler
    {
        public IReadOnlyDictionary<string, double> SampleRelative(SamplingContext context) => ImmutableDictionary<string, double>.Empty;

        public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
            => throw new SearchSpaceException($"\"{name}\" has no value in this trial; an older Inkling tuned without it.");
    }

    // Called on the thread that trains.
    private sealed class Reports(StudyRuns runs) : IProgress<TrainerProgress>
    {
        private readonly Curve _training = new(), _validation = new();
        private ValidationResult? _last;

        public void Report(TrainerProgress value)
        {
            if (!value.Validating && value.Step > 0) _training.Add(value.Step, value.Loss);
            if (value.Validation is { } measured && !ReferenceEquals(measured, _last))
            {
                _last = measured;
                _validation.Add(value.Step, measured.Loss);
            }

            runs.Update(state => state with { Report = value, TrainingCurve = _training.ToList(), ValidationCurve = _validation.ToList() });
        }
    }
}
