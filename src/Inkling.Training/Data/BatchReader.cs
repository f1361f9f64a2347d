using System.Runtime.ExceptionServices;

namespace Inkling.Training.Data;

/// <summary>Gives the batches of a <see cref="DataLoader"/> one after the other. For one thread at a time.</summary>
public sealed class BatchReader : IDisposable
{
    private readonly BatchAssembler _assembler;
    private readonly long _end;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;
    private readonly Batch[] _ring;
    private readonly object _gate = new();
    private readonly Thread? _thread;

    // Batches are counted from the first: _made of them are finished, _given of them have been handed out, the last of which is still in use.
    private long _made;
    private long _given;
    private readonly long _first;
    private Exception? _failure;
    private bool _closed;

    internal BatchReader(BatchAssembler assembler, long first, long end, int prefetch, CancellationToken cancellation)
    {
        _assembler = assembler;
        _first = first;
        _end = end;
        _cancellation = cancellation;
        _ring = new Batch[prefetch + 1];
        for (int i = 0; i < _ring.Length; i++) _ring[i] = assembler.NewBatch();
        if (prefetch == 0) return;
        _registration = cancellation.UnsafeRegister(static reader => ((BatchReader)reader!).Wake(), this);
        _thread = new Thread(ReadAhead) { IsBackground = true, Name = "Inkling data" };
        _thread.Start();
    }

    /// <summary>The batch that <see cref="Next"/> will give, counted over all epochs.</summary>
    public long Position => _first + _given;

    /// <summary>The next batch, valid until the next call. Waits where it is not yet there.</summary>
    /// <exception cref="DataSetException">An item of the batch cannot be read; the message names it. Every later call throws the same.</exception>
    /// <exception cref="OperationCanceledException">Reading was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The epoch is over.</exception>
    public Batch Next()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        _cancellation.ThrowIfCancellationRequested();
        if (Position >= _end) throw new InvalidOperationException("BatchReader: the epoch is over.");
        if (_thread is null)
        {
            Make(_ring[0], Position);
            _given++;
            return _ring[0];
        }

        lock (_gate)
        {
            // From here on the batch given last may be overwritten.
            _given++;
            Monitor.PulseAll(_gate);
            while (_made < _given && _failure is null && !_cancellation.IsCancellationRequested) Monitor.Wait(_gate);
            if (_made < _given)
            {
                _given--;
                _cancellation.ThrowIfCancellationRequested();
                ExceptionDispatchInfo.Throw(_failure!);
            }

            return _ring[(_given - 1) % _ring.Length];
        }
    }

    /// <summary>Ends reading ahead; returns when the thread has ended.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            Monitor.PulseAll(_gate);
        }

        _thread?.Join();
        _registration.Dispose();
    }

    private void Wake()
    {
        lock (_gate) Monitor.PulseAll(_gate);
    }

    private void ReadAhead()
    {
        for (long made = 0; _first + made < _end; made++)
        {
            lock (_gate)
            {
                // All but the batch in use may be filled; before the first is asked for none is in use.
                while (made - _given >= _ring.Length - 1 && !_closed && !_cancellation.IsCancellationRequested) Monitor.Wait(_gate);
                if (_closed || _cancellation.IsCancellationRequested) return;
            }

            Exception? failure = null;
            try
            {
                Make(_ring[made % _ring.Length], _first + made);
            }
            catch (Exception error)
            {
                failure = error;
            }

            lock (_gate)
            {
                _failure = failure;
                if (failure is null) _made++;
                Monitor.PulseAll(_gate);
                if (failure is not null) return;
            }
        }
    }

    private void Make(Batch batch, long position)
    {
        (long epoch, long number) = Math.DivRem(position, _assembler.BatchCount);
        _assembler.Fill(batch, epoch, number);
    }
}
