using System.IO.Compression;

namespace Inkling.Training.Data;

/// <summary>Files of data sets, plain or compressed with gzip, told apart by their first bytes and not by their names.</summary>
internal static class DataFile
{
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    public static Stream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) throw new FileNotFoundException($"'{path}' is not there. Is the data set installed, and the path right?", path);
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        Span<byte> magic = stackalloc byte[2];
        int read = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && magic[0] == 0x1F && magic[1] == 0x8B ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>All bytes, decompressed.</summary>
    /// <exception cref="InvalidDataException">The compressed file is damaged or cut off.</exception>
    public static byte[] ReadAll(string path)
    {
        try
        {
            using Stream stream = Open(path);
            using MemoryStream all = new();
            stream.CopyTo(all);
            return all.ToArray();
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"'{path}' is damaged or cut off: {error.Message.TrimEnd('.')}. Get the file again.", error);
        }
    }
}
