using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Inkling.Numerics;

/// <summary>
/// Threads that share the chunks of one piece of work at a time. The caller takes part and takes over every chunk that no helper has
/// started, so a helper that the system has put aside delays nobody. Helpers look for new work for some microseconds and then sleep.
/// A team that is busy (another caller, or work started from within work) lets the caller do it alone. Results never depend on who
/// did a chunk.
/// </summary>
public sealed class Team : IDisposable
{
    private const int MaximumChunks = (1 << 20) - 1;

    /// <summary>How long a helper looks for work before it sleeps: about the pause between two kernels of one training step.</summary>
    private static readonly long s_spinTicks = Stopwatch.Frequency * 40 / 1_000_000;

    private readonly Helper[] _helpers;
    private readonly AutoResetEvent _finished = new(false);

    // Generation (24 bits) | chunks (20 bits) | next chunk (20 bits), in one word: whoever claims a chunk by compare-and-swap also
    // proves that the work it read belongs to this generation.
    private long _ticket;
    private unsafe void* _body;
    private unsafe delegate*<void*, int, void> _run;
    private int _done;
    private int _callerSleeps;
    private int _busy;
    private Exception? _failure;
    private volatile bool _stopped;

    /// <summary>Starts a team.</summary>
    /// <param name="threads">Threads that work, the caller included: 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is less than 1 or more than 1024.</exception>
    public Team(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, 1024);
        Threads = threads;
        _helpers = new Helper[threads - 1];
        for (int i = 0; i < _helpers.Length; i++)
            _helpers[i] = new Helper();
        foreach (Helper helper in _helpers)
        {
            new Thread(() => Work(helper)) { IsBackground = true, Name = "Inkling helper" }.Start();
        }
    }

    /// <summary>One thread for every processor, for the whole process. Never disposed.</summary>
    public static Team Shared => SharedTeam.Instance;

    /// <summary>The caller alone: all work runs inline.</summary>
    public static Team Single { get; } = new(1);

    /// <summary>Threads that work, the caller included.</summary>
    public int Threads { get; }

    /// <summary>Ends the helpers. Work given afterwards runs on the caller alone.</summary>
    public void Dispose()
    {
        if (this == Single || (SharedTeam.IsCreated && this == SharedTeam.Instance))
            return;
        _stopped = true;
        foreach (Helper helper in _helpers)
            helper.Wake.Set();
    }

    /// <summary>Runs chunks 0 to <paramref name="chunks"/> − 1 and returns when all are done. An exception of a chunk is thrown here.</summary>
    internal unsafe void For<TBody>(int chunks, ref TBody body)
        where TBody : struct, IChunkBody
    {
        if (_helpers.Length == 0 || chunks <= 1 || chunks > MaximumChunks || _stopped || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (int chunk = 0; chunk < chunks; chunk++)
                body.Run(chunk);
            return;
        }

        // The helpers get the address of a local: it stays where it is until this method returns, and the collector updates
        // references inside it as in any frame.
        TBody local = body;
        try
        {
#pragma warning disable CS8500 // Address of a managed type: see above.
            _body = &local;
#pragma warning restore CS8500
            _run = &Run<TBody>;
            Fork(chunks);
        }
        finally
        {
            body = local;
            Exception? failure = _failure;
            _failure = null;
            Volatile.Write(ref _busy, 0);
            if (failure is not null)
                ExceptionDispatchInfo.Throw(failure);
        }
    }

    private static unsafe void Run<TBody>(void* body, int chunk)
        where TBody : struct, IChunkBody => Unsafe.AsRef<TBody>(body).Run(chunk);

    private unsafe void Fork(int chunks)
    {
        _done = 0;
        long generation = (_ticket >> 40) + 1;
        Volatile.Write(ref _ticket, (generation << 40) | ((long)chunks << 20));
        // The exchange is a full fence: a helper either sees the ticket before it sleeps or is woken here.
        for (int i = 0; i < _helpers.Length && i < chunks - 1; i++)
        {
            if (Interlocked.Exchange(ref _helpers[i].Sleeps, 0) == 1)
                _helpers[i].Wake.Set();
        }

        TakeChunks();
        var spinner = new SpinWait();
        while (Volatile.Read(ref _done) < chunks)
        {
            if (!spinner.NextSpinWillYield)
            {
                spinner.SpinOnce();
                continue;
            }

            Interlocked.Exchange(ref _callerSleeps, 1);
            if (Volatile.Read(ref _done) < chunks)
                _finished.WaitOne();
        }
    }

    /// <summary>Does chunks until none is left unclaimed.</summary>
    private unsafe void TakeChunks()
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket);
            int next = (int)(ticket & MaximumChunks);
            int chunks = (int)((ticket >> 20) & MaximumChunks);
            if (next >= chunks)
                return;
            void* body = _body;
            delegate*<void*, int, void> run = _run;
            if (Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket) != ticket)
                continue;
            try
            {
                run(body, next);
            }
            catch (Exception failure)
            {
                Interlocked.CompareExchange(ref _failure, failure, null);
            }

            if (Interlocked.Increment(ref _done) == chunks && Interlocked.Exchange(ref _callerSleeps, 0) == 1)
                _finished.Set();
        }
    }

    private bool HasWork
    {
        get
        {
            long ticket = Volatile.Read(ref _ticket);
            return (ticket & MaximumChunks) < ((ticket >> 20) & MaximumChunks);
        }
    }

    private void Work(Helper helper)
    {
        while (!_stopped)
        {
            TakeChunks();
            long until = Stopwatch.GetTimestamp() + s_spinTicks;
            while (!HasWork && Stopwatch.GetTimestamp() < until)
                Thread.SpinWait(8);
            if (HasWork)
                continue;
            Interlocked.Exchange(ref helper.Sleeps, 1);
            if (!HasWork && !_stopped)
                helper.Wake.WaitOne();
            Volatile.Write(ref helper.Sleeps, 0);
        }
    }

#pragma warning disable CA1001 // The event is left to the collector: a disposed team may still be waking its helper.
    /// <summary>What a helper thread is woken by.</summary>
    private sealed class Helper
#pragma warning restore CA1001
    {
        public readonly AutoResetEvent Wake = new(false);
        public int Sleeps;
    }

    private static class SharedTeam
    {
        public static bool IsCreated { get; private set; }

        public static Team Instance { get; } = Create();

        private static Team Create()
        {
            IsCreated = true;
            return new Team(Environment.ProcessorCount);
        }
    }
}
