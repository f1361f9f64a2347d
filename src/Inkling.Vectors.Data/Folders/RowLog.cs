using System.Buffers.Binary;
using System.Text;
using Inkling.Numerics;

namespace Inkling.Vectors;

/// <summary>
/// Changes of rows, one after the other in a file that only grows. A batch is one or more frames, each <c>length, checksum, checksum of these two,
/// whether it is the last of its batch, changes</c>; a batch whose last frame is not there was never finished and does not count.
/// </summary>
internal sealed class RowLog : IDisposable
{
    private const int Version = 2;
    private const int FrameHead = 3 * sizeof(int);
    private const int HeadBytes = 40;

    /// <summary>A buffer that could not be written would be tried again when a failed batch is cut off; frames are whole when they are written.</summary>
    private const int Unbuffered = 0;

    /// <summary>Bytes after which a batch goes on in another frame.</summary>
    private const int FullFrame = 1 << 24;

    private readonly string _path;
    private readonly RowCodec _codec;
    private readonly FileStream _stream;
    private bool _refuses;

    private RowLog(string path, RowCodec codec, FileStream stream) => (_path, _codec, _stream) = (path, codec, stream);

    /// <summary>Bytes up to which the file was written at once, by whoever wrote the indexes beside it.</summary>
    public long Whole { get; private set; }

    /// <summary>The number of the next row when it was written.</summary>
    public long Next { get; private set; }

    /// <summary>Bytes of the file.</summary>
    public long Length => _stream.Length;

