using System.Diagnostics;
using System.Globalization;
using Inkling.App.Running;
using Inkling.Tuning;

namespace Inkling.App.Tuning;

/// <summary>One call of <c>tune</c>, or one worker: runs trials of a study until it is complete.</summary>
/// <param name="storage">Where the study is.</param>
/// <param name="study">The study.</param>
/// <param name="plan">What is tuned and how.</param>
internal sealed class TuneRun(IStudyStorage storage, StudyRecord study, StudyPlan plan)
{
    /// <summary>How long a worker may give no sign of life before its trials are taken over.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(400);

    /// <summary>All trials at the end.</summary>
    public IReadOnlyList<TrialRecord> Trials { get; private set; } = [];

    /// <summary>Runs.</summary>
    /// <param name="workers">Trials at a time.</param>
    /// <param name="time">After which no trial is begun.</param>
    /// <param name="view">Told how it goes.</param>
    /// <param name="stop">Ends the run; trials that have begun are given back.</param>
    /// <returns>Why it ended; null if it was stopped.</returns>
    public async Task<StopReason?> RunAsync(int workers, TimeSpan? time, ITuneView view, CancellationToken stop)
    {
        ITuneObjective objective = plan.Prepare(workers, study.Specification.Seed);
        using Study own = Study.Open(storage, study.Name, new StudyOptions
        {
            Sampler = TuneChoices.CreateSampler(plan.Sampler, plan.Space),
            Pruner = TuneChoices.CreatePruner(plan.Pruner),
            HeartbeatInterval = TimeSpan.FromSeconds(2),
            Silence = Silence,
        });
        var watch = new TrialWatch(storage, study);
        watch.Refresh();
        view.Show(watch, TimeSpan.Zero);
        using CancellationTokenRegistration stopping = stop.Register(view.Stopping);
        using var end = new CancellationTokenSource();
        Task shown = ShowAsync(watch, view, own.Worker, end.Token);
        StopReason? reason = null;
        try
        {
            reason = await own.OptimizeAsync(objective.RunAsync, new Budget { TotalTrials = plan.Trials, Time = time }, workers, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What had begun has been given back.
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await shown.ConfigureAwait(false);
        }

        Trials = reason is null ? Seen(own, watch) : own.Trials;
        return reason;
    }

    // Who interrupts does not wait for a data base that is away: what was seen last is told.
    private static IReadOnlyList<TrialRecord> Seen(Study study, TrialWatch watch)
    {
        try
        {
            return study.Trials;
        }
        catch (Exception away) when (away is StorageException or OperationCanceledException)
        {
            return watch.Trials;
        }
    }

    /// <summary>The study to go on with.</summary>
    /// <param name="storage">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="FailureException">It is not there.</exception>
    public static StudyRecord Find(IStudyStorage storage, string name)
        => storage.FindStudy(name) ?? throw new FailureException($"--resume: there is no study \"{name}\" in this storage{Others(storage)}; leave out --resume to begin it");

    /// <summary>A new study.</summary>
    /// <param name="storage">Where it will be.</param>
    /// <param name="name">Its name; null for <paramref name="fresh"/>, with a number behind it when that is taken.</param>
    /// <param name="fresh">A name for a study that was given none (<see cref="FreshName"/>).</param>
    /// <param name="create">What it is created with, for a name.</param>
    /// <exception cref="FailureException">There is one of the name that was given.</exception>
    public static StudyRecord Create(IStudyStorage storage, string? name, string fresh, Func<string, StudySpecification> create)
    {
        for (int i = 1; ; i++)
        {
            try
            {
                return storage.CreateStudy(create(name ?? (i == 1 ? fresh : string.Create(CultureInfo.InvariantCulture, $"{fresh}-{i}"))));
            }
            catch (StudyExistsException) when (name is null)
            {
                // Another call in the same second.
            }
            catch (StudyExistsException)
            {
                throw new FailureException($"--study {name}: there is a study of this name; go on with it by --resume, or take another name");
            }
        }
    }

    /// <summary>The trials of others that a run waits for when it has nothing left to do itself; 0 while it has.</summary>
    /// <param name="trials">All trials.</param>
    /// <param name="worker">Whose own trials are no waiting.</param>
    /// <param name="total">Trials of the study in the end.</param>
    internal static int Awaited(IReadOnlyList<TrialRecord> trials, string worker, int total)
        => trials.Count < total || trials.Any(trial => trial.State is TrialState.Waiting || trial.State is TrialState.Running && trial.Worker == worker)
            ? 0 : trials.Count(trial => trial.State is TrialState.Running);

    /// <summary>For messages: what there is instead.</summary>
    public static string Others(IStudyStorage storage)
    {
        string[] names = [.. storage.ListStudies().TakeLast(5).Select(study => $"\"{study.Name}\"")];
        return names.Length == 0 ? ", which is empty" : $" (the newest are {string.Join(", ", names)})";
    }

    /// <summary>A name for a study that was given none.</summary>
    public static string FreshName(StudyPlan plan)
        => string.Create(CultureInfo.InvariantCulture, $"{plan.Task ?? Path.GetFileName(plan.Command!.Split(' ', 2)[0])}-{DateTime.Now:yyyyMMdd-HHmmss}");

    private async Task ShowAsync(TrialWatch watch, ITuneView view, string worker, CancellationToken end)
    {
        long begin = Stopwatch.GetTimestamp();
        bool last = false;
        int waited = 0;
        while (!last)
        {
            last = end.IsCancellationRequested;
            try
            {
                watch.Refresh();
            }
            catch (Exception away) when (away is StorageException or OperationCanceledException)
            {
                // The workers meet the same and end the run with it.
                return;
            }

            view.Show(watch, Stopwatch.GetElapsedTime(begin));
            int waits = Awaited(watch.Trials, worker, plan.Trials);
            if (waits != waited && !last) view.Wait(waits);
            waited = waits;
            if (!last) await Task.Delay(Look, end).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }
    }
}
