using System.Collections.Concurrent;
using Inkling.Text;
using Microsoft.Extensions.VectorData;

namespace Inkling.Vectors;

/// <summary>
/// The rows of a collection and their indexes, whatever class reads them. Searches take no lock; changes take one after the other, and are in the folder before
/// anybody finds them.
/// </summary>
internal sealed class CollectionData : IDisposable
{
    /// <summary>Bytes of new rows that are not worth writing the indexes anew.</summary>
    private const long FewBytes = 1 << 18;

    private readonly Lock _changes = new();
    private readonly ConcurrentDictionary<object, Row> _byKey = new();
    private readonly ConcurrentDictionary<long, Row> _byNumber = new();
    private CollectionFolder? _folder;
    private long _next = 1;
    private bool _closed;

    // After a save that failed: bytes of new rows before the next attempt.
    private long _again;

    /// <summary>An empty collection in memory, or the one of a folder.</summary>
    public CollectionData(RecordShape shape, InklingVectorStoreOptions options, string? path)
    {
        Shape = shape;
        Vectors = [.. shape.Vectors.Select(one => one.NewIndex(options))];
        Texts = [.. shape.FullText.Select(one => one ? new Bm25Index() : null)];
        if (path is null)
            return;
        _folder = CollectionFolder.Open(path, shape);
        try
        {
            Read(_folder);
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    /// <summary>What its records have.</summary>
    public RecordShape Shape { get; }

    /// <summary>The index of each vector property.</summary>
    public VectorIndex[] Vectors { get; }

    /// <summary>The index of each data property that is found by its words.</summary>
    public Bm25Index?[] Texts { get; }

    /// <summary>All rows, in the order they came.</summary>
    public IEnumerable<Row> Rows => _byNumber.Values.OrderBy(row => row.Number);

    /// <summary>The row of a key.</summary>
    public Row? Find(object key) => _byKey.GetValueOrDefault(key);

    /// <summary>The row of a number; null if it went meanwhile.</summary>
    public Row? Find(long number) => _byNumber.GetValueOrDefault(number);

    /// <summary>A key that nobody has.</summary>
    public object NewKey(Type type)
    {
        if (type == typeof(Guid))
            return Guid.CreateVersion7();
        lock (_changes)
        {
            while (true)
            {
                object key = type == typeof(int) ? (object)checked((int)_next) : _next;
                _next++;
                if (!_byKey.ContainsKey(key))
                    return key;
            }
        }
    }

    /// <summary>Takes rows in or puts them in the place of others. All or none: what cannot be taken is found before.</summary>
    public void Put(IReadOnlyList<Row> rows)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            for (int v = 0; v < Vectors.Length; v++)
            {
                if (rows[i].Vectors[v] is { } vector)
                    Vectors[v].Check("Upsert", vector);
            }
        }

        lock (_changes)
        {
            ThrowIfClosed();
            Dictionary<object, Row> latest = [];
            foreach (Row row in rows)
                latest[row.Key] = row;
            Row[] numbered = [.. latest.Values.Select(row => row with { Number = Find(row.Key)?.Number ?? _next++ })];
            _folder?.Append(numbered.Select(row => new RowChange(row.Number, row)));
            Apply(numbered);
            SaveIfWorthwhile(least: 1);
        }
    }

    /// <summary>Removes rows.</summary>
    public void Remove(IEnumerable<object> keys)
    {
        lock (_changes)
        {
            ThrowIfClosed();
            Row[] rows = [.. keys.Select(Find).OfType<Row>().DistinctBy(row => row.Number)];
            if (rows.Length == 0)
                return;
            _folder?.Append(rows.Select(row => new RowChange(row.Number, null)));
            foreach (Row row in rows)
                Remove(row);
        }
    }

    /// <summary>Writes the indexes beside the rows, so that opening does not make them.</summary>
    public void Save()
    {
        lock (_changes)
        {
            if (_folder is { LaterBytes: > 0 })
                _folder.Save(Rows, _next, Vectors, Texts);
        }
    }

    /// <summary>Ends it for good; whoever still has it finds nothing.</summary>
    public void MarkRemoved()
    {
        lock (_changes)
            Close();
    }

    public void Dispose()
    {
        lock (_changes)
        {
            SaveIfWorthwhile(least: 16);
            Close();
        }
    }

