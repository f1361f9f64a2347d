using System.IO.Compression;
using Inkling.Nn.Checkpoints;

namespace Inkling.Language;

/// <summary>Files of word vectors as streams: unpacked when what they hold is packed, packed when their name says so.</summary>
internal static class VectorFile
{
    /// <summary>Opens a file; gzip is told by its first two bytes.</summary>
    public static Stream OpenRead(string path)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        bool packed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return packed ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>The first bytes, unpacked.</summary>
    public static byte[] Start(string path, int most)
    {
        using Stream stream = OpenRead(path);
        byte[] start = new byte[most];
        return Reading(path, () => start[..stream.ReadAtLeast(start, most, throwOnEndOfStream: false)]);
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidDataException">What it holds is not sound; the message names the file.</exception>
    public static T Read<T>(string path, Func<ByteScanner, T> read)
    {
        using Stream stream = OpenRead(path);
        return Reading(path, () => read(new ByteScanner(stream)));
    }

    /// <summary>Writes a file to a temporary name and renames it.</summary>
    public static void Write(string path, Action<Stream> write) => AtomicFile.Write(path, stream =>
    {
        Stream target = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true) : stream;
        BufferedStream buffered = new(target, 1 << 16);
        write(buffered);
        buffered.Flush();
        if (target != stream) target.Dispose();
    });

    private static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"'{path}' is damaged: {error.Message}", error);
        }
    }
}
