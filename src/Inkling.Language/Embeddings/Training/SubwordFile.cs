using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Inkling.Nn.Checkpoints;

namespace Inkling.Language;

/// <summary>
/// The vectors of parts of words, beside the file of the words: safetensors with <c>buckets</c> I32 [B], ascending, and <c>parts</c> F32 [B, E]; its metadata says the version, how words fall into
/// parts, and of which words they are.
/// </summary>
internal static class SubwordFile
{
    private const string Kind = "inkling-word-parts", Version = "1", Remedy = "Train the vectors again, or remove the file.";
    private const string Buckets = "buckets", Parts = "parts";

    /// <summary>Where they lie for words that lie in <paramref name="path"/>.</summary>
    public static string PathOf(string path) => Directory.Exists(path) ? Path.Combine(path, "parts.safetensors") : path + ".parts.safetensors";

    /// <summary>Reads them.</summary>
    public static SubwordVectors Read(string path, WordVectors words)
    {
        string file = PathOf(path);
        if (!File.Exists(file)) throw new FileNotFoundException($"there are no vectors of parts of words beside '{path}': '{file}' is missing. Train them with the method subwords, or copy the file as well.", file);
        try
        {
            using SafetensorsFile read = SafetensorsFile.Open(file);
            if (Text(read, "format") != Kind || Text(read, "version") != Version) throw new InvalidDataException($"'{file}' is '{Text(read, "format")}' of version '{Text(read, "version")}'; this program reads {Kind} of version {Version}. {Remedy}");
            if (Text(read, "words.sha256") != HashOf(words)) throw new InvalidDataException($"'{file}' has parts of other words than '{path}'. {Remedy}");
            Subwords parts = new(Whole(read, "shortest"), Whole(read, "longest"), Whole(read, "buckets"));
            int count = read[Buckets].Shape is [int known] && known > 0 ? known : throw new InvalidDataException($"'{file}': its {Buckets} are no list. {Remedy}");
            int[] buckets = new int[count];
            float[] values = new float[checked(count * words.Width)];
            read.ReadInt32s(Buckets, [count], buckets);
            read.ReadSingles(Parts, [count, words.Width], values);
            for (int i = 0; i < count; i++)
            {
                if (buckets[i] >= parts.Buckets || buckets[i] < (i > 0 ? buckets[i - 1] + 1 : 0)) throw new InvalidDataException($"'{file}': bucket {buckets[i]} is out of place. {Remedy}");
            }

            return values.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue) ? throw new InvalidDataException($"'{file}' holds a number that is not finite. {Remedy}") : new SubwordVectors(words, parts, buckets, values);
        }
        catch (Exception error) when (error is CheckpointException or FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException(error is CheckpointException ? error.Message : $"'{file}' is damaged: {error.Message} {Remedy}", error);
        }
    }

    /// <summary>Writes them to a temporary name that is then renamed; the words are there already.</summary>
    public static void Write(SubwordVectors vectors, string path)
    {
        SafetensorsWriter writer = new();
        (string Name, string Value)[] said =
        [
            ("format", Kind), ("version", Version), ("words.sha256", HashOf(vectors.Words)),
            ("shortest", Text(vectors.Parts.Shortest)), ("longest", Text(vectors.Parts.Longest)), ("buckets", Text(vectors.Parts.Buckets)),
        ];
        foreach ((string name, string value) in said) writer.Metadata[name] = value;
        writer.Add(Buckets, [vectors.Buckets.Length], vectors.Buckets);
        writer.Add(Parts, [vectors.Buckets.Length, vectors.Words.Width], vectors.Values);
        writer.Save(PathOf(path));
    }

    private static string HashOf(WordVectors words) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', words.Words))));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(SafetensorsFile file, string name) => file.Metadata.GetValueOrDefault(name, "");

    private static int Whole(SafetensorsFile file, string name) => int.Parse(Text(file, name), NumberStyles.None, CultureInfo.InvariantCulture);
}
