using System.Globalization;
using System.IO.Compression;
using System.Text;
using Inkling.Nn.Checkpoints;

namespace Inkling.Language.Tests.Embeddings;

public sealed class WordVectorFormatTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-vectors-").FullName;

    public static TheoryData<string, string> Files => new()
    {
        { "word2vec-text", "a.vec" }, { "word2vec-text", "a.vec.gz" }, { "word2vec-binary", "a.bin" }, { "word2vec-binary", "a.bin.gz" },
        { "glove", "a.txt" }, { "glove", "a.txt.gz" }, { "rows", "a.f32" }, { "rows", "a.f32.gz" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_written_is_recognised_and_reads_back_bit_for_bit(string format, string name)
    {
        WordVectors vectors = Some(300, 17);
        string path = Path.Combine(_folder, name);
        Assert.Equal(format, WordVectorFormats.ForName(path).Name);
        WordVectorFormats.Named(format).Write(vectors, path);
        Assert.Equal(format, WordVectorFormats.Of(path).Name);
        WordVectors back = WordVectors.Load(path);
        Assert.Equal(vectors.Words, back.Words);
        Assert.Equal(vectors.Values.ToArray(), back.Values.ToArray());
        Assert.Empty(Directory.GetFiles(_folder, "*.tmp"));
    }

    [Fact]
    public void The_folder_keeps_eight_bits_of_each_number()
    {
        WordVectors vectors = Some(300, 17);
        string path = Path.Combine(_folder, "model");
        Assert.Equal("folder", WordVectorFormats.ForName(path).Name);
        WordVectorFormats.Named("folder").Write(vectors, path);
        WordVectors back = WordVectors.Load(path);
        Assert.Equal(vectors.Words, back.Words);
        for (int row = 0; row < vectors.Count; row++)
        {
            float step = 0;
            foreach (float value in vectors[row]) step = MathF.Max(step, MathF.Abs(value) / 127);
            for (int i = 0; i < vectors.Width; i++) Assert.Equal(vectors[row][i], back[row][i], 0.51 * step);
        }
    }

    [Fact]
    public void A_table_of_one_word_and_one_number_is_read_by_every_format()
    {
        WordVectors one = new(["x"], [2]);
        foreach (string name in new[] { "one.vec", "one.bin", "one.txt", "rows.f32" })
        {
            string path = Path.Combine(_folder, Path.GetExtension(name)[1..], name);
            WordVectorFormats.ForName(path).Write(one, path);
            Assert.Equal(2, WordVectors.Load(path)[0][0]);
        }
    }

    [Fact]
    public void Binary_without_ends_of_lines_is_read_as_well()
    {
        byte[] row = [.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(-2f)];
        File.WriteAllBytes(Path.Combine(_folder, "a.bin"), [.. "2 2\na "u8, .. row, .. "b "u8, .. row]);
        WordVectors back = WordVectors.Load(Path.Combine(_folder, "a.bin"));
        Assert.Equal(["a", "b"], back.Words);
        Assert.Equal([1, -2, 1, -2], back.Values.ToArray());
    }

    [Theory]
    [InlineData("ab 1 2\n. . 3 4\n", "ab|. .")] // A word with a blank, as in published GloVe files.
    [InlineData("ab\t1\t2\r\ncd\t3\t4\r\n", "ab|cd")]
    [InlineData("2 1 2\n3 4 5", "2|3")] // Numbers can be words.
    public void Lines_of_GloVe_may_be_odd(string text, string words)
    {
        string path = Write("a.txt", text);
        Assert.Equal("glove", WordVectorFormats.Of(path).Name);
        Assert.Equal(words.Split('|'), WordVectors.Load(path).Words);
    }

    [Theory]
    [InlineData("2 2\na 1 2\n", "ends after 1 of the 2 words")]
    [InlineData("1 2\na 1 2\nb 3 4\n", "line 3 is one more")]
    [InlineData("2 2\na 1 2\nb 3\n", "line 3 has 1 numbers in place of 2")]
    [InlineData("2 2\na 1 2\na 3 4\n", "line 3: 'a' was there before, as word 1")]
    [InlineData("2 2\na 1 2\nb 3 nan\n", "line 3 ('b'): 'nan' is no finite number")]
    [InlineData("2 2\na 1 2\nb 3 1e99\n", "line 3 ('b'): '1e99' is no finite number")]
    [InlineData("2 2\na 1 2\nb 3 x4\n", "line 3 ('b'): 'x4' is no finite number")]
    [InlineData("9999999999999 300\na 1 2\n", "claims 9999999999999 words of 300 numbers, which cannot be")]
    [InlineData("2000000000 1\na 1\n", "ends after 1 of the 2000000000 words")]
    [InlineData("2 999999999\na 1 2\n", "claims 2 words of 999999999 numbers")]
    [InlineData("0 2\n", "claims 0 words")]
    [InlineData("-1 2\na 1 2\n", "claims -1 words")]
    [InlineData("99999999999999999999 2\na 1 2\n", "is not the number of words")]
    [InlineData("a 1 2\nb 3\n", "line 2 has 1 numbers in place of 2")]
    [InlineData("a 1 2\nb 3 Infinity\n", "line 2 ('b'): 'Infinity' is no finite number")]
    public void A_damaged_text_is_told_with_its_line(string text, string message)
    {
        string path = Write("a.txt", text);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => WordVectors.Load(path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("a.txt", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello world, this is no vector\n")]
    [InlineData("{\"format\": 1}")]
    public void What_is_of_no_format_is_told(string text) =>
        Assert.Contains("a.txt", Assert.Throws<InvalidDataException>(() => WordVectors.Load(Write("a.txt", text))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_binary_file_cut_anywhere_or_with_a_flipped_count_is_refused()
    {
        string path = Path.Combine(_folder, "a.bin");
        WordVectorFormats.Named("word2vec-binary").Write(Some(4, 3), path);
        byte[] whole = File.ReadAllBytes(path);
        for (int length = "4 3\n".Length; length < whole.Length - 1; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<InvalidDataException>(() => WordVectors.Load(path));
        }

        File.WriteAllBytes(path, [.. "3"u8, .. whole[1..]]);
        Assert.Contains("more follows", Assert.Throws<InvalidDataException>(() => WordVectors.Load(path)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(path, [.. "400000000"u8, .. whole[1..]]);
        Assert.Contains("claim", Assert.Throws<InvalidDataException>(() => WordVectors.Load(path)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(path, [.. "4 3\n"u8, .. new byte[10_000]]);
        Assert.Throws<InvalidDataException>(() => WordVectors.Load(path));
    }

    [Fact]
    public void Arbitrary_bytes_never_do_more_than_be_refused()
    {
        string path = Path.Combine(_folder, "a.bin");
        WordVectorFormats.Named("word2vec-binary").Write(Some(4, 3), path);
        byte[] whole = File.ReadAllBytes(path);
        Random random = new(1);
        for (int round = 0; round < 300; round++)
        {
            byte[] broken = [.. whole];
            for (int i = 0; i < 3; i++) broken[random.Next(broken.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, broken);
            try
            {
                WordVectors.Load(path);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Fact]
    public void A_packed_file_that_was_cut_is_refused()
    {
        string path = Path.Combine(_folder, "a.vec.gz");
        WordVectorFormats.Named("word2vec-text").Write(Some(300, 17), path);
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        Assert.Throws<InvalidDataException>(() => WordVectors.Load(path));
    }

    [Fact]
    public void Parts_of_a_folder_that_do_not_fit_are_told()
    {
        string path = Path.Combine(_folder, "model"), words = Path.Combine(path, "words.txt"), config = Path.Combine(path, "config.json");
        WordVectorFormats.Named("folder").Write(Some(3, 2), path);
        string list = File.ReadAllText(words), text = File.ReadAllText(config);
        File.WriteAllText(words, list + "more\n");
        Assert.Contains("has 4 words, config.json says 3", Load(path), StringComparison.Ordinal);
        File.WriteAllText(words, list);
        File.WriteAllText(config, text.Replace("\"width\": 2", "\"width\": 3", StringComparison.Ordinal));
        Assert.Contains("vectors", Load(path), StringComparison.Ordinal);
        File.WriteAllText(config, text.Replace("\"version\": 1", "\"version\": 7", StringComparison.Ordinal));
        Assert.Contains("version 7", Load(path), StringComparison.Ordinal);
        File.WriteAllText(config, text);
        File.Delete(Path.Combine(path, "weights.safetensors"));
        Assert.Contains("weights.safetensors", Load(path), StringComparison.Ordinal);
        Assert.Contains("no folder of word vectors", Load(_folder), StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file()
    {
        string path = Write("a.vec", "1 1\nold 1\n");
        WordVectors odd = new(["fine", "two words"], [1, 2]);
        Assert.Contains("'two words'", Assert.Throws<ArgumentException>(() => WordVectorFormats.Named("word2vec-text").Write(odd, path)).Message, StringComparison.Ordinal);
        Assert.Equal("old", WordVectors.Load(path).Words[0]);
        Assert.Single(Directory.GetFiles(_folder));
        Assert.Throws<CheckpointException>(() => WordVectorFormats.Named("glove").Write(Some(1, 1), Path.Combine(path, "under-a-file.txt")));
    }

    [Fact]
    public void Names_and_endings_that_say_nothing_are_told()
    {
        Assert.Contains("glove", Assert.Throws<ArgumentException>(() => WordVectorFormats.Named("csv")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => WordVectorFormats.ForName("a.csv"));
        Assert.Throws<FileNotFoundException>(() => WordVectors.Load(Path.Combine(_folder, "absent.bin")));
        Assert.Contains("no list of words", Assert.Throws<InvalidDataException>(() => WordVectors.Load(Write("lonely.f32", "1234"))).Message, StringComparison.Ordinal);
    }

    private string Load(string path) => Assert.Throws<InvalidDataException>(() => WordVectors.Load(path)).Message;

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static WordVectors Some(int count, int width)
    {
        Random random = new(7);
        float[] values = [.. Enumerable.Range(0, count * width).Select(_ => (float)(random.NextDouble() - 0.5) * MathF.Pow(10, random.Next(-3, 4)))];
        return new WordVectors([.. Enumerable.Range(0, count).Select(i => i % 7 == 3 ? $"wörd’{i}" : i.ToString(CultureInfo.InvariantCulture) + "th")], values);
    }

    [Fact]
    public void Rows_do_not_overwrite_a_text_that_is_no_list_of_theirs()
    {
        string notes = Write("notes.txt", "my notes");
        WordVectors vectors = new(["a", "b"], [1, 2, 3, 4]);
        string rows = Path.ChangeExtension(notes, ".f32");
        Assert.Contains("notes.txt' is there already", Assert.Throws<IOException>(() => WordVectorFormats.Named("rows").Write(vectors, rows)).Message, StringComparison.Ordinal);
        Assert.Contains("its own list", Assert.Throws<IOException>(() => WordVectorFormats.Named("rows").CheckTarget(notes)).Message, StringComparison.Ordinal);
        Assert.Equal("my notes", File.ReadAllText(notes));
        string mine = Path.ChangeExtension(notes, null) + "-mine.f32";
        for (int i = 0; i < 2; i++) WordVectorFormats.Named("rows").Write(vectors, mine);
        Assert.Equal(2, WordVectors.Load(mine).Count);
    }

    [Fact]
    public void A_folder_whose_words_are_newer_than_its_rows_is_refused()
    {
        string folder = Path.Combine(Path.GetDirectoryName(Write("here.txt", "x"))!, "cut-off");
        WordVectorFormats.Named("folder").Write(new WordVectors(["a", "b"], [1, 2, 3, 4]), folder);
        Assert.Equal(["a", "b"], WordVectors.Load(folder).Words);
        File.WriteAllText(Path.Combine(folder, "words.txt"), "c\nd\n");
        Assert.Contains("cut off", Assert.Throws<InvalidDataException>(() => WordVectors.Load(folder)).Message, StringComparison.Ordinal);
    }
}
