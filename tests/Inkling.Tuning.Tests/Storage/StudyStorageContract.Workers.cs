using System.Collections.Concurrent;

namespace Inkling.Tuning.Tests;

public abstract partial class StudyStorageContract
{
    [Fact]
    public void Only_what_has_changed_is_read_again()
    {
        long study = NewStudy();
        for (int i = 0; i < 5; i++)
        {
            (_, TrialKey key) = Start(study);
            if (i != 3) Storage.Finish(key, new TrialOutcome(TrialState.Complete, [i]));
        }

        TrialChanges all = Storage.ReadTrials(study);
        Assert.Equal([0, 1, 2, 3, 4], all.Trials.Select(trial => trial.Number).Order());

        Storage.Report(new TrialKey(study, 3, 1), 1, 0.5);
        (_, TrialKey added) = Start(study);
        TrialChanges some = Storage.ReadTrials(study, all.Stamp);
        Assert.Equal([3, 5], some.Trials.Select(trial => trial.Number).Order());
        Assert.Equal(0.5, some.Trials.Single(trial => trial.Number == 3).Intermediate[1]);

        foreach (Action write in (Action[])
        [
            () => Storage.SetParameter(added, "x", new ParameterValue(new FloatDistribution(0, 1), 0.5)), () => Storage.SetAttribute(added, "x", "y"),
            () => Storage.Release(added), () => Storage.StartTrial(study, new TrialStart("c")), () => Storage.Requeue(study, TimeSpan.Zero, 10),
        ])
        {
            some = Storage.ReadTrials(study, some.Stamp);
            write();
            Assert.Contains(Storage.ReadTrials(study, some.Stamp).Trials, trial => trial.Number == 5);
        }
    }

    [Fact]
    public void A_released_trial_waits_with_the_values_it_had()
    {
        long study = NewStudy();
        (_, TrialKey key) = Start(study);
        Storage.SetParameter(key, "x", new ParameterValue(new FloatDistribution(0, 1), 1.0 / 3));
        Storage.SetParameter(key, "c", new ParameterValue(new CategoricalDistribution(["a", "b"]), 1));
        Storage.Report(key, 1, 2);
        Storage.SetAttribute(key, "kept", "yes");
        Storage.Release(key, 2.5);

        TrialRecord waiting = Read(key);
        Assert.Equal((TrialState.Waiting, 0, 0, (string?)null), (waiting.State, waiting.Parameters.Count, waiting.Intermediate.Count, waiting.Worker));
        (TrialRecord again, TrialKey second) = Start(study, "b");
        Assert.Equal(2.5, again.Cost);
        Assert.Equal((0, 2, "b", "yes"), (again.Number, again.Attempt, again.Worker, again.Attributes["kept"]));
        Assert.Equal((1.0 / 3, "b"), (double.Parse(again.Fixed["x"], System.Globalization.CultureInfo.InvariantCulture), again.Fixed["c"]));
        Assert.Throws<TrialLostException>(() => Storage.Report(key, 1, 1));
        Storage.Report(second, 1, 1);
    }

    [Fact]
    public void Trials_of_silent_workers_are_given_to_others_and_at_last_fail()
    {
        long study = NewStudy();
        (_, TrialKey first) = Start(study);
        Assert.Empty(Storage.Requeue(study, TimeSpan.FromHours(1), 2));
        Assert.Equal(TrialState.Running, Read(first).State);

        Assert.Equal([(0, TrialState.Waiting)], Storage.Requeue(study, TimeSpan.Zero, 2).Select(trial => (trial.Number, trial.State)));
        Assert.Throws<TrialLostException>(() => Storage.Finish(first, new TrialOutcome(TrialState.Complete, [1])));
        (_, TrialKey second) = Start(study, "b");
        Assert.Equal(2, second.Attempt);
        Assert.Throws<TrialLostException>(() => Storage.Finish(first, new TrialOutcome(TrialState.Complete, [1])));

        TrialRecord failed = Assert.Single(Storage.Requeue(study, TimeSpan.Zero, 2));
        Assert.Equal(TrialState.Failed, failed.State);
        Assert.NotNull(failed.Finished);
        Assert.Contains("silent", Read(second).Error, StringComparison.Ordinal);
        Assert.Empty(Storage.Requeue(study, TimeSpan.Zero, 2));
    }

    [Fact]
    public void A_heartbeat_is_for_all_running_trials_of_a_worker_only()
    {
        long study = NewStudy();
        (TrialRecord mine, TrialKey key) = Start(study, "a");
        (TrialRecord other, TrialKey otherKey) = Start(study, "b");
        SpinWait.SpinUntil(() =>
        {
            Storage.Heartbeat(study, "a");
            return Read(key).Heartbeat > mine.Heartbeat;
        });
        Assert.Equal(other.Heartbeat, Read(otherKey).Heartbeat);
    }

    [Fact]
    public void Many_workers_never_get_the_same_trial()
    {
        const int Workers = 4, Limit = 60;
        long study = NewStudy();
        for (int i = 0; i < 20; i++)
            Storage.AddTrial(study, new TrialRecord { Number = 0, State = TrialState.Waiting });
        var taken = new ConcurrentBag<int>();
        Thread[] threads = [.. Enumerable.Range(0, Workers).Select(worker => new Thread(() =>
        {
            using IStudyStorage storage = Connect();
            while (storage.StartTrial(study, new TrialStart($"w{worker}", Limit)) is { } trial)
            {
                var key = new TrialKey(study, trial.Number, trial.Attempt);
                storage.SetParameter(key, "x", new ParameterValue(new FloatDistribution(0, 1), 0.5));
                storage.Report(key, 0, worker);
                storage.Finish(key, new TrialOutcome(TrialState.Complete, [trial.Number]));
                taken.Add(trial.Number);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(Enumerable.Range(0, Limit), taken.Order());
        Assert.All(Storage.ReadTrials(study).Trials, trial => Assert.Equal((TrialState.Complete, (double)trial.Number, 1), (trial.State, trial.Values[0], trial.Attempt)));
    }
}
