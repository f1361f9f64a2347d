using System.Collections.Concurrent;

namespace Inkling.Tuning.Tests;

[Collection("one at a time")]
public sealed class PostgresServerTests(PostgresServer server)
{
    [Fact]
    public async Task A_server_that_restarts_in_the_middle_costs_no_trial_and_none_is_done_twice()
    {
        const int Trials = 60;
        string address = server.NewDataBase();
        using var storage = new PostgresStorage(address, TimeSpan.FromMinutes(2));
        storage.CreateStudy(new StudySpecification("s", [Direction.Minimize], 1));
        var finished = new ConcurrentBag<int>();
        using var third = new SemaphoreSlim(0);
        Task[] workers = [.. Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(() =>
        {
            using var own = new PostgresStorage(address, TimeSpan.FromMinutes(2));
            using Study study = Study.Open(own, "s", new StudyOptions
            {
                Finished = new Told(trial =>
                {
                    finished.Add(trial.Number);
                    if (trial.Number == Trials / 3) third.Release();
                }),
            });
            study.Optimize(trial => trial.Float("x", 0, 1) + trial.Float("y", 0, 1), new Budget { TotalTrials = Trials });
        }, TaskCreationOptions.LongRunning))];

        await third.WaitAsync();
        await server.Stop();
        await server.Start();
        await Task.WhenAll(workers);

        TrialRecord[] trials = [.. storage.ReadTrials(storage.FindStudy("s")!.Id).Trials];
        Assert.Equal(Enumerable.Range(0, Trials), trials.Select(trial => trial.Number));
        Assert.All(trials, trial => Assert.Equal((TrialState.Complete, 2, 1), (trial.State, trial.Parameters.Count, trial.Attempt)));
        Assert.Equal(Enumerable.Range(0, Trials), finished.Order());
    }

    [Fact]
    public async Task A_server_that_does_not_come_back_ends_the_run_clearly_and_what_was_stored_is_there_afterwards()
    {
        string address = server.NewDataBase();
        using var storage = new PostgresStorage(address, TimeSpan.FromMilliseconds(300));
        using Study study = Study.Create(storage, "s", [Direction.Minimize], 1);
        study.Optimize(trial => trial.Float("x", 0, 1), 4);
        await server.Stop();
        try
        {
            StorageException gone = Assert.Throws<StorageException>(() => study.Optimize(trial => trial.Float("x", 0, 1), 4));
            Assert.Contains(address, gone.Message, StringComparison.Ordinal);
            Assert.Contains("safe", gone.Message, StringComparison.Ordinal);
            Assert.Throws<StorageException>(() => new PostgresStorage(address, TimeSpan.FromMilliseconds(100)));
        }
        finally
        {
            await server.Start();
        }

        Assert.Equal(4, study.Trials.Count(trial => trial.State == TrialState.Complete));
        study.Optimize(trial => trial.Float("x", 0, 1), 2);
        Assert.Equal(6, study.Trials.Count(trial => trial.State == TrialState.Complete));
    }

    [Fact]
    public void A_data_base_that_is_missing_or_of_something_else_is_a_clear_error()
    {
        string address = server.NewDataBase();
        string name = address[(address.LastIndexOf('/') + 1)..];
        Assert.Contains("createdb none", Assert.Throws<StorageException>(() => new PostgresStorage(address.Replace(name, "none", StringComparison.Ordinal))).Message, StringComparison.Ordinal);

        server.Execute(name, "CREATE SCHEMA inkling; CREATE TABLE inkling.study (mine text)");
        Assert.Contains("another program", Assert.Throws<StorageException>(() => new PostgresStorage(address)).Message, StringComparison.Ordinal);
        server.Execute(name, "DROP SCHEMA inkling CASCADE");

        new PostgresStorage(address).Dispose();
        server.Execute(name, "UPDATE inkling.version SET version = 1000");
        Assert.Contains("newer", Assert.Throws<StorageException>(() => new PostgresStorage(address)).Message, StringComparison.Ordinal);

        server.Execute(name, "DROP SCHEMA inkling CASCADE; CREATE ROLE weak LOGIN");
        string weak = address.Replace("inkling@", "weak@", StringComparison.Ordinal);
        Assert.Contains("schema inkling", Assert.Throws<StorageException>(() => new PostgresStorage(weak)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_may_create_the_tables_at_once()
    {
        string address = server.NewDataBase();
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using var storage = new PostgresStorage(address);
            storage.CreateStudy(new StudySpecification($"study {i}", [Direction.Minimize], 1));
        });
        using var all = new PostgresStorage(address);
        Assert.Equal(8, all.ListStudies().Count);
    }

    [Fact]
    public void Tables_of_an_older_version_are_brought_up_with_their_studies()
    {
        string address = server.NewDataBase();
        using var storage = new PostgresStorage(address);
        storage.CreateStudy(new StudySpecification("old", [Direction.Minimize], 1));
        var newer = new PostgresDialect(PostgresAddress.Parse(address), [.. PostgresMigrations.Steps, "ALTER TABLE study ADD COLUMN note text"]);
        using (newer.Open()) { }
        server.Execute(address[(address.LastIndexOf('/') + 1)..], "UPDATE inkling.study SET note = 'x' WHERE name = 'old'");
        Assert.Contains("newer", Assert.Throws<StorageException>(() => new PostgresStorage(address)).Message, StringComparison.Ordinal);
    }
}
