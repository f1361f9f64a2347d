using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Inkling.Nn.Checkpoints;

namespace Inkling.Language;

/// <summary>
/// Nothing but rows of little-endian 32-bit numbers in a file <c>NAME.f32</c>, and beside it the words in the same order, one a line, in
/// <c>NAME.txt</c> or <c>words.txt</c>.
/// </summary>
public sealed class RawRowsFormat : IWordVectorFormat
{
    internal const string FormatName = "rows";

    private const string CommonList = "words.txt";

    /// <inheritdoc/>
    public string Name => FormatName;

    /// <inheritdoc/>
    public string Summary => "NAME.f32 with 32-bit rows, and their words in NAME.txt or words.txt beside it";

    /// <summary>Reads rows and the list of their words.</summary>
    /// <inheritdoc cref="WordVectors.Read"/>
    public static WordVectors Read(string words, string vectors)
    {
        ArgumentException.ThrowIfNullOrEmpty(words);
        ArgumentException.ThrowIfNullOrEmpty(vectors);
        string[] list = ReadWords(words);
        float[] values = ReadRows(vectors, words, list.Length);
        int width = values.Length / list.Length, broken = values.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (broken >= 0) throw new InvalidDataException($"'{vectors}', word {broken / width} ('{list[broken / width]}'): {values[broken]} is no finite number.");
        try
        {
            return new WordVectors(list, values);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"'{words}' is damaged: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public bool Recognises(string path, ReadOnlySpan<byte> start) => Plain(path).EndsWith(".f32", StringComparison.OrdinalIgnoreCase)
        || (!start.IsEmpty && start.Contains((byte)0) && !Word2VecHeader.Looks(start, out _) && ListOf(path) is not null);

    /// <inheritdoc/>
    public WordVectors Read(string path) => Read(
        ListOf(path) ?? throw new InvalidDataException($"'{path}' has no list of words beside it: neither {Path.GetFileName(OwnList(path))} nor {CommonList}."), path);

    /// <inheritdoc/>
    public void CheckTarget(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string list = OwnList(path);
        if (Path.GetFullPath(list) == Path.GetFullPath(path)) throw new IOException($"'{path}' would be its own list of words. Name the rows differently, as in {Path.GetFileNameWithoutExtension(path)}.f32.");
        if (File.Exists(list) && !File.Exists(path)) throw new IOException($"'{list}' is there already, and it is no list of words of '{path}', which is not. Name the rows differently.");
    }

    /// <inheritdoc/>
    public void Write(WordVectors vectors, string path)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        CheckTarget(path);
        foreach (string word in vectors.Words)
        {
            if (word.AsSpan().ContainsAny('\r', '\n')) throw new ArgumentException($"the word '{word.ReplaceLineEndings("\\n")}' holds the end of a line, with which a list of words ends a word.");
        }

        VectorFile.Write(path, stream =>
        {
            float[] row = new float[vectors.Width];
            for (int i = 0; i < vectors.Count; i++)
            {
                vectors[i].CopyTo(row);
                ToLittleEndian(row);
                stream.Write(MemoryMarshal.AsBytes(row.AsSpan()));
            }
        });
        AtomicFile.WriteText(OwnList(path), string.Join('\n', vectors.Words) + "\n");
    }

    private static string Plain(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;

    private static string OwnList(string path) => Path.ChangeExtension(Plain(path), ".txt");

    private static string? ListOf(string path)
    {
        string own = OwnList(path), common = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, CommonList);
        return own != path && File.Exists(own) ? own : File.Exists(common) && common != Path.GetFullPath(path) ? common : null;
    }

    private static string[] ReadWords(string path)
    {
        try
        {
            return File.ReadAllLines(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException($"'{path}' is not UTF-8.", error);
        }
    }

    private static float[] ReadRows(string path, string words, int count)
    {
        byte[] bytes = VectorFile.Read(path, scanner =>
        {
            byte[] all = new byte[1 << 16];
            int filled = 0;
            while (true)
            {
                int some = scanner.Fill(all.AsSpan(filled));
                filled += some;
                if (filled < all.Length) return all[..filled];
                if (filled > Array.MaxLength / 2) throw new InvalidDataException("it holds more than a gigabyte; take a file with fewer words.");
                Array.Resize(ref all, 2 * all.Length);
            }
        });
        if (count == 0) throw new InvalidDataException($"'{words}' has no words.");
        if (bytes.Length == 0 || bytes.Length % (sizeof(float) * (long)count) != 0)
            throw new InvalidDataException($"'{path}' has {bytes.Length} bytes, which is no multiple of 4 bytes for each of the {count} words in '{words}'. Are the two of one set, and whole?");
        float[] values = new float[bytes.Length / sizeof(float)];
        bytes.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        ToLittleEndian(values);
        return values;
    }

    private static void ToLittleEndian(Span<float> values)
    {
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(values), MemoryMarshal.Cast<float, int>(values));
    }
}
