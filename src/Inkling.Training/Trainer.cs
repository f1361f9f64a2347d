using Inkling.Nn;
using Inkling.Nn.Checkpoints;

namespace Inkling.Training;

/// <summary>
/// The training loop: steps with warm-up, schedule and clipping, validation, callbacks, progress, pause, cancellation, and exact
/// resumption. It knows nothing of what is trained (<see cref="ITrainable"/>). After the first step it allocates nothing per step.
/// </summary>
/// <example><code>
/// Trainer trainer = new(task, new AdamW(task.Parameters), new TrainerOptions { Epochs = 3 }, [new EarlyStopping(patience: 4)]);
/// StopReason reason = trainer.Run(progress, pause: null, cancellation);
/// </code></example>
public sealed class Trainer
{
    private const long StateVersion = 1;

    private readonly ITrainable _task;
    private readonly Optimizer _optimizer;
    private readonly TrainerOptions _options;
    private readonly TrainingCallback[] _callbacks;
    private readonly ISchedule _schedule;
    private readonly TrainingClock _clock = new();
    private readonly LossWindow _window = new();
    private StopReason? _stop;
    private long _lastValidatedStep = -1;
    private TimeSpan _lastValidatedAt;
    private TimeSpan _validationTook;

    /// <summary>Prepares a run; nothing happens before <see cref="Run"/>.</summary>
    /// <param name="task">The model and its data.</param>
    /// <param name="optimizer">Updates the parameters of <paramref name="task"/>.</param>
    /// <param name="options">How long and when.</param>
    /// <param name="callbacks">What else takes part, in order.</param>
    public Trainer(ITrainable task, Optimizer optimizer, TrainerOptions options, IReadOnlyList<TrainingCallback>? callbacks = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(options);
        if (!(options.Epochs > 0)) throw new ArgumentException($"Trainer: {options.Epochs} epochs; give more than 0.", nameof(options));
        if (options.Duration is { } duration && duration <= TimeSpan.Zero) throw new ArgumentException($"Trainer: a duration of {duration}; give more than 0.", nameof(options));
        _task = task;
        _optimizer = optimizer;
        _options = options;
        _callbacks = [.. callbacks ?? []];
        TotalSteps = Math.Max(1, (long)Math.Ceiling(_options.Epochs * _task.StepsPerEpoch));
        _schedule = _options.Schedule ?? new CosineSchedule(TotalSteps, Floor: 0.01);
    }

    /// <summary>The parameters that are learnt.</summary>
    public ParameterSet Parameters => _task.Parameters;

    /// <summary>Steps done, earlier parts of a resumed run included.</summary>
    public long Step { get; private set; }

    /// <summary>Steps planned; a time limit may end the run earlier.</summary>
    public long TotalSteps { get; }

    /// <summary>Passes over the data done, with fraction.</summary>
    public double Epoch => Step / (double)_task.StepsPerEpoch;

    /// <summary>Time spent, pauses not counted, earlier parts of a resumed run included.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>What the last step found.</summary>
    public StepResult Last { get; private set; }

    /// <summary>The global norm of the last gradient, before clipping.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>The last validation, if there was one.</summary>
    public ValidationResult? Validation { get; private set; }

    /// <summary>The validation with the lowest loss, if there was one.</summary>
    public ValidationResult? Best { get; private set; }

    /// <summary>The step after which <see cref="Best"/> was found.</summary>
    public long BestStep { get; private set; }

    /// <summary>Asks the run to end after the current step; the first reason given counts.</summary>
    public void Stop(StopReason reason) => _stop ??= reason;

