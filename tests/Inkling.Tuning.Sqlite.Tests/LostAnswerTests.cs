using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Inkling.Tuning.Tests;

/// <summary>
/// The whole contract on a connection that is lost at every other commit, when nobody knows whether it was carried out: the first time it was, the next
/// time it was not, and so on.
/// </summary>
public sealed class LostAnswerTests : StudyStorageContract
{
    private readonly TemporaryFolder _folder = new();

    protected override IStudyStorage Connect() => new LossyStorage(new LossyDialect(_folder.File("studies.db")));

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }

    private sealed class LossyStorage(SqlDialect dialect) : RelationalStorage(dialect, TimeSpan.FromMinutes(1));

    private sealed class LossyDialect(string file) : SqliteDialect(file, TimeSpan.FromMinutes(1), TimeProvider.System)
    {
        private int _commits;

        public override bool? IsPassing(Exception error) => error is LostException ? true : base.IsPassing(error);

        protected override SqliteConnection Connect(string settings) => new LossyConnection(settings, this);

        public int NextCommit() => Interlocked.Increment(ref _commits);
    }

    private sealed class LossyConnection(string settings, LossyDialect dialect) : SqliteConnection(settings)
    {
        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new LossyTransaction(base.BeginDbTransaction(isolationLevel), dialect);
    }

    private sealed class LossyTransaction(DbTransaction inner, LossyDialect dialect) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => inner.IsolationLevel;

        protected override DbConnection? DbConnection => inner.Connection;

        public override void Commit()
        {
            int commit = dialect.NextCommit();
            if (commit % 4 == 3) throw new LostException();
            inner.Commit();
            if (commit % 4 == 1) throw new LostException();
        }

        public override void Rollback() => inner.Rollback();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class LostException : DbException;
}
