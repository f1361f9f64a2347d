using System.Collections.Concurrent;

namespace Inkling.Tuning.Tests;

[Collection("one at a time")]
public sealed class ChaosTests(PostgresServer server)
{
    private const int Workers = 8, Trials = 120, Deaths = 12;

    /// <summary>
    /// A worker dies by falling silent in the middle of a trial; another takes its place. When all is done the dead come back to life and try to finish what is
    /// no longer theirs. (Processes that are killed: the command's tests.)
    /// </summary>
    [Fact]
    [Trait("Speed", "Slow")]
    public void Of_eight_workers_that_keep_dying_every_trial_is_finished_once_and_none_is_lost()
    {
        string address = server.NewDataBase();
        using var storage = new PostgresStorage(address);
        long id = storage.CreateStudy(new StudySpecification("s", [Direction.Minimize], 1)).Id;
        var finished = new ConcurrentBag<int>();
        var threads = new ConcurrentBag<Thread>();
        using var judgement = new ManualResetEventSlim();
        int begun = 0, deaths = 0;

        void Begin()
        {
            var thread = new Thread(Work);
            threads.Add(thread);
            thread.Start();
        }

        void Work()
        {
            using var own = new PostgresStorage(address);
            var options = new StudyOptions
            {
                HeartbeatInterval = TimeSpan.FromMilliseconds(100),
                Silence = TimeSpan.FromSeconds(1),
                Attempts = 1000,
                Finished = new Told(trial => finished.Add(trial.Number)),
            };
            using Study study = Study.Open(own, "s", options);
            study.Optimize(trial =>
            {
                trial.Report(trial.Float("x", 0, 1), 0);
                if (Interlocked.Increment(ref begun) % 9 == 0 && Interlocked.Increment(ref deaths) <= Deaths)
                {
                    study.Dispose();
                    Begin();
                    judgement.Wait();
                }

                return trial.Number;
            }, new Budget { TotalTrials = Trials });
        }

        for (int i = 0; i < Workers; i++)
            Begin();
        while (storage.ReadTrials(id).Trials is { Count: < Trials } || storage.ReadTrials(id).Trials.Any(trial => !trial.IsFinished))
            Thread.Sleep(50);
        judgement.Set();
        while (threads.TryTake(out Thread? thread))
            thread.Join();

        IReadOnlyList<TrialRecord> trials = storage.ReadTrials(id).Trials;
        Assert.Equal(Enumerable.Range(0, Trials), trials.Select(trial => trial.Number));
        Assert.All(trials, trial => Assert.Equal((TrialState.Complete, (double)trial.Number, 1), (trial.State, trial.Values[0], trial.Intermediate.Count)));
        Assert.Equal(Enumerable.Range(0, Trials), finished.Order());
        Assert.True(trials.Sum(trial => trial.Attempt - 1) >= Deaths, "Every death makes another attempt.");
    }
}