    private void Close()
    {
        _closed = true;
        _folder?.Dispose();
        _folder = null;
    }

    private void ThrowIfClosed()
    {
        if (_closed)
            throw new VectorStoreException("the collection was deleted or its store disposed of meanwhile; nothing was changed. Get it from an open store.");
    }

    /// <summary>Writes the indexes anew where more than a <paramref name="least"/>th of the rows is new, so that all saving together costs a few times the last.</summary>
    private void SaveIfWorthwhile(int least)
    {
        if (_folder is not { } folder || folder.LaterBytes <= long.Max(_again, long.Max(FewBytes, folder.WholeBytes / least)))
            return;
        try
        {
            folder.Save(Rows, _next, Vectors, Texts);
            _again = 0;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The rows are in the folder, which is all that was promised; indexes can be made of them.
            _again = 2 * folder.LaterBytes;
        }
    }

    private void Read(CollectionFolder folder)
    {
        (List<RowChange> whole, List<RowChange> later) = folder.ReadRows();
        _next = folder.Next;
        foreach (RowChange change in whole)
            Take(change.Row!);
        for (int v = 0; v < Vectors.Length; v++)
        {
            int number = v;
            float[]?[] given = [.. whole.Select(change => change.Row!.Vectors[number])];
            if (folder.OpenVectors(v) is { } opened && opened.Count == given.Count(vector => vector is not null) && opened.Metric == Shape.Vectors[v].Score.Metric)
                Vectors[v] = opened;
            else
                AddVectors(v, [.. whole.Select(change => change.Row!)]);
        }

        for (int t = 0; t < Texts.Length; t++)
        {
            if (Texts[t] is null)
                continue;
            if (folder.OpenTexts(t) is { } opened && opened.Count == whole.Count(change => change.Row!.Values[t] is not null))
                Texts[t] = opened;
            else
                AddTexts(t, whole.Select(change => change.Row!));
        }

        // What became of each number in the end.
        Dictionary<long, Row?> outcome = [];
        foreach (RowChange change in later)
        {
            outcome[change.Number] = change.Row;
            _next = long.Max(_next, change.Number + 1);
        }

        foreach (Row gone in outcome.Where(one => one.Value is null).Select(one => Find(one.Key)).OfType<Row>())
            Remove(gone);
        Apply([.. outcome.Values.OfType<Row>()]);
    }

    private void Take(Row row) => _byKey[row.Key] = _byNumber[row.Number] = row;

    private void Apply(Row[] rows)
    {
        foreach (Row row in rows)
            Take(row);
        for (int v = 0; v < Vectors.Length; v++)
            AddVectors(v, rows);
        for (int t = 0; t < Texts.Length; t++)
        {
            if (Texts[t] is not null)
                AddTexts(t, rows);
        }
    }

    private void AddVectors(int v, Row[] rows)
    {
        VectorIndex index = Vectors[v];
        List<Row> added = [];
        foreach (Row row in rows)
        {
            if (row.Vectors[v] is not { } vector)
                index.Remove(row.Number);
            else if (index.Contains(row.Number))
                index.Set(row.Number, vector);
            else
                added.Add(row);
        }

        const int Together = 1 << 16;
        for (int first = 0; first < added.Count; first += Together)
        {
            Row[] some = [.. added.Skip(first).Take(Together)];
            float[] vectors = new float[some.Length * index.Dimensions];
            for (int i = 0; i < some.Length; i++)
                some[i].Vectors[v]!.CopyTo(vectors, i * index.Dimensions);
            index.Add(some.Select(row => row.Number).ToArray(), vectors);
        }
    }

    private void AddTexts(int t, IEnumerable<Row> rows)
    {
        foreach (Row row in rows)
        {
            if (row.Values[t] is { } value)
                Texts[t]!.Set(row.Number, value as string ?? string.Join('\n', (string[])value));
            else
                Texts[t]!.Remove(row.Number);
        }
    }

    private void Remove(Row row)
    {
        _byKey.TryRemove(row.Key, out _);
        _byNumber.TryRemove(row.Number, out _);
        foreach (VectorIndex index in Vectors)
            index.Remove(row.Number);
        foreach (Bm25Index? index in Texts)
            index?.Remove(row.Number);
    }
}
