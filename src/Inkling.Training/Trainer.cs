using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Numerics;

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

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate => _optimizer.LearningRate;

    /// <summary>Where numbers that are not finite came from, when the run ended as <see cref="StopReason.Diverged"/>; else null.</summary>
    public Divergence? Divergence { get; private set; }

    /// <summary>The last validation, if there was one.</summary>
    public ValidationResult? Validation { get; private set; }

    /// <summary>The best validation, by its loss or by what <see cref="TrainerOptions.Monitor"/> names, if there was one.</summary>
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
        Divergence = null;
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
        state.Text("best.metrics", MetricText.Write(Best?.Metrics ?? []));
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
        Best = state.Integer("best.known") == 0 ? null : new ValidationResult(state.Number("best.loss"), bits < 0 ? null : bits) { Metrics = MetricText.Read(state.Text("best.metrics", otherwise: "")) };
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
        if (!double.IsFinite(Last.Loss)) return Diverge($"the loss is {Last.Loss}");
        // Without clipping as well: a step along a gradient that is not finite spoils the parameters for good.
        GradientNorm = _options.ClipNorm > 0 ? GradientClipping.ClipByGlobalNorm(Parameters, _options.ClipNorm) : GradientClipping.GlobalNorm(Parameters);
        if (!double.IsFinite(GradientNorm)) return Diverge($"the gradient's norm is {GradientNorm}");

        _optimizer.Step();
        Step++;
        _window.Add(Last, _clock.Since(start));
        return true;
    }

    /// <summary>Whether all parameters are finite, as they must be to be written to a file; the run ends when they are not.</summary>
    internal bool CheckParameters() => Reduce.AllFinite(Parameters.Values) || Diverge("parameters are not finite after the step before");

    /// <summary>Ends the run with a word about where numbers went wrong; always false.</summary>
    private bool Diverge(string what)
    {
        Suspect suspect = _task.FindSuspect() ?? SuspectParameter();
        Divergence ??= new Divergence(Step, what, suspect.Where, suspect.Cause);
        _stop = StopReason.Diverged;
        return false;
    }

    /// <summary>What the parameters alone can tell. Gradients flow from the last to the first, so the last that is broken is where it began.</summary>
    private Suspect SuspectParameter()
    {
        foreach (Parameter parameter in Parameters)
        {
            if (!Reduce.AllFinite(parameter.Values))
                return new Suspect($"the parameter '{parameter.Name}'", "the learning rate is too high for the step before; lower it, or clip gradients");
        }

        for (int i = Parameters.Count - 1; i >= 0; i--)
        {
            if (!Reduce.AllFinite(Parameters[i].Gradients))
                return new Suspect($"the gradient of '{Parameters[i].Name}'", "a derivative without bound, such as a root's or logarithm's at 0, or numbers that grew too large; lower the learning rate or normalise the input");
        }

        return new Suspect("the loss", "numbers too large for 32 bits; lower the learning rate, and see that inputs and targets are near 0");
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
            else foreach (TrainingCallback callback in _callbacks) callback.OnValidationSkipped(this);
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
        bool improved = IsBetter(result);
        if (improved)
        {
            Best = result;
            BestStep = Step;
        }

        if (_schedule is PlateauSchedule plateau) plateau.Report(result.Loss);
        foreach (TrainingCallback callback in _callbacks) callback.OnValidated(this, result, improved);
    }

    private bool IsBetter(ValidationResult result)
    {
        if (_options.Monitor is not { } name) return double.IsFinite(result.Loss) && !(result.Loss >= Best?.Loss);
        Metrics.MetricValue now = result.Find(name);
        if (!double.IsFinite(now.Value) || Best is null) return double.IsFinite(now.Value);
        double before = Best.Find(name).Value;
        return now.HigherIsBetter ? now.Value > before : now.Value < before;
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
