using Inkling.Numerics;

namespace Inkling.Vectors;

#pragma warning disable CA1001 // The lock is left to the collector: it holds no handle unless somebody waits, and an index has nothing else to dispose of.
/// <content>Adding, replacing, removing, reclaiming.</content>
public abstract partial class VectorIndex
#pragma warning restore CA1001
{
    private const int FirstCapacity = 1024;
    private const int LeastToReclaim = 256;

    /// <summary>Vectors that one thread links before it asks for more.</summary>
    private const int LinkedTogether = 32;

    // Held for reading while places are filled and linked, for writing while tables are exchanged.
    private readonly ReaderWriterLockSlim _tables = new(LockRecursionPolicy.NoRecursion);
    private readonly Lock _gate = new();
    private Dictionary<long, int>? _places;

    /// <summary>The place of every key; read from the table when first wanted. Only within the gate.</summary>
    private Dictionary<long, int> Places => _places ??= ReadPlaces();

    /// <summary>Adds a vector.</summary>
    /// <param name="key">A key that is not in the index.</param>
    /// <param name="vector"><see cref="Dimensions"/> finite elements; not all zero for the cosine.</param>
    /// <exception cref="ArgumentException">The key is there already, or the vector cannot be taken. The index is as before.</exception>
    /// <exception cref="InvalidDataException">The index was opened from a file that is damaged.</exception>
    public void Add(long key, ReadOnlySpan<float> vector) => Put("Add", key, vector, replace: false);

    /// <summary>Adds a vector or replaces the one of this key. Searches find the old one until the new one is in place.</summary>
    /// <param name="key">Any key.</param>
    /// <param name="vector"><see cref="Dimensions"/> finite elements; not all zero for the cosine.</param>
    /// <exception cref="ArgumentException">The vector cannot be taken. The index is as before.</exception>
    /// <exception cref="InvalidDataException">The index was opened from a file that is damaged.</exception>
    public void Set(long key, ReadOnlySpan<float> vector) => Put("Set", key, vector, replace: true);

    /// <summary>Adds many vectors, shared out among the <see cref="Team"/>. All are checked first: either all or none are added.</summary>
    /// <param name="keys">Keys that are not in the index, all different.</param>
    /// <param name="vectors">One vector after the other, <see cref="Dimensions"/> elements each.</param>
    /// <param name="progress">Told now and then how many are done.</param>
    /// <param name="cancellation">Ends early; what is linked by then stays, the rest is not added.</param>
    /// <exception cref="ArgumentException">A key is there already or twice, a vector cannot be taken, or numbers do not agree. The index is as before.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidDataException">The index was opened from a file that is damaged.</exception>
    public void Add(ReadOnlyMemory<long> keys, ReadOnlyMemory<float> vectors, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        if ((long)keys.Length * Dimensions != vectors.Length)
            throw new ArgumentException($"Add: {vectors.Length} elements for {keys.Length} keys, {(long)keys.Length * Dimensions} are wanted. Give {Dimensions} for each key.");
        if (keys.Length == 0)
            return;
        float[] accepted = new float[Dimensions];
        for (int i = 0; i < keys.Length; i++)
            AcceptNumbered(vectors.Span.Slice(i * Dimensions, Dimensions), accepted, i);
        BeginChange(keys.Length);
        try
        {
            int first = TakeAll(keys.Span, vectors.Span, accepted);
            LinkBody body = new(this, _state, keys, first, progress, cancellation);
            try
            {
                Team.For((keys.Length + LinkedTogether - 1) / LinkedTogether, ref body);
            }
            finally
            {
                GiveUpRest(keys.Span, first);
            }
        }
        finally
        {
            _tables.ExitReadLock();
        }

        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Removes the vector of a key. Its place is reclaimed later, many at a time.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidDataException">The index was opened from a file that is damaged.</exception>
    public bool Remove(long key)
    {
        BeginChange(0);
        try
        {
            lock (_gate)
            {
                if (!Places.Remove(key, out int place))
                    return false;
                // One that is just coming is given up when it has come.
                if (_state.Table.State(place) == PlaceState.Live)
                    _state.Table.SetState(place, PlaceState.Dead);
            }
        }
        finally
        {
            _tables.ExitReadLock();
        }

        ReclaimIfWorthwhile();
        return true;
    }

    /// <summary>
    /// Frees the places of removed and replaced vectors, mends the graph around them and gives the memory back. It happens by itself when they are a quarter of
    /// all; changes wait meanwhile, searches do not.
    /// </summary>
    /// <exception cref="InvalidDataException">The index was opened from a file that is damaged.</exception>
    public void Reclaim()
    {
        BeginChange(0);
        _tables.ExitReadLock();
        Reclaim(least: 1);
    }

    private protected abstract void Link(IndexState state, SearchScratch scratch, int place);

    private protected virtual HnswGraph? Resize(HnswGraph? graph, VectorTable table) => null;

    private protected virtual HnswGraph? Compact(IndexState state, VectorTable compacted) => null;

    private void AcceptNumbered(ReadOnlySpan<float> vector, Span<float> into, int number)
    {
        try
        {
            Accept("Add", vector, into);
        }
        catch (ArgumentException wrong)
        {
            throw new ArgumentException($"{wrong.Message} It is vector {number} of those given (from 0); none was added.", wrong);
        }
    }

    private void Put(string operation, long key, ReadOnlySpan<float> vector, bool replace)
    {
        SearchScratch scratch = Rent();
        try
        {
            Accept(operation, vector, scratch.Vector);
            BeginChange(1);
            try
            {
                IndexState state = _state;
                int place, old = -1;
                lock (_gate)
                {
                    if (Places.TryGetValue(key, out int now))
                        old = replace ? now : throw new ArgumentException($"{operation}: key {key} is in the index already. Use Set to replace its vector, or another key.");
                    place = state.Table.Take(key, scratch.Vector);
                    Places[key] = place;
                }

                Link(state, scratch, place);
                lock (_gate)
                {
                    Arrive(state.Table, key, place);
                    if (old >= 0 && state.Table.State(old) == PlaceState.Live)
                        state.Table.SetState(old, PlaceState.Dead);
                }
            }
            finally
            {
                Interlocked.Decrement(ref _reserved);
                _tables.ExitReadLock();
            }
        }
        finally
        {
            GiveBack(scratch);
        }

        if (replace)
            ReclaimIfWorthwhile();
    }

    /// <summary>A linked vector may be found from now on, unless its key has been removed or given to another meanwhile. Within the gate.</summary>
    private void Arrive(VectorTable table, long key, int place) =>
        table.SetState(place, Places.TryGetValue(key, out int now) && now == place ? PlaceState.Live : PlaceState.Dead);

    private int TakeAll(ReadOnlySpan<long> keys, ReadOnlySpan<float> vectors, float[] accepted)
    {
        lock (_gate)
        {
            try
            {
                HashSet<long> given = new(keys.Length);
                foreach (long key in keys)
                {
                    if (Places.ContainsKey(key) || !given.Add(key))
                        throw new ArgumentException($"Add: key {key} is {(given.Contains(key) ? "given twice" : "in the index already")}. Use other keys, or Set; none was added.");
                }

                int first = _state.Table.Count;
                Places.EnsureCapacity(Places.Count + keys.Length);
                for (int i = 0; i < keys.Length; i++)
                {
                    Accept("Add", vectors.Slice(i * Dimensions, Dimensions), accepted);
                    Places[keys[i]] = _state.Table.Take(keys[i], accepted);
                }

                return first;
            }
            finally
            {
                Interlocked.Add(ref _reserved, -keys.Length);
            }
        }
    }

    private void GiveUpRest(ReadOnlySpan<long> keys, int first)
    {
        lock (_gate)
        {
            VectorTable table = _state.Table;
            for (int i = 0; i < keys.Length; i++)
            {
                if (table.State(first + i) != PlaceState.Coming)
                    continue;
                table.SetState(first + i, PlaceState.Dead);
                if (Places.TryGetValue(keys[i], out int place) && place == first + i)
                    Places.Remove(keys[i]);
            }
        }
    }

    // Places promised to changes that have begun and not taken them yet.
    private int _reserved;

    /// <summary>Enters the lock for reading, with so many places free and everything in memory that may be written to.</summary>
    private void BeginChange(int places)
    {
        while (true)
        {
            _tables.EnterReadLock();
            lock (_gate)
            {
                VectorTable table = _state.Table;
                if (_file is null && (long)table.Count + _reserved + places <= table.Capacity)
                {
                    Interlocked.Add(ref _reserved, places);
                    return;
                }
            }

            _tables.ExitReadLock();
            _tables.EnterWriteLock();
            try
            {
                MakeRoom(places);
            }
            finally
            {
                _tables.ExitWriteLock();
            }
        }
    }

    private void MakeRoom(int places)
    {
        IndexState state = _state;
        long wanted = (long)state.Table.Count + places;
        if (_file is null && wanted <= state.Table.Capacity)
            return;
        if (wanted > Array.MaxLength)
            throw new ArgumentException($"Add: {wanted} vectors are more than one index takes. Split them into several.");
        _file?.Verify();
        long grown = wanted <= state.Table.Capacity ? wanted : long.Max(FirstCapacity, state.Table.Count + (state.Table.Count / 2L));
        VectorTable table = state.Table.Copy((int)long.Min(Array.MaxLength, long.Max(wanted, grown)));
        _state = new IndexState(table, Resize(state.Graph, table));
        _file = null;
        GC.KeepAlive(state);
    }

    private void ReclaimIfWorthwhile()
    {
        VectorTable table = _state.Table;
        int least = int.Max(LeastToReclaim, table.Count / 4);
        if (table.Count - table.Live >= least)
            Reclaim(least);
    }

    private void Reclaim(int least)
    {
        _tables.EnterWriteLock();
        try
        {
            // Nothing is coming now: whoever adds holds the lock for reading.
            IndexState state = _state;
            if (_file is not null || state.Table.Count - state.Table.Live < least)
                return;
            VectorTable table = state.Table.Compact(int.Max(1, state.Table.Live + (state.Table.Live / 8)));
            IndexState compacted = new(table, Compact(state, table));
            lock (_gate)
                (_state, _places) = (compacted, null);
            GC.KeepAlive(state);
        }
        finally
        {
            _tables.ExitWriteLock();
        }
    }

    private Dictionary<long, int> ReadPlaces()
    {
        _file?.Verify(VectorTable.KeysSection);
        VectorTable table = _state.Table;
        var places = new Dictionary<long, int>(table.Live);
        for (int place = 0; place < table.Count; place++)
        {
            if (table.State(place) == PlaceState.Live && !places.TryAdd(table.Key(place), place))
                throw new InvalidDataException($"Open: key {table.Key(place)} is in the file twice. Restore it from a copy, or build the index again.");
        }

        return places;
    }

    /// <summary>Links some vectors of a batch.</summary>
    private readonly struct LinkBody(VectorIndex index, IndexState state, ReadOnlyMemory<long> keys, int first, IProgress<int>? progress, CancellationToken cancellation) : IChunkBody
    {
        public void Run(int chunk)
        {
            if (cancellation.IsCancellationRequested)
                return;
            SearchScratch scratch = index.Rent();
            int start = chunk * LinkedTogether, end = int.Min(keys.Length, start + LinkedTogether);
            for (int i = start; i < end; i++)
            {
                index.Link(state, scratch, first + i);
                lock (index._gate)
                    index.Arrive(state.Table, keys.Span[i], first + i);
            }

            index.GiveBack(scratch);
            progress?.Report(end);
        }
    }
}
