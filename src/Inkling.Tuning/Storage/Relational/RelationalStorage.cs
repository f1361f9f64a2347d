using System.Data.Common;
using System.Diagnostics;
using System.Globalization;

namespace Inkling.Tuning;

/// <summary>
/// Studies in a relational data base, the same for every kind of it: a row a study, a trial and a report. Every method is one transaction. When the data
/// base is lost it is tried again, longer and longer apart, for as long as <see cref="Patience"/> says; what a lost connection leaves in doubt is looked up,
/// so that no trial is started or finished twice.
/// </summary>
public abstract partial class RelationalStorage : IStudyStorage
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50), LongestPause = TimeSpan.FromSeconds(2);

    // A data base that was never there is more likely a wrong address than one that is about to come back.
    private static readonly TimeSpan Introduction = TimeSpan.FromSeconds(3);
    private readonly SqlDialect _dialect;
    private readonly Stack<DbConnection> _idle = new();
    private readonly Lock _gate = new();
    private bool _disposed;

    /// <summary>Opens the data base once, so that what is wrong with it is known at once.</summary>
    /// <param name="dialect">The kind of data base.</param>
    /// <param name="patience">How long a lost data base is waited for; not negative.</param>
    /// <exception cref="StorageException">It cannot be opened, or is not one of studies.</exception>
    protected RelationalStorage(SqlDialect dialect, TimeSpan patience)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, TimeSpan.Zero);
        _dialect = dialect;
        Patience = patience < Introduction ? patience : Introduction;
        Run(false, static _ => 0);
        Patience = patience;
    }

    /// <summary>How long a lost data base is waited for before <see cref="StorageException"/> is thrown.</summary>
    public TimeSpan Patience { get; }

    /// <summary>Ends the waiting for a lost data base, and nothing else: when it is cancelled, a method that would wait throws <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Interrupt { get; set; }

    /// <summary>Closes the connections. Nothing is lost: every method has stored what it was given before it returned.</summary>
    public void Dispose()
    {
        DbConnection[] idle;
        lock (_gate)
        {
            _disposed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        Array.ForEach(idle, connection => connection.Dispose());
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets a derived class close what is its own.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing) { }

    // One transaction, tried again while its failures pass.
    private T Run<T>(bool writes, Func<SqlWork, T> operation)
    {
        long begin = Stopwatch.GetTimestamp();
        TimeSpan pause = FirstPause;
        for (bool retry = false; ; retry = true)
        {
            DbConnection? connection = null;
            try
            {
                connection = Rent();
                T result;
                using (DbTransaction? transaction = writes ? connection.BeginTransaction() : null)
                {
                    result = operation(new SqlWork(connection, retry));
                    transaction?.Commit();
                }

                GiveBack(connection);
                return result;
            }
            catch (Exception error)
            {
                TimeSpan waited = Stopwatch.GetElapsedTime(begin);
                bool? passing = error is StorageException ? false : _dialect.IsPassing(error);
                if (passing is null)
                {
                    if (connection is not null) GiveBack(connection);
                    throw;
                }

                Drop(connection);
                if (error is StorageException) throw;
                if (passing == false || waited + pause > Patience) throw new StorageException(_dialect.Describe(error, waited), error);
            }

            if (Interrupt.WaitHandle.WaitOne(pause)) throw new OperationCanceledException("Studies: the data base is not there, and is waited for no longer.", Interrupt);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private DbConnection Rent()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            while (_idle.TryPop(out DbConnection? idle))
            {
                _dialect.Check();
                if (idle.State == System.Data.ConnectionState.Open) return idle;
                idle.Dispose();
            }
        }

        return _dialect.Open();
    }

    private void GiveBack(DbConnection connection)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _idle.Push(connection);
                return;
            }
        }

        connection.Dispose();
    }

    // When one connection is lost, the others most likely are too.
    private void Drop(DbConnection? connection)
    {
        DbConnection[] lost;
        lock (_gate)
        {
            lost = [.. _idle];
            _idle.Clear();
        }

        connection?.Dispose();
        Array.ForEach(lost, idle => idle.Dispose());
    }

    private static StudyNotFoundException NoStudy(long study)
        => new(string.Create(CultureInfo.InvariantCulture, $"Study: there is none with id {study}; it was deleted."));
}
