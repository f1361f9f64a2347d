using System.Globalization;
using Inkling.Text;

namespace Inkling.Vectors;

/// <summary>
/// A collection on the disk: <c>shape.txt</c> and one folder <c>state-N</c>, in which the rows are a <see cref="RowLog"/> and the indexes are files beside it. A
/// new state is written under another name and renamed when it is complete, then the old one is removed: whoever is killed on the way leaves the old one.
/// </summary>
internal sealed class CollectionFolder : IDisposable
{
    /// <summary>The file that makes a folder a collection.</summary>
    public const string ShapeFile = "shape.txt";

    private const string StatePrefix = "state-", Unfinished = ".tmp", LockFile = "lock";

    private readonly string _path;
    private readonly RowCodec _codec;
    private RowLog _log;
    private int _state;

    // Held open, so that nobody else opens the collection.
    private readonly FileStream _lock;

    private CollectionFolder(string path, RowCodec codec, FileStream alone)
    {
        (_path, _codec, _lock) = (path, codec, alone);
        _state = Directory.GetDirectories(path, StatePrefix + "*").Select(Number).DefaultIfEmpty(0).Max();
        if (_state == 0)
            throw new InvalidDataException($"{path} has lost its records: there is no folder {StatePrefix}N in it. Restore it from a copy.");
        _log = RowLog.Open(Path.Combine(StatePath(path, _state), "rows"), codec);
    }

    /// <summary>Bytes that came since the indexes were written.</summary>
    public long LaterBytes => _log.Length - _log.Whole;

    /// <summary>Bytes that were there when the indexes were written.</summary>
    public long WholeBytes => _log.Whole;

    /// <summary>The number of the next row when the indexes were written.</summary>
    public long Next => _log.Next;

    /// <summary>Makes an empty collection, or opens the one that is there.</summary>
    /// <exception cref="InvalidDataException">What is there is damaged or of another shape.</exception>
    /// <exception cref="IOException">Somebody else has it open.</exception>
    public static CollectionFolder Open(string path, RecordShape shape)
    {
        Directory.CreateDirectory(path);
        FileStream alone = Lock(path);
        try
        {
            RowCodec codec = new(shape);
            string shapeFile = Path.Combine(path, ShapeFile);
            if (!File.Exists(shapeFile))
            {
                // Of a collection that was deleted, or killed before it had a shape.
                foreach (string state in Directory.GetDirectories(path, StatePrefix + "*"))
                    Directory.Delete(state, recursive: true);
                WriteState(path, 1, codec, [], 1, [], []);
                File.WriteAllText(shapeFile + Unfinished, shape.Text);
                File.Move(shapeFile + Unfinished, shapeFile);
            }

            string stored = File.ReadAllText(shapeFile);
            return stored == shape.Text ? new CollectionFolder(path, codec, alone)
                : throw new InvalidDataException($"{path} holds records of another shape: {RecordShape.Difference(stored, shape.Text)}. Use the record it was made with, or another name.");
        }
        catch
        {
            alone.Dispose();
            throw;
        }
    }

    /// <summary>Removes a collection and its folder.</summary>
    /// <exception cref="IOException">Somebody has it open, or something in it cannot be removed.</exception>
    public static void Delete(string path)
    {
        // Without its shape it is no collection any more, also if the rest cannot be removed at once.
        using (Lock(path, FileOptions.DeleteOnClose))
        {
            File.Delete(Path.Combine(path, ShapeFile));
            foreach (string folder in Directory.GetDirectories(path))
                Directory.Delete(folder, recursive: true);
            foreach (string file in Directory.GetFiles(path).Where(file => Path.GetFileName(file) != LockFile))
                File.Delete(file);
        }

        try
        {
            Directory.Delete(path);
        }
        catch (IOException)
        {
            // Somebody makes a new one there.
        }
    }

    /// <summary>Reads the rows.</summary>
    public (List<RowChange> Whole, List<RowChange> Later) ReadRows()
    {
        (List<RowChange> Whole, List<RowChange> Later) rows = _log.ReadAll();
        RemoveAllBut(_state);
        return rows;
    }

    /// <summary>Opens the index of a vector property; null where there is none that can be read.</summary>
    public VectorIndex? OpenVectors(int number) => Open(VectorsFile(StatePath(_path, _state), number), VectorIndex.Open, index => index.Verify());

    /// <summary>Opens the index of a text property; null where there is none that can be read.</summary>
    public Bm25Index? OpenTexts(int number) => Open(TextsFile(StatePath(_path, _state), number), path => Bm25Index.Open(path), index => index.Verify());

    /// <summary>Appends a batch of changes.</summary>
    public void Append(IEnumerable<RowChange> changes) => _log.Append(changes);

    /// <summary>Writes everything anew.</summary>
    public void Save(IEnumerable<Row> rows, long next, VectorIndex[] vectors, Bm25Index?[] texts)
    {
        WriteState(_path, _state + 1, _codec, rows, next, vectors, texts);
        RowLog log = OpenWritten(StatePath(_path, _state + 1));
        _log.Dispose();
        (_log, _state) = (log, _state + 1);
        RemoveAllBut(_state);
    }

    public void Dispose()
    {
        _log.Dispose();
        _lock.Dispose();
    }

    /// <summary>Opens the rows of a new state. Where that fails, the state goes: whatever came to the old one later would be lost to it.</summary>
    private RowLog OpenWritten(string state)
    {
        RowLog? log = null;
        try
        {
            log = RowLog.Open(Path.Combine(state, "rows"), _codec);
            log.GoToEnd();
            return log;
        }
        catch
        {
            log?.Dispose();
            _log.Refuse();
            Directory.Delete(state, recursive: true);
            _log.Accept();
            throw;
        }
    }

    private static FileStream Lock(string path, FileOptions options = FileOptions.None)
    {
        try
        {
            return new FileStream(Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, options);
        }
        catch (IOException held) when (held is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new IOException($"{path} is open in another store, here or in another program. Share one store, or dispose of the other first.", held);
        }
    }

    private static void WriteState(string path, int state, RowCodec codec, IEnumerable<Row> rows, long next, VectorIndex[] vectors, Bm25Index?[] texts)
    {
        string final = StatePath(path, state), folder = final + Unfinished;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        RowLog.Create(Path.Combine(folder, "rows"), codec, rows, next);
        for (int v = 0; v < vectors.Length; v++)
            vectors[v].Save(VectorsFile(folder, v));
        for (int t = 0; t < texts.Length; t++)
            texts[t]?.Save(TextsFile(folder, t));
        Directory.Move(folder, final);
    }

    private static T? Open<T>(string path, Func<string, T> open, Action<T> verify)
        where T : class
    {
        try
        {
            if (!File.Exists(path))
                return null;
            T index = open(path);
            verify(index);
            return index;
        }
        catch (InvalidDataException)
        {
            // The rows have all that is in it.
            return null;
        }
    }

    private void RemoveAllBut(int state)
    {
        foreach (string folder in Directory.GetDirectories(_path, StatePrefix + "*").Where(folder => folder != StatePath(_path, state)))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception held) when (held is IOException or UnauthorizedAccessException)
            {
                // Where open files cannot be removed, the next one who opens the collection does it.
            }
        }
    }

    private static string VectorsFile(string folder, int number) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"vectors-{number}"));

    private static string TextsFile(string folder, int number) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"texts-{number}"));

    private static string StatePath(string path, int state) => Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{StatePrefix}{state:d6}"));

    private static int Number(string folder) =>
        int.TryParse(Path.GetFileName(folder)[StatePrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
