using Microsoft.Data.Sqlite;

namespace Inkling.Tuning.Tests;

public sealed class SqliteFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string DataBase => _folder.File("studies.db");

    [Fact]
    public void A_file_that_another_program_has_locked_is_an_error_that_says_so_and_then_works()
    {
        using var storage = new SqliteStorage(DataBase, TimeSpan.FromMilliseconds(50));
        using SqliteConnection other = Raw();
        Execute(other, "BEGIN IMMEDIATE");

        StorageException locked = Assert.Throws<StorageException>(() => Create(storage, "x"));
        Assert.Contains("locked", locked.Message, StringComparison.Ordinal);
        Assert.Contains(DataBase, locked.Message, StringComparison.Ordinal);

        Execute(other, "COMMIT");
        Create(storage, "x");
        Assert.Single(storage.ListStudies());
    }

    [Fact]
    public void A_file_that_is_no_database_is_left_alone()
    {
        File.WriteAllText(DataBase, new string('x', 5000));
        Assert.Contains("no SQLite database", Assert.Throws<StorageException>(() => new SqliteStorage(DataBase)).Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5000), File.ReadAllText(DataBase));
    }

    [Fact]
    public void The_database_of_another_program_is_left_alone()
    {
        using (SqliteConnection other = Raw())
            Execute(other, "CREATE TABLE study (mine TEXT)");
        Assert.Contains("another program", Assert.Throws<StorageException>(() => new SqliteStorage(DataBase)).Message, StringComparison.Ordinal);
        using SqliteConnection again = Raw();
        Assert.Equal("1 mine", Text(again, "SELECT count(*) || ' ' || max(name) FROM (SELECT (SELECT name FROM pragma_table_info('study')) AS name FROM sqlite_master)"));
    }

    [Fact, Trait("Speed", "Slow")]
    public void Who_cancels_does_not_wait_for_a_locked_file()
    {
        using var stop = new CancellationTokenSource();
        using var storage = new SqliteStorage(DataBase, TimeSpan.FromMinutes(10)) { Interrupt = stop.Token };
        using Study study = Study.Create(storage, "x", [Direction.Minimize], 1);
        using SqliteConnection other = Raw();
        Assert.ThrowsAny<OperationCanceledException>(() => study.Optimize(trial =>
        {
            if (trial.Number == 1)
            {
                Execute(other, "BEGIN IMMEDIATE");
                stop.CancelAfter(50);
            }

            return trial.Float("x", 0, 1);
        }, 3, cancellation: stop.Token));
        Execute(other, "ROLLBACK");
        Assert.Equal([TrialState.Complete, TrialState.Running], storage.ReadTrials(study.Record.Id).Trials.Select(trial => trial.State));
    }

    [Fact]
    public void A_file_of_a_newer_version_is_left_alone()
    {
        new SqliteStorage(DataBase).Dispose();
        using (SqliteConnection other = Raw())
            Execute(other, "PRAGMA user_version = 1000");
        Assert.Contains("newer", Assert.Throws<StorageException>(() => new SqliteStorage(DataBase)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parameters = '{\"x\": 1'")]
    [InlineData("parameters = '{\"x\": [{\"type\": \"strange\"}, 1]}'")]
    [InlineData("parameters = '{\"x\": [{\"type\": \"categorical\", \"choices\": [\"a\", \"b\"]}, 2]}'")]
    [InlineData("attributes = '{\"x\": 1}'")]
    [InlineData("objectives = 'one'")]
    [InlineData("objectives = ''")]
    [InlineData("state = 9")]
    public void A_damaged_trial_is_named(string damage)
    {
        using var storage = new SqliteStorage(DataBase);
        using Study study = Study.Create(storage, "x", [Direction.Minimize], 1);
        study.Optimize(trial => trial.Float("x", 0, 1), 3);
        using (SqliteConnection other = Raw())
            Execute(other, $"UPDATE trial SET {damage} WHERE number = 1");
        StorageException damaged = Assert.Throws<StorageException>(() => storage.ReadTrials(study.Record.Id));
        Assert.Contains("trial 1 is damaged", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_and_a_folder_are_errors()
    {
        Assert.Contains("folder", Assert.Throws<StorageException>(() => new SqliteStorage(_folder.File("none/studies.db"))).Message, StringComparison.Ordinal);
        Assert.Throws<StorageException>(() => new SqliteStorage(Path.GetDirectoryName(DataBase)!));
    }

    [Fact]
    public void A_file_that_goes_away_in_the_middle_ends_the_run_and_is_not_written_to_in_the_void()
    {
        using var storage = new SqliteStorage(DataBase);
        using Study study = Study.Create(storage, "x", [Direction.Minimize], 1);
        study.Optimize(trial => trial.Float("x", 0, 1), 2);
        string kept = _folder.File("kept.db");
        using (SqliteConnection other = Raw())
            Execute(other, $"VACUUM INTO '{kept}'");

        StorageException gone = Assert.Throws<StorageException>(() => study.Optimize(trial =>
        {
            File.Delete(DataBase);
            return trial.Float("x", 0, 1);
        }, 5));
        Assert.Contains("gone away", gone.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(DataBase));
        using var copy = new SqliteStorage(kept);
        Assert.Equal(2, copy.ListStudies()[0].TrialCount);
    }

    [Fact]
    public void Tables_of_an_older_version_are_brought_up_with_their_studies()
    {
        using (var storage = new SqliteStorage(DataBase))
            Create(storage, "old");
        var newer = new SqliteDialect(DataBase, TimeSpan.FromSeconds(5), TimeProvider.System, [.. SqliteMigrations.Steps, "ALTER TABLE study ADD COLUMN note TEXT"]);
        using (newer.Open()) { }
        using (newer.Open()) { }
        using SqliteConnection raw = Raw();
        Assert.Equal($"old {SqliteMigrations.Steps.Length + 1}", Text(raw, "SELECT name || coalesce(note, ' ') || (SELECT user_version FROM pragma_user_version) FROM study"));
    }

    [Fact]
    public void Many_may_create_the_file_at_once()
    {
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using var storage = new SqliteStorage(DataBase);
            Create(storage, $"study {i}");
        });
        using var all = new SqliteStorage(DataBase);
        Assert.Equal(8, all.ListStudies().Count);
    }

    [Fact]
    public void A_study_with_one_worker_is_the_same_as_in_memory_also_when_it_is_resumed()
    {
        static double Objective(Trial trial) => Math.Pow(trial.Float("x", -5, 10), 2) + (trial.Categorical("kind", "a", "b") == "a" ? trial.Integer("n", 1, 9) : trial.Float("lr", 1e-5, 1, Scale.Log));
        using Study memory = Study.InMemory(seed: 3);
        memory.Optimize(Objective, 20);
        using (var storage = new SqliteStorage(DataBase))
        using (Study study = Study.Create(storage, "s", [Direction.Minimize], 3))
            study.Optimize(Objective, 9);
        using (var storage = new SqliteStorage(DataBase))
        using (Study study = Study.Open(storage, "s"))
        {
            study.Optimize(Objective, 11);
            Assert.Equal(memory.Trials.Select(trial => (trial.Values[0], trial.Parameters["x"].Value)), study.Trials.Select(trial => (trial.Values[0], trial.Parameters["x"].Value)));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static void Create(SqliteStorage storage, string name) => storage.CreateStudy(new StudySpecification(name, [Direction.Minimize], 1));

    private SqliteConnection Raw()
    {
        var connection = new SqliteConnection($"Data Source={DataBase};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Text(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)command.ExecuteScalar()!;
    }
}
