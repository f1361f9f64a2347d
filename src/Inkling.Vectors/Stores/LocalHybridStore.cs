using System.Text;
using Inkling.Numerics;
using Inkling.Text;

namespace Inkling.Vectors;

/// <summary>
/// An <see cref="IHybridStore"/> in this process: a <see cref="HybridIndex"/> and the entries beside it, in memory or in one file of a folder, which
/// <see cref="Save"/> writes beside its place and renames. Of a folder any number may read; who changes something first holds it, until it is disposed of or its process ends,
/// and others that want to change something get an error.
/// </summary>
public sealed class LocalHybridStore : IHybridStore
{
    private const string FileKind = "hybrid-store", EntriesSection = "store.entries";

    private readonly Lock _changes = new();
    private readonly string? _path;
    private readonly (DateTime Written, long Length) _opened;
    private readonly HybridIndex _index;
    private FileStream? _only;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<long, HybridEntry> _entries = new();

    /// <summary>An empty store in memory, or the one of a folder.</summary>
    /// <param name="options">What it holds.</param>
    /// <param name="folder">The folder; it is made by the first change. Null for memory.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    /// <exception cref="HybridStoreException">What is there has other dimensions or another metric, or is damaged.</exception>
    public LocalHybridStore(HybridStoreOptions options, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _path = folder is null ? null : Path.Combine(Path.GetFullPath(folder), options.Name + ".store");
        try
        {
            _opened = Stamp();
            _index = _path is not null && File.Exists(_path) ? Open(_path) : new HybridIndex(new HnswIndex(new HnswOptions { Dimensions = options.Dimensions, Metric = options.Metric }));
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new HybridStoreException(wrong.Message, wrong);
        }

        if (Dimensions != options.Dimensions || Metric != options.Metric)
            throw new HybridStoreException($"Store: {_path} has vectors of {Dimensions} and {Metric}, wanted are {options.Dimensions} and {options.Metric}. Use the encoder it was made with, or another name.");
    }

    /// <inheritdoc/>
    public int Dimensions => _index.Vectors.Dimensions;

    /// <inheritdoc/>
    public Metric Metric => _index.Vectors.Metric;

    /// <inheritdoc/>
    public long Count => _entries.Count;

    /// <inheritdoc/>
    public void Set(IReadOnlyList<HybridEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Check(entries, _index.Vectors);
        Changing(() =>
        {
            foreach (HybridEntry entry in entries)
            {
                _index.Set(entry.Key, entry.Text, entry.Vector.Span);
                _entries[entry.Key] = entry with
                {
                    Vector = entry.Vector.ToArray(),
                    Labels = new Dictionary<string, string>(entry.Labels),
                    Time = entry.Time is { } time ? new DateTimeOffset(time.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero) : null,
                };
            }
        });
    }

    /// <inheritdoc/>
    public int Remove(IReadOnlyList<long> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        int removed = 0;
        Changing(() =>
        {
            foreach (long key in keys)
            {
                removed += _index.Remove(key) ? 1 : 0;
                _entries.TryRemove(key, out _);
            }
        });
        return removed;
    }

    /// <inheritdoc/>
    public IReadOnlyList<HybridEntry> Read(IReadOnlyList<long> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return [.. keys.Select(key => _entries.GetValueOrDefault(key)).OfType<HybridEntry>()];
    }

    /// <inheritdoc/>
    public HybridHit[] Search(string text, ReadOnlySpan<float> vector, int k, HybridFilter? filter = null, HybridSearchOptions? options = null)
    {
        options = Checked(text, k, options) with { Filter = filter is null ? null : key => _entries.TryGetValue(key, out HybridEntry? entry) && filter.Passes(entry) };
        try
        {
            if (!vector.IsEmpty)
                return HybridIndex.Search(_index.Vectors, _index.Texts, text, vector, k, options);
            return [.. _index.Texts.Search(text, k, options.Filter).Select((hit, rank) => new HybridHit(hit.Key, options.TextWeight / (options.Constant + rank + 1), rank + 1, 0))];
        }
        catch (InvalidDataException damaged)
        {
            throw new HybridStoreException(damaged.Message, damaged);
        }
    }

    /// <inheritdoc/>
    public void Save()
    {
        if (_path is null)
            return;
        try
        {
            lock (_changes)
            {
                Hold();
                using SectionWriter writer = new(_path);
                _index.Vectors.Write(writer);
                _index.Texts.Write(writer);
                WriteEntries(writer);
                writer.Commit(FileKind);
            }
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new HybridStoreException($"Save: {_path} cannot be written ({wrong.Message}); what was saved before is as it was. Make room, or let this user write there.", wrong);
        }
    }