    /// <summary>Trains until everything is done, time is up, validation stops improving, or it is cancelled.</summary>
    /// <param name="progress">Receives reports now and then.</param>
    /// <param name="pause">Lets another thread pause the run.</param>
    /// <param name="cancellation">Ends the run in good order: callbacks still finish, so the best parameters are put back.</param>
    /// <returns>Why it ended.</returns>
    public StopReason Run(IProgress<TrainerProgress>? progress = null, PauseGate? pause = null, CancellationToken cancellation = default)
    {
        _stop = null;
        _clock.Start();
        _lastValidatedAt = Elapsed;
        foreach (TrainingCallback callback in _callbacks) callback.OnStarted(this);
        // An earlier part of the run may have been cancelled in the validation that belongs to this step.
        if (Step > 0 && Step % _options.ValidateEvery == 0 && _lastValidatedStep != Step && !IsOver(cancellation)) Validate(progress, cancellation);
        while (!IsOver(cancellation))
        {
            if (pause is not null) _clock.Skip(pause.Wait(cancellation));
            if (cancellation.IsCancellationRequested) continue;
            if (!Advance()) continue;
            foreach (TrainingCallback callback in _callbacks) callback.OnStep(this);
            if (ValidationIsDue) Validate(progress, cancellation);
            if (_window.IsDue(_options.ReportInterval)) Report(progress);
        }

        // A cancelled run that knows a best does not measure once more, for whoever cancelled is waiting; one that knows none must.
        if (_stop != StopReason.Diverged && _lastValidatedStep != Step && (_stop != StopReason.Cancelled || Best is null))
            Validate(progress, Best is null ? CancellationToken.None : cancellation);
        Report(progress);
        foreach (TrainingCallback callback in _callbacks) callback.OnStopping(this, _stop!.Value);
        foreach (TrainingCallback callback in _callbacks) callback.OnFinished(this);
        _clock.Stop();
        return _stop!.Value;
    }

    /// <summary>Writes everything that an exact continuation needs: parameters, optimizer, step, data position, callbacks.</summary>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public void Save(string path)
    {
        StateWriter state = new();
        state.Number("version", StateVersion);
        state.Number("step", Step);
        state.Number("total_steps", TotalSteps);
        state.Number("elapsed_ticks", Elapsed.Ticks);
        state.Number("validated.step", _lastValidatedStep);
        state.Number("optimizer.steps", _optimizer.Steps);
        state.Number("best.known", Best is null ? 0 : 1);
        state.Number("best.step", BestStep);
        state.Number("best.loss", Best?.Loss ?? 0);
        state.Number("best.bits", Best?.BitsPerCharacter ?? -1);
        foreach (Parameter parameter in Parameters) state.Array("model." + parameter.Name, parameter.Shape.ToArray(), () => parameter.Values);
        foreach (string name in _optimizer.StateNames) state.Array("optimizer." + name, [_optimizer.State(name).Length], () => _optimizer.State(name));
        if (_schedule is PlateauSchedule plateau)
        {
            state.Number("plateau.factor", plateau.Factor);
            state.Number("plateau.best", plateau.Best);
            state.Number("plateau.waited", plateau.Waited);
        }

        _task.Save(state);
        foreach (TrainingCallback callback in _callbacks) callback.Save(state);
        state.Save(path);
    }

    /// <summary>Takes a run up where <see cref="Save"/> left it. The task, optimizer, options and callbacks must be made as they were.</summary>
    /// <exception cref="CheckpointException">The file is missing, damaged, or of another model or version.</exception>
    public void Restore(string path)
    {
        using StateReader state = new(path);
        if (state.Integer("version") != StateVersion)
            throw new CheckpointException($"'{path}' is a training state of version {state.Integer("version")}; this program reads version {StateVersion}. Start without --resume.");
        foreach (Parameter parameter in Parameters) state.Array("model." + parameter.Name, parameter.Shape.ToArray(), parameter.Values);
        foreach (string name in _optimizer.StateNames) state.Array("optimizer." + name, [_optimizer.State(name).Length], _optimizer.State(name));
        _optimizer.Steps = state.Integer("optimizer.steps");
        Step = state.Integer("step");
        BestStep = state.Integer("best.step");
        double bits = state.Number("best.bits");
        Best = state.Integer("best.known") == 0 ? null : new ValidationResult(state.Number("best.loss"), bits < 0 ? null : bits);
        Validation = Best;
        _lastValidatedStep = state.Integer("validated.step", otherwise: BestStep == Step ? Step : -1);
        _clock.Set(TimeSpan.FromTicks(state.Integer("elapsed_ticks")));
        if (_schedule is PlateauSchedule plateau)
        {
            plateau.Factor = state.Number("plateau.factor");
            plateau.Best = state.Number("plateau.best");
            plateau.Waited = (int)state.Integer("plateau.waited");
        }

        _task.Restore(state);
        foreach (TrainingCallback callback in _callbacks) callback.Restore(state);
    }

