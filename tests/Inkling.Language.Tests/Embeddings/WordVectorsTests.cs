using System.IO.Compression;
using System.Runtime.InteropServices;
using Inkling.Nn;
using Inkling.Text;

namespace Inkling.Language.Tests.Embeddings;

public sealed class WordVectorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-vectors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("rows.f32")]
    [InlineData("rows.f32.gz")]
    public void Rows_belong_to_words_in_their_order_and_fill_an_embedding(string name)
    {
        WordVectors vectors = Read("the\nfilm\nfine\n", [1, 2, 3, 4, 5, 6], name);
        Assert.Equal((3, 2), (vectors.Words.Count, vectors.Width));
        Assert.True(vectors.TryFind("film", out ReadOnlySpan<float> film));
        Assert.Equal([3, 4], film.ToArray());
        Assert.False(vectors.TryFind("Film", out _));

        Vocabulary words = new(["<pad>", "fine", "odd", "the"]);
        Embedding embedding = new Embedding(4, 2, padding: 0).Build(seed: 1);
        float[] before = embedding.Weight.Values.ToArray();
        Assert.Equal(2, vectors.Fill(words, embedding.Weight));
        Assert.Equal([0, 0, 5, 6, before[4], before[5], 1, 2], embedding.Weight.Values.ToArray());
    }

    [Fact]
    public void Files_that_do_not_fit_or_are_damaged_are_told()
    {
        Assert.Contains("28 bytes", Assert.Throws<InvalidDataException>(() => Read("a\nb\n", [1, 2, 3, 4, 5, 6, 7], "odd.f32")).Message, StringComparison.Ordinal);
        Assert.Contains("'b'", Assert.Throws<InvalidDataException>(() => Read("a\nb\n", [1, 2, 3, float.NaN], "nan.f32")).Message, StringComparison.Ordinal);
        Assert.Contains("no words", Assert.Throws<InvalidDataException>(() => Read("", [1], "none.f32")).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "bad.f32.gz"), "no gzip");
        File.WriteAllText(Path.Combine(_folder, "words.txt"), "a\nb\n");
        Assert.Contains("bad.f32.gz", Assert.Throws<InvalidDataException>(() => WordVectors.Read(Path.Combine(_folder, "words.txt"), Path.Combine(_folder, "bad.f32.gz"))).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => WordVectors.Read(Path.Combine(_folder, "words.txt"), Path.Combine(_folder, "absent.f32")));
        Embedding other = new Embedding(2, 3).Build(seed: 1);
        Assert.Contains("[2, 2]", Assert.Throws<ArgumentException>(() => Read("a\nb\n", [1, 2, 3, 4], "fine.f32").Fill(new Vocabulary(["a", "b"]), other.Weight)).Message, StringComparison.Ordinal);
    }

    private WordVectors Read(string words, float[] rows, string name)
    {
        string list = Path.Combine(_folder, "words.txt"), file = Path.Combine(_folder, name);
        File.WriteAllText(list, words);
        byte[] bytes = MemoryMarshal.AsBytes(rows.AsSpan()).ToArray();
        using (Stream stream = File.Create(file))
        {
            if (!name.EndsWith(".gz", StringComparison.Ordinal)) stream.Write(bytes);
            else
            {
                using GZipStream packed = new(stream, CompressionLevel.Fastest);
                packed.Write(bytes);
            }
        }

        return WordVectors.Read(list, file);
    }
}