    /// <summary>Forgets what was not saved, and lets others change the folder.</summary>
    public void Dispose()
    {
        lock (_changes)
        {
            _only?.Dispose();
            _only = null;
        }
    }

    /// <summary>The options of a search after its arguments have been checked.</summary>
    internal static HybridSearchOptions Checked(string text, int k, HybridSearchOptions? options)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new HybridSearchOptions();
        const int Most = 10_000;
        if (k is < 1 or > Most || options.Candidates is < 1 or > Most)
            throw new ArgumentException($"Search: {k} hits of {options.Candidates} candidates. Give 1 to {Most} for both.");
        if (options.Filter is not null)
            throw new ArgumentException($"Search: the options have a filter, which a server cannot call. Give a {nameof(HybridFilter)}.");
        return options.Constant > 0 && options.TextWeight >= 0 && options.VectorWeight >= 0 ? options
            : throw new ArgumentException($"Search: constant {options.Constant}, weights {options.TextWeight} and {options.VectorWeight}. Give a constant above 0 and weights of 0 or more.");
    }

    /// <summary>Throws if an entry cannot be taken.</summary>
    internal static void Check(IReadOnlyList<HybridEntry> entries, VectorIndex rules)
    {
        for (int i = 0; i < entries.Count; i++)
        {
            if (entries[i] is not { Text: not null, Labels: not null } entry || entry.Labels.Values.Contains(null!))
                throw new ArgumentException($"Set: entry {i} is null, or its text, its labels or the value of a label is. Give an empty text, or leave the label out.", nameof(entries));
            rules.Check("Set", entry.Vector.Span);
        }
    }

    private void Changing(Action change)
    {
        try
        {
            lock (_changes)
            {
                Hold();
                change();
            }
        }
        catch (InvalidDataException damaged)
        {
            // What was opened is read and verified by the first change.
            throw new HybridStoreException(damaged.Message, damaged);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new HybridStoreException($"Store: {_path} cannot be changed ({wrong.Message}). Let this user write there.", wrong);
        }
    }

    // The system gives the lock back when the process ends, also by a kill.
    private void Hold()
    {
        if (_path is null || _only is not null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        FileStream only;
        try
        {
            only = new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException held)
        {
            throw new HybridStoreException($"Store: {_path} is being changed by another program or another part of this one, or its lock cannot be taken ({held.Message}). Wait until that has disposed of it, then open it again.", held);
        }

        if (Stamp() != _opened)
        {
            only.Dispose();
            throw new HybridStoreException($"Store: {_path} was saved by somebody else since it was opened here; a change would undo theirs. Open it again.");
        }

        _only = only;
    }

    private (DateTime Written, long Length) Stamp() => _path is not null && new FileInfo(_path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;

    private void WriteEntries(SectionWriter file)
    {
        const int Some = 1 << 20;
        file.Begin(EntriesSection);
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream, Encoding.UTF8);
        foreach (HybridEntry entry in _entries.Values)
        {
            writer.Write(entry.Key);
            writer.Write(entry.Text);
            writer.Write(entry.Time?.UtcTicks ?? -1);
            writer.Write(entry.Labels.Count);
            foreach ((string name, string value) in entry.Labels)
            {
                writer.Write(name);
                writer.Write(value);
            }

            foreach (float element in entry.Vector.Span)
                writer.Write(element);
            if (stream.Length >= Some)
                Flush();
        }

        Flush();

        void Flush()
        {
            writer.Flush();
            file.Write<byte>(stream.GetBuffer().AsSpan(0, (int)stream.Length));
            stream.SetLength(0);
        }
    }

    private HybridIndex Open(string path)
    {
        SectionFile file = SectionFile.Open(path);
        HybridIndex index = new(VectorIndex.Read(file), Bm25Index.Read(file, null));
        file.Verify(EntriesSection);
        using BufferedStream stream = new(new SectionStream(file.Section(EntriesSection)), 1 << 16);
        using BinaryReader reader = new(stream, Encoding.UTF8);
        while (stream.Position < stream.Length)
        {
            (long key, string text, long ticks) = (reader.ReadInt64(), reader.ReadString(), reader.ReadInt64());
            Dictionary<string, string> labels = [];
            for (int left = reader.ReadInt32(); left > 0; left--)
                labels.Add(reader.ReadString(), reader.ReadString());
            float[] vector = new float[index.Vectors.Dimensions];
            for (int j = 0; j < vector.Length; j++)
                vector[j] = reader.ReadSingle();
            _entries[key] = new HybridEntry(key, text, vector) { Labels = labels, Time = ticks < 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero) };
        }

        return index.Count == _entries.Count ? index : throw SectionHeader.Damaged(path, $"it has {index.Count} vectors and {_entries.Count} entries");
    }
}