    /// <summary>By the clock, validation waits until training has had ten times as long as the last one took.</summary>
    private bool ValidationIsDue =>
        Step % _options.ValidateEvery == 0
        || (_options.ValidateInterval is { } interval && Elapsed - _lastValidatedAt >= interval && Elapsed - _lastValidatedAt >= 10 * _validationTook);

    private bool IsOver(CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) Stop(StopReason.Cancelled);
        else if (Step >= TotalSteps) Stop(StopReason.Finished);
        else if (_options.Duration is { } duration && Elapsed >= duration) Stop(StopReason.TimeUp);
        return _stop is not null;
    }

    /// <summary>One step; false when it diverged and the parameters were left alone.</summary>
    private bool Advance()
    {
        long start = _clock.Timestamp;
        _optimizer.LearningRate = (float)(_options.LearningRate * RateFactor());
        Last = _task.Step(Step);
        if (_options.ClipNorm > 0) GradientNorm = GradientClipping.ClipByGlobalNorm(Parameters, _options.ClipNorm);
        if (!double.IsFinite(Last.Loss) || !double.IsFinite(GradientNorm))
        {
            Stop(StopReason.Diverged);
            return false;
        }

        _optimizer.Step();
        Step++;
        _window.Add(Last, _clock.Since(start));
        return true;
    }

    /// <summary>
    /// Warm-up counts steps, but takes a twentieth of the time allowed at most; the schedule is run through by whichever of steps and time is
    /// further on.
    /// </summary>
    private double RateFactor()
    {
        const double LongestWarmup = 0.05;
        double warm = (Step + 1.0) / Math.Max(1, _options.WarmupSteps);
        if (_options.Duration is not { } duration) return _schedule.FactorAt(Step) * Math.Min(1, warm);
        double spent = Math.Min(1, Elapsed / duration);
        long position = Math.Max(Step, (long)(spent * TotalSteps));
        return _schedule.FactorAt(position) * Math.Min(1, Math.Max(warm, spent / LongestWarmup));
    }

    private void Validate(IProgress<TrainerProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(Snapshot(validating: true));
        TimeSpan start = Elapsed;
        try
        {
            if (_task.Validate(cancellation) is { } result) Accept(result);
            _lastValidatedStep = Step;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The loop sees the cancellation at its next turn.
        }

        _lastValidatedAt = Elapsed;
        _validationTook = Elapsed - start;
    }

    private void Accept(ValidationResult result)
    {
        Validation = result;
        bool improved = double.IsFinite(result.Loss) && !(result.Loss >= Best?.Loss);
        if (improved)
        {
            Best = result;
            BestStep = Step;
        }

        if (_schedule is PlateauSchedule plateau) plateau.Report(result.Loss);
        foreach (TrainingCallback callback in _callbacks) callback.OnValidated(this, result, improved);
    }

    private void Report(IProgress<TrainerProgress>? progress)
    {
        progress?.Report(Snapshot(validating: false));
        _window.Restart();
    }

    private TrainerProgress Snapshot(bool validating) => new()
    {
        Step = Step,
        Steps = TotalSteps,
        Epoch = Epoch,
        Validating = validating,
        Loss = _window.MeanLoss(Last.Loss),
        LearningRate = _optimizer.LearningRate,
        GradientNorm = GradientNorm,
        ItemsPerSecond = _window.ItemsPerSecond,
        Validation = Validation,
        BestLoss = Best?.Loss,
        Elapsed = Elapsed,
        Remaining = _clock.Remaining(Step, TotalSteps, _options.Duration),
    };
}
