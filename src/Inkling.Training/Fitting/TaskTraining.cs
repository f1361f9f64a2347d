using Inkling.Nn;
using Inkling.Training.Logs;

namespace Inkling.Training;

/// <summary>Training anything that is an <see cref="ITrainable"/> in few lines, with the traces that <see cref="ModuleTraining"/> leaves.</summary>
public static class TaskTraining
{
    private static readonly TimeSpan s_stateInterval = TimeSpan.FromMinutes(2);

    /// <summary>Trains a task: early stopping, logs, curves, checkpoints and resumption as the options say. Afterwards it has the parameters of the best validation, also when the run was cancelled.</summary>
    /// <param name="task">A model together with its data; it knows by itself what to measure, on which threads and with which seed.</param>
    /// <param name="optimizer">Updates its parameters, at its learning rate.</param>
    /// <param name="options">How long, and what happens on the way.</param>
    /// <param name="cancellation">Ends the run in good order after the step under way.</param>
    /// <exception cref="ArgumentException">An option is out of range, or is one that the task decides: validation data, metrics, threads, seed.</exception>
    public static FitResult Fit(this ITrainable task, Optimizer optimizer, FitOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new FitOptions();
        if (options.Validation is not null || options.Metrics.Count > 0 || options.Team is not null || options.Seed != 0)
            throw new ArgumentException("Fit: validation data, metrics, threads and seed are the task's; give them where the task is made, not in the options.", nameof(options));
        return Run(task, optimizer, options, cancellation);
    }

    internal static FitResult Run(ITrainable task, Optimizer optimizer, FitOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(optimizer);
        TrainingHistory history = new();
        List<TrainingCallback> callbacks = [history, new EarlyStopping(options.Patience)];
        string? state = options.Folder is null ? null : Path.Combine(options.Folder, "state.safetensors");
        if (options.Folder is { } folder)
        {
            callbacks.AddRange([new CsvLog(Path.Combine(folder, "log.csv")), new CurveLog(Path.Combine(folder, "curves.svg"), options.Title), new TensorBoardLog(folder), new ModelFiles(folder), new Checkpointing(state!, s_stateInterval)]);
        }

        callbacks.AddRange(options.Callbacks);
        Trainer trainer = new(task, optimizer, new TrainerOptions
        {
            Epochs = options.Epochs,
            LearningRate = optimizer.LearningRate,
            Schedule = options.Schedule ?? new ConstantSchedule(),
            WarmupSteps = options.WarmupSteps,
            ClipNorm = options.ClipNorm,
            ValidateEvery = task.StepsPerEpoch,
            Monitor = options.Monitor,
        }, callbacks);
        if (options.Resume && File.Exists(state)) trainer.Restore(state);
        try
        {
            StopReason reason = trainer.Run(options.Progress, options.Pause, cancellation);
            return new FitResult { Reason = reason, History = history.Records, Best = trainer.Best, BestStep = trainer.BestStep, Divergence = trainer.Divergence, Elapsed = trainer.Elapsed };
        }
        finally
        {
            foreach (IDisposable open in callbacks.OfType<TensorBoardLog>()) open.Dispose();
        }
    }
}
