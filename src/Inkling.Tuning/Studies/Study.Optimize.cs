namespace Inkling.Tuning;

public sealed partial class Study
{
    /// <summary>Runs trials of an objective with one value until the budget is spent.</summary>
    /// <param name="objective">Asks the trial for parameters and returns how good they are. What it throws makes a failed trial, and the study goes on.</param>
    /// <param name="budget">When to end.</param>
    /// <param name="workers">Threads with a trial each; at least 1. With 1 everything runs on the calling thread.</param>
    /// <param name="cancellation">Ends the run; trials that then throw <see cref="OperationCanceledException"/> wait for the next run.</param>
    /// <returns>Why it ended.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="SearchSpaceException">The objective asked for a parameter that makes no sense; its trial has failed.</exception>
    /// <exception cref="StorageException">The storage is gone.</exception>
    public StopReason Optimize(Func<Trial, double> objective, Budget budget, int workers = 1, CancellationToken cancellation = default)
        => Optimize(trial => new[] { objective(trial) }, budget, workers, cancellation);

    /// <summary>Runs trials of an objective with several values until the budget is spent.</summary>
    /// <inheritdoc cref="Optimize(Func{Trial, double}, Budget, int, CancellationToken)"/>
    public StopReason Optimize(Func<Trial, double[]> objective, Budget budget, int workers = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(budget);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        var run = new StudyRun(this, (trial, _) => ValueTask.FromResult(objective(trial)), budget.Checked(), cancellation);
        return workers == 1
            ? run.Work().GetAwaiter().GetResult()
            : run.Join(Enumerable.Range(0, workers).Select(_ => Task.Factory.StartNew(() => run.Work().GetAwaiter().GetResult(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)))
                .GetAwaiter().GetResult();
    }

    /// <summary>Runs trials of an objective that waits, such as for a program or another machine.</summary>
    /// <param name="objective">Asks the trial for parameters and returns how good they are, one value a direction; it is given the cancellation of the run.</param>
    /// <param name="budget">When to end.</param>
    /// <param name="workers">Trials at a time; at least 1.</param>
    /// <param name="cancellation">Ends the run; trials that then throw <see cref="OperationCanceledException"/> wait for the next run.</param>
    /// <returns>Why it ended.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="SearchSpaceException">The objective asked for a parameter that makes no sense; its trial has failed.</exception>
    /// <exception cref="StorageException">The storage is gone.</exception>
    public Task<StopReason> OptimizeAsync(Func<Trial, CancellationToken, ValueTask<double[]>> objective, Budget budget, int workers = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(budget);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        var run = new StudyRun(this, objective, budget.Checked(), cancellation);
        return run.Join(Enumerable.Range(0, workers).Select(_ => Task.Run(run.Work, CancellationToken.None)));
    }

    /// <summary>The loop of the workers of one call.</summary>
    private sealed class StudyRun(Study study, Func<Trial, CancellationToken, ValueTask<double[]>> objective, Budget budget, CancellationToken cancellation)
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
        private readonly System.Diagnostics.Stopwatch _clock = System.Diagnostics.Stopwatch.StartNew();
        private int _begun;
        private volatile bool _broken;   // a worker has met an error that ends them all

        public async Task<StopReason> Join(IEnumerable<Task<StopReason>> workers)
        {
            StopReason[] reasons = await Task.WhenAll(workers).ConfigureAwait(false);
            return reasons[0];
        }

        public async Task<StopReason> Work()
        {
            try
            {
                while (true)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (Over() is { } reason) return reason;
                    if (Begin(out StopReason end) is { } trial) await Run(trial).ConfigureAwait(false);
                    else if (!OthersRun()) return end;
                    else await Task.Delay(Pause, cancellation).ConfigureAwait(false);
                }
            }
            catch
            {
                _broken = true;
                throw;
            }
        }

        private StopReason? Over()
        {
            if (study._stopped || _broken) return StopReason.Stopped;
            if (Volatile.Read(ref _begun) >= budget.Trials) return StopReason.Trials;
            if (_clock.Elapsed >= budget.Time) return StopReason.Time;
            if (budget.Cost is null) return null;
            lock (study._gate)
            {
                study._history.Refresh(study.Storage, study.Record.Id);
                return study._history.Cost >= budget.Cost ? StopReason.Cost : null;
            }
        }

        private Trial? Begin(out StopReason end)
        {
            end = StopReason.Trials;
            if (Interlocked.Increment(ref _begun) > budget.Trials) return null;
            Trial? trial = study.Begin(budget.TotalTrials, cancellation, out bool exhausted);
            if (trial is not null) return trial;
            Interlocked.Decrement(ref _begun);
            if (exhausted) end = StopReason.Exhausted;
            return null;
        }

        // Another worker may die with its trial, which then is ours to finish.
        private bool OthersRun()
        {
            if (Volatile.Read(ref _begun) >= budget.Trials) return false;
            study.Storage.Requeue(study.Record.Id, study._options.Silence, study._options.Attempts);
            return study.Trials.Any(trial => trial.State is TrialState.Waiting || trial.State is TrialState.Running && trial.Worker != study.Worker);
        }

        private async ValueTask Run(Trial trial)
        {
            try
            {
                await Finish(trial).ConfigureAwait(false);
            }
            catch (TrialLostException)
            {
                // Another worker has taken it over in the meantime, and finishes it.
                study._pulse.Ended(trial.Key);
            }
        }

        private async ValueTask Finish(Trial trial)
        {
            try
            {
                double[] values = await objective(trial, cancellation).ConfigureAwait(false);
                study.Tell(trial, values);
            }
            catch (TrialPrunedException)
            {
                study.TellPruned(trial);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                study.GiveBack(trial);
                throw;
            }
            catch (SearchSpaceException fatal)
            {
                study.TellFailed(trial, Describe(fatal));
                throw;
            }
            catch (Exception wrong) when (wrong is not (StorageException or TrialLostException) && !study.IsInterrupted(wrong))
            {
                study.TellFailed(trial, Describe(wrong));
            }
        }

        private static string Describe(Exception wrong) => wrong is TrialFailedException ? wrong.Message : $"{wrong.GetType().Name}: {wrong.Message}";
    }
}