    /// <summary>Begins a file with rows.</summary>
    public static void Create(string path, RowCodec codec, IEnumerable<Row> rows, long next)
    {
        using RowLog log = new(path, codec, new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, Unbuffered));
        log._stream.Write(new byte[HeadBytes]);
        log.Append(rows.Select(row => new RowChange(row.Number, row)));
        (log.Whole, log.Next) = (log._stream.Position, next);
        log._stream.Position = 0;
        log._stream.Write(log.Head());
        log._stream.Flush(flushToDisk: true);
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="InvalidDataException">It is none, or of another version.</exception>
    public static RowLog Open(string path, RowCodec codec)
    {
        RowLog log = new(path, codec, new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, Unbuffered));
        byte[] head = new byte[HeadBytes];
        int read = log._stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        if (read < HeadBytes || !head.AsSpan(0, 8).SequenceEqual("INKROWS\n"u8))
            throw log.Damaged("it does not begin as such a file does");
        if (BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(8)) is var version and not Version)
            throw new InvalidDataException($"Open: {path} is of version {version}, this program reads {Version}. Use the program that wrote it.");
        if (Checksum.Of(head.AsSpan(0, HeadBytes - sizeof(uint))) != BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(HeadBytes - sizeof(uint))))
            throw log.Damaged("its first bytes have changed");
        log.Next = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(12));
        log.Whole = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(20));
        return log;
    }

    /// <summary>
    /// Reads all changes: those of the whole part, then the others. What a killed writer left at the end is moved into a file of its own; from then on the file may be appended to.
    /// </summary>
    public (List<RowChange> Whole, List<RowChange> Later) ReadAll()
    {
        List<RowChange> whole = [], later = [], batch = [];
        long good = HeadBytes;
        while (_stream.Position < _stream.Length)
        {
            long start = _stream.Position;
            if (!TryReadFrame(batch, out bool last))
            {
                if (start < Whole)
                    throw Damaged($"what is at byte {start} has changed");
                break;
            }

            if (!last)
                continue;
            good = _stream.Position;
            (good <= Whole ? whole : later).AddRange(batch);
            batch.Clear();
        }

        if (good < Whole)
            throw Damaged($"it is cut short at byte {good} of {Whole}");
        if (good < _stream.Length)
            CutOff(good);
        _stream.Position = good;
        return (whole, later);
    }

    /// <summary>Cuts off the end, and keeps it in a file beside the folder in case somebody misses it.</summary>
    private void CutOff(long good)
    {
        string aside = $"{Path.GetDirectoryName(_path)}.cut-off-";
        int number = 1;
        while (File.Exists($"{aside}{number}"))
            number++;
        using (FileStream kept = new($"{aside}{number}", FileMode.CreateNew, FileAccess.Write))
        {
            _stream.Position = good;
            _stream.CopyTo(kept);
            kept.Flush(flushToDisk: true);
        }

        _stream.SetLength(good);
    }

    /// <summary>Goes to the end of a file that was just written at once.</summary>
    /// <exception cref="InvalidDataException">It is longer or shorter than it says.</exception>
    public void GoToEnd() => _stream.Position = _stream.Length == Whole ? Whole : throw Damaged($"it has {_stream.Length} bytes and says {Whole}");

    /// <summary>Takes no more changes.</summary>
    public void Refuse() => _refuses = true;

    /// <summary>Takes changes again.</summary>
    public void Accept() => _refuses = false;

    /// <summary>Appends a batch. When it returns, the system has it: it outlives this process.</summary>
    public void Append(IEnumerable<RowChange> changes)
    {
        if (_refuses)
            throw new IOException($"{_path} takes no more changes after a failure. Open the store anew.");
        long before = _stream.Position;
        try
        {
            using MemoryStream frame = new();
            using BinaryWriter writer = new(frame, Encoding.UTF8);
            Begin(writer);
            foreach (RowChange change in changes)
            {
                if (frame.Length > FullFrame)
                {
                    End(frame, last: false);
                    Begin(writer);
                }

                _codec.Write(writer, change);
            }

            End(frame, last: true);
            _stream.Flush();
        }
        catch
        {
            // Half a batch must not stand before the next one; where it cannot be cut off, there is no next one.
            _refuses = true;
            _stream.SetLength(before);
            _stream.Position = before;
            _refuses = false;
            throw;
        }
    }

    public void Dispose() => _stream.Dispose();

    private static void Begin(BinaryWriter writer)
    {
        writer.BaseStream.SetLength(0);
        writer.Write(new byte[FrameHead + 1]);
    }

    private void End(MemoryStream frame, bool last)
    {
        Span<byte> bytes = frame.GetBuffer().AsSpan(0, (int)frame.Length);
        bytes[FrameHead] = last ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - FrameHead);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[sizeof(int)..], Checksum.Of(bytes[FrameHead..]));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[(2 * sizeof(int))..], Checksum.Of(bytes[..(2 * sizeof(int))]));
        _stream.Write(bytes);
    }

    /// <summary>Reads a frame. False where the file ends within it, or where the last one is not what was written, as after a loss of power.</summary>
    private bool TryReadFrame(List<RowChange> into, out bool last)
    {
        long start = _stream.Position;
        last = false;
        byte[] head = new byte[FrameHead];
        if (_stream.ReadAtLeast(head, FrameHead, throwOnEndOfStream: false) < FrameHead)
            return false;
        // After a loss of power a file may end in zeros; any other head was written, so its length can be trusted or has changed.
        if (!head.AsSpan().ContainsAnyExcept((byte)0))
            return false;
        if (Checksum.Of(head.AsSpan(0, 2 * sizeof(int))) != BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(2 * sizeof(int))))
            throw Damaged($"what is at byte {start} has changed");
        int length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length < 1 || length > _stream.Length - _stream.Position)
            return false;
        byte[] bytes = new byte[length];
        _stream.ReadExactly(bytes);
        if (Checksum.Of(bytes) != BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(sizeof(int))))
            return _stream.Position == _stream.Length ? false : throw Damaged($"what is at byte {start} has changed");
        last = bytes[0] == 1;
        using MemoryStream frame = new(bytes, 1, length - 1);
        using BinaryReader reader = new(frame, Encoding.UTF8);
        try
        {
            while (frame.Position < frame.Length)
                into.Add(_codec.Read(reader));
        }
        catch (Exception wrong) when (wrong is EndOfStreamException or FormatException or ArgumentException)
        {
            throw Damaged($"the records at byte {start} are not those of this collection");
        }

        return true;
    }

    private byte[] Head()
    {
        byte[] head = new byte[HeadBytes];
        "INKROWS\n"u8.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(8), Version);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(12), Next);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(20), Whole);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(HeadBytes - sizeof(uint)), Checksum.Of(head.AsSpan(0, HeadBytes - sizeof(uint))));
        return head;
    }

    private InvalidDataException Damaged(string how)
    {
        _stream.Dispose();
        return new InvalidDataException($"Open: {_path} is damaged: {how}. Restore its folder from a copy.");
    }
}
