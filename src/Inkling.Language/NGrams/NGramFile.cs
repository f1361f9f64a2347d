using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Inkling.Language;

/// <summary>
/// The file of an <see cref="NGramModel"/>, little-endian: eight bytes of name, version, checksum of all that follows, then order, vocabulary,
/// part marks, unigrams and the levels, each array with its length before it and padded to eight bytes.
/// </summary>
internal static class NGramFile
{
    private const int Version = 1;
    private const int HeaderLength = 24;
    private const byte ManyChildren = 255;      // the number follows in a list of its own

    private static ReadOnlySpan<byte> Name => "InkNGram"u8;

    public static void Write(string path, NGramData data)
    {
        using var body = new MemoryStream();
        WriteArray<int>(body, [data.Levels.Length, data.VocabularySize]);
        WriteArray<int>(body, data.PartMarks);
        WriteArray<float>(body, data.Unigrams);
        foreach (NGramLevel level in data.Levels)
        {
            WriteArray<ushort>(body, level.Tokens);
            WriteArray<byte>(body, level.Codes);
            WriteArray<float>(body, level.Weights);
            WriteArray<byte>(body, [.. level.ChildCounts.Select(count => (byte)Math.Min(count, ManyChildren))]);
            WriteArray<int>(body, [.. level.ChildCounts.Where(count => count >= ManyChildren)]);
            WriteArray<byte>(body, level.MassCodes);
        }
        var header = new byte[HeaderLength];
        Name.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), Version);
        ReadOnlySpan<byte> written = body.GetBuffer().AsSpan(0, (int)body.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(16), Checksum(written));
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream file = File.Create(temporary))
            {
                file.Write(header);
                file.Write(written);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    public static NGramData Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            if (bytes.Length < HeaderLength || !bytes.AsSpan().StartsWith(Name))
                throw new InvalidDataException("this is no n-gram model");
            int version = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8));
            if (version != Version)
                throw new InvalidDataException($"the file has version {version}, but this program reads version {Version}");
            if (BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(16)) != Checksum(bytes.AsSpan(HeaderLength)))
                throw new InvalidDataException("the file is damaged or cut off: its checksum does not fit");
            return ReadBody(bytes);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"NGramModel.Load: {path}: {e.Message}. Restore the file from the model it belongs to, or train the model again.", e);
        }
    }

    private static NGramData ReadBody(ReadOnlySpan<byte> bytes)
    {
        int at = HeaderLength;
        int[] sizes = ReadArray<int>(bytes, ref at);
        if (sizes is not [>= 2 and <= NGramModel.HighestOrder and int order, > 0 and <= ushort.MaxValue and int vocabulary])
            throw new InvalidDataException("its order or vocabulary is out of range");
        var data = new NGramData
        {
            VocabularySize = vocabulary,
            PartMarks = ReadArray<int>(bytes, ref at),
            Unigrams = ReadArray<float>(bytes, ref at),
            Levels = new NGramLevel[order],
        };
        for (int level = 0; level < order; level++)
        {
            data.Levels[level] = new NGramLevel
            {
                Tokens = ReadArray<ushort>(bytes, ref at),
                Codes = ReadArray<byte>(bytes, ref at),
                Weights = ReadArray<float>(bytes, ref at),
                ChildCounts = ReadChildCounts(bytes, ref at),
                MassCodes = ReadArray<byte>(bytes, ref at),
            };
        }
        Check(data, at == bytes.Length);
        return data;
    }

    /// <summary>Refuses what the checksum cannot: a file written wrongly. What is left is checked where the contexts are built.</summary>
    private static void Check(NGramData data, bool atEnd)
    {
        bool fits = atEnd && data.Unigrams.Length == data.VocabularySize && data.Levels[0].ChildCounts.Length == data.VocabularySize &&
            Array.TrueForAll(data.PartMarks, mark => (uint)mark < (uint)data.VocabularySize);
        for (int level = 0; level < data.Levels.Length; level++)
        {
            NGramLevel nodes = data.Levels[level];
            bool last = level == data.Levels.Length - 1;
            fits &= nodes.Weights.Length == 256 && nodes.Codes.Length == nodes.Tokens.Length && (level > 0 || nodes.Tokens.Length == 0);
            fits &= nodes.ChildCounts.Length == (last ? 0 : level == 0 ? data.VocabularySize : nodes.Tokens.Length);
            fits &= nodes.Tokens.Length == 0 || Largest(nodes.Tokens) < data.VocabularySize;
        }
        if (!fits)
            throw new InvalidDataException("its parts do not fit together");
    }

    private static int Largest(ushort[] tokens)
    {
        ushort largest = 0;
        foreach (ushort token in tokens)
            largest = Math.Max(largest, token);
        return largest;
    }

    private static int[] ReadChildCounts(ReadOnlySpan<byte> bytes, ref int at)
    {
        byte[] small = ReadArray<byte>(bytes, ref at);
        int[] large = ReadArray<int>(bytes, ref at);
        var counts = new int[small.Length];
        int used = 0;
        for (int node = 0; node < small.Length; node++)
        {
            counts[node] = small[node];
            if (small[node] != ManyChildren)
                continue;
            if (used == large.Length || large[used] < ManyChildren)
                throw new InvalidDataException("its n-grams do not fit together");
            counts[node] = large[used++];
        }
        return counts;
    }

    private static void WriteArray<T>(MemoryStream stream, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, values.Length);
        stream.Write(length);
        stream.Write(bytes);
        while (stream.Length % 8 != 0)
            stream.WriteByte(0);
    }

    private static T[] ReadArray<T>(ReadOnlySpan<byte> bytes, ref int at)
        where T : unmanaged
    {
        if (bytes.Length - at < 8)
            throw new InvalidDataException("its parts do not fit together");
        long length = BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
        int size = Marshal.SizeOf<T>();
        if (length < 0 || length > (bytes.Length - at - 8) / size)
            throw new InvalidDataException("its parts do not fit together");
        T[] values = MemoryMarshal.Cast<byte, T>(bytes.Slice(at + 8, (int)length * size)).ToArray();
        at = Math.Min(bytes.Length, at + 8 + ((int)length * size + 7) / 8 * 8);
        return values;
    }

    /// <summary>A 64-bit multiplicative hash over eight bytes at a time (as FNV-1a, in words, with its high half folded in).</summary>
    private static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 14695981039346656037 ^ (ulong)bytes.Length;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            hash = (hash ^ word) * 1099511628211;
            hash ^= hash >> 32;
        }
        foreach (byte value in bytes[(bytes.Length & ~7)..])
            hash = (hash ^ value) * 1099511628211;
        return hash;
    }
}
