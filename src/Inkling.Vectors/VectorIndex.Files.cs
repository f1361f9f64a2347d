using Inkling.Numerics;

namespace Inkling.Vectors;

/// <content>Saving and opening.</content>
public abstract partial class VectorIndex
{
    // Where everything still is that nobody has changed; null when it is in memory.
    private volatile SectionFile? _file;

    /// <summary>Its kind as a file.</summary>
    private protected abstract string Kind { get; }

    /// <summary>
    /// Opens an index file: its header is read and checked, everything else is mapped into memory and read when a search touches it. The first change reads and
    /// verifies all of it.
    /// </summary>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <returns>An <see cref="ExactIndex"/> or a <see cref="HnswIndex"/>.</returns>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is no index file, of another version, cut short or damaged; the message says which.</exception>
    public static VectorIndex Open(string path) => Read(SectionFile.Open(path));

    /// <summary>
    /// Saves the index in one file. It is written beside its place and renamed when it is complete and on the disk: whoever is killed before leaves the old file
    /// as it was. Changes wait meanwhile, searches do not.
    /// </summary>
    /// <param name="path">Where; what is there is replaced.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path)
    {
        using SectionWriter writer = new(path);
        Write(writer);
        writer.Commit(Kind);
    }

    /// <summary>
    /// Compares an opened file with its checksums, all of it. Searches of a damaged file that nobody verified may miss vectors or fail, and do no more harm.
    /// </summary>
    /// <exception cref="InvalidDataException">Something has changed since it was written; the message says where.</exception>
    public void Verify() => _file?.Verify();

    /// <summary>The index in a file that may hold more.</summary>
    internal static VectorIndex Read(SectionFile file)
    {
        IndexParameters parameters = IndexParameters.Read(file);
        VectorIndexOptions options = parameters.Options(file.Path);
        VectorTable table = VectorTable.Read(file, RowFormat.Of(options.Storage, options.Metric, options.Dimensions), HasExactRows(options), parameters.Count);
        if (options is not HnswOptions hnsw)
            return new ExactIndex(options, new IndexState(table, null), file);
        HnswGraph graph = HnswGraph.Read(file, hnsw.M, hnsw.Seed, parameters.Count, (parameters.Before, parameters.UpperUsed, parameters.Entry));
        return new HnswIndex(hnsw, new IndexState(table, graph), file);
    }

    /// <summary>Writes the sections into a file that may hold more.</summary>
    internal void Write(SectionWriter writer)
    {
        _tables.EnterWriteLock();
        try
        {
            IndexState state = _state;
            IndexParameters parameters = IndexParameters.Of(Options, state);
            writer.Section(IndexParameters.Section, new ReadOnlySpan<IndexParameters>(in parameters));
            state.Table.Write(writer);
            state.Graph?.Write(writer, state.Table.Count);
            GC.KeepAlive(state);
        }
        finally
        {
            _tables.ExitWriteLock();
        }
    }
}
