using Inkling.Mail;
using Microsoft.Extensions.AI;

namespace Inkling.Language.Tests;

public sealed class OnnxSentenceEncoderTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_text_has_the_mean_of_its_pieces_at_length_1(bool kinds, bool json)
    {
        using MadeUpModel model = new(kinds, json: json);
        using OnnxSentenceEncoder encoder = model.Load();
        Assert.Equal((MadeUpModel.Width, 12), (encoder.Dimensions, encoder.MaxPieces));
        MadeUpModel.Near(model.Mean("[CLS] when do we meet ? [SEP]", kinds), Encode(encoder, "When do we MEET?"));
        MadeUpModel.Near(model.Mean("[CLS] the roof ##s leak [UNK] [SEP]", kinds), Encode(encoder, "the  roofs\nleak heavily"));
    }

    [Theory]
    [InlineData("""{"pooling_mode_cls_token": true}""", "cls")]
    [InlineData("""{"pooling_mode": "cls"}""", "cls")]
    [InlineData("""{"pooling_mode_max_tokens": true}""", "max")]
    [InlineData("""{"pooling_mode_mean_tokens": true, "include_prompt": true}""", "mean")]
    [InlineData("""{"pooling_mode_mean_sqrt_len_tokens": true}""", "root")]
    [InlineData("""{"pooling_mode_weightedmean_tokens": true}""", "weighted")]
    [InlineData("""{"pooling_mode_lasttoken": true}""", "last")]
    [InlineData("""{"pooling_mode_mean_tokens": true, "pooling_mode_cls_token": true}""", "cls mean")]
    [InlineData("""{"pooling_mode": ["mean", "max"]}""", "max mean")]
    public void Pieces_are_pooled_as_the_folder_says(string config, string ways)
    {
        using MadeUpModel model = new();
        model.Write("1_Pooling/config.json", config);
        model.Write("modules.json", """[{"path": "", "type": "sentence_transformers.models.Transformer"}, {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]""");
        using OnnxSentenceEncoder encoder = model.Load(new OnnxSentenceOptions { Normalize = false });
        double[][] pieces = [.. "[CLS] is tuesday fine [SEP]".Split(' ').Select(piece => model.Piece(piece))];
        IEnumerable<double> expected = ways.Split(' ').SelectMany(way => Enumerable.Range(0, MadeUpModel.Width).Select(j => way switch
        {
            "cls" => pieces[0][j],
            "last" => pieces[^1][j],
            "max" => pieces.Max(piece => piece[j]),
            "mean" => pieces.Average(piece => piece[j]),
            "root" => pieces.Sum(piece => piece[j]) / Math.Sqrt(pieces.Length),
            _ => pieces.Select((piece, t) => (t + 1) * piece[j]).Sum() / (pieces.Length * (pieces.Length + 1) / 2.0),
        }));
        // Beside a longer text, so that there is padding.
        MadeUpModel.Near([.. expected], encoder.EncodeMany(["is tuesday fine", "when do we meet on tuesday?"])[0]);
    }

    [Fact]
    public void A_vector_of_the_whole_text_is_taken_as_it_comes()
    {
        using MadeUpModel model = new(output: "sentence_embedding");
        model.Write("modules.json", """[{"path": "", "type": "a.Transformer"}, {"path": "1_Pooling", "type": "a.Pooling"}, {"path": "2_Dense", "type": "a.Dense"}]""");
        using OnnxSentenceEncoder encoder = model.Load(new OnnxSentenceOptions { Normalize = false });
        double[][] pieces = [.. "[CLS] is tuesday fine [SEP]".Split(' ').Select(piece => model.Piece(piece))];
        MadeUpModel.Near([.. Enumerable.Range(0, MadeUpModel.Width).Select(j => pieces.Max(piece => piece[j]))], Encode(encoder, "is tuesday fine"));
    }

    [Fact]
    public void Together_and_alone_texts_have_the_same_vectors_in_their_order()
    {
        using MadeUpModel model = new();
        Random random = new(3);
        string[] texts = ["", .. Enumerable.Range(0, 300).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(0, 15)).Select(_ => MadeUpModel.Words[random.Next(5, MadeUpModel.Rows)]))), " \n"];
        using OnnxSentenceEncoder encoder = model.Load(new OnnxSentenceOptions { BatchSize = 7 });
        float[][] together = encoder.EncodeMany(texts);
        for (int i = 0; i < texts.Length; i++) MadeUpModel.Near([.. Encode(encoder, texts[i]).Select(value => (double)value)], together[i], 1e-6);
        Assert.All(together.Zip(texts), one => Assert.Equal(string.IsNullOrWhiteSpace(one.Second), !one.First.AsSpan().ContainsAnyExcept(0)));
        Assert.Empty(encoder.EncodeMany([]));
        Assert.Contains("text 1 is null", Assert.Throws<ArgumentException>(() => encoder.EncodeMany(["a", null!])).Message, StringComparison.Ordinal);
        Assert.Contains("4", Assert.Throws<ArgumentException>(() => encoder.Encode("a", new float[3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_long_text_the_beginning_is_read()
    {
        using MadeUpModel model = new();
        using OnnxSentenceEncoder encoder = model.Load(), shorter = model.Load(new OnnxSentenceOptions { MaxPieces = 4 });
        string text = "when do we meet on tuesday? " + string.Concat(Enumerable.Repeat("the printer is fine. ", 25_000));
        MadeUpModel.Near(model.Mean("[CLS] when do we meet on tuesday ? the printer is [SEP]"), Encode(encoder, text));
        MadeUpModel.Near(model.Mean("[CLS] when do [SEP]"), Encode(shorter, text));
        Assert.NotEqual(encoder.Name, shorter.Name);
    }

    [Fact]
    public void A_model_of_one_length_is_filled_up()
    {
        using MadeUpModel model = new(pieces: 9);
        using OnnxSentenceEncoder encoder = model.Load();
        Assert.Equal(9, encoder.MaxPieces);
        MadeUpModel.Near(model.Mean("[CLS] is tuesday fine [SEP]"), Encode(encoder, "is tuesday fine"));
    }

    [Fact]
    public void A_prompt_goes_before_every_text()
    {
        using MadeUpModel model = new();
        model.Write("config_sentence_transformers.json", """{"prompts": {"query": "query: ", "passage": ""}, "default_prompt_name": "query"}""");
        using OnnxSentenceEncoder encoder = model.Load(), without = model.Load(new OnnxSentenceOptions { Prompt = "" });
        MadeUpModel.Near(model.Mean("[CLS] query : is tuesday fine [SEP]"), Encode(encoder, "is tuesday fine"));
        MadeUpModel.Near(model.Mean("[CLS] is tuesday fine [SEP]"), Encode(without, "is tuesday fine"));
        Assert.All(Encode(encoder, ""), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Its_name_tells_it_from_others()
    {
        using MadeUpModel model = new(), other = new(kinds: false);
        using OnnxSentenceEncoder encoder = model.Load(), again = model.Load(), another = other.Load();
        Assert.Equal(encoder.Name, again.Name);
        Assert.StartsWith("onnx-4-", encoder.Name, StringComparison.Ordinal);
        Assert.NotEqual(encoder.Name, another.Name);
        model.Write("1_Pooling/config.json", """{"pooling_mode_cls_token": true}""");
        using OnnxSentenceEncoder pooled = model.Load();
        Assert.NotEqual(encoder.Name, pooled.Name);
    }

    [Fact]
    public void Many_threads_may_use_it_and_one_may_end_it()
    {
        using MadeUpModel model = new();
        OnnxSentenceEncoder encoder = model.Load();
        double[] expected = model.Mean("[CLS] is tuesday fine [SEP]");
        Parallel.For(0, 400, _ => MadeUpModel.Near(expected, Encode(encoder, "is tuesday fine")));
        int refused = 0;
        Parallel.For(0, 400, i =>
        {
            if (i == 100) encoder.Dispose();
            try
            {
                MadeUpModel.Near(expected, Encode(encoder, "is tuesday fine"));
            }
            catch (ObjectDisposedException)
            {
                Interlocked.Increment(ref refused);
            }
        });
        encoder.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Encode(encoder, "fine"));
        Assert.Throws<ObjectDisposedException>(() => encoder.EncodeMany(["fine"]));
        Assert.InRange(refused, 1, 400);
    }

    [Fact]
    public void It_ends_early_when_it_is_told()
    {
        using MadeUpModel model = new();
        using OnnxSentenceEncoder encoder = model.Load(new OnnxSentenceOptions { BatchSize = 1, Threads = 1 });
        using CancellationTokenSource before = new(), within = new();
        before.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => encoder.EncodeMany(["fine"], before.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => encoder.EncodeMany(new Stopping(within, 500), within.Token));
        using OnnxSession session = new(model.File("onnx/model.onnx"));
        Assert.ThrowsAny<OperationCanceledException>(() => session.Run([[2, 5, 3]], 0, (_, _, _) => Assert.Fail("It went on."), before.Token));
    }

    [Fact]
    public async Task It_generates_embeddings_for_code_that_knows_the_abstractions_only()
    {
        using MadeUpModel model = new();
        using OnnxSentenceEncoder encoder = model.Load();
        using IEmbeddingGenerator<string, Embedding<float>> generator = new TextEmbeddingGenerator(encoder);
        GeneratedEmbeddings<Embedding<float>> made = await generator.GenerateAsync(["is tuesday fine", "", "the roof leaks"]);
        MadeUpModel.Near(model.Mean("[CLS] is tuesday fine [SEP]"), made[0].Vector.ToArray());
        MadeUpModel.Near(model.Mean("[CLS] the roof leak ##s [SEP]"), made[2].Vector.ToArray());
        Assert.Equal((3, encoder.Name, 4), (made.Count, made[1].ModelId, made[1].Dimensions));
        using CancellationTokenSource stopped = new();
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.GenerateAsync(["a"], null, stopped.Token));
    }

    [Fact]
    public void A_mailbox_is_searched_with_it()
    {
        using MadeUpModel model = new();
        using OnnxSentenceEncoder encoder = model.Load();
        string mail = model.File("mail"), index = model.File("index");
        Directory.CreateDirectory(mail);
        string[] texts = ["Is tuesday fine?", "The roof leaks.", "The offer for the printer."];
        for (int i = 0; i < texts.Length; i++)
            File.WriteAllText(Path.Combine(mail, $"{i}.eml"), $"From: Ann <ann@made.up>\nTo: me@made.up\nSubject: Mail {i}\nMessage-ID: <{i}@made.up>\nDate: Mon, 3 Mar 2025 10:00:00 +0000\n\n{texts[i]}\n");
        new MailIndexer(encoder, new MailIndexOptions { Mail = [mail], Folder = index }).Run();
        using MailSearchIndex search = MailSearchIndex.Open(index, encoder);
        Assert.Equal("The roof leaks.", search.Search(new MailSearchRequest { Text = "does the roof leak", WordWeight = 0 })[0].Snippet);
        Assert.Equal("Is tuesday fine?", search.Search(new MailSearchRequest { Text = "tuesday" })[0].Snippet);
        using MadeUpModel other = new(kinds: false);
        using OnnxSentenceEncoder another = other.Load();
        Assert.Contains("made with the encoder", Assert.Throws<InvalidDataException>(() => MailSearchIndex.Open(index, another)).Message, StringComparison.Ordinal);
    }

    private static float[] Encode(OnnxSentenceEncoder encoder, string text)
    {
        float[] vector = new float[encoder.Dimensions];
        encoder.Encode(text, vector);
        return vector;
    }

    /// <summary>A list of texts of which one, when it is read, ends the work.</summary>
    private sealed class Stopping(CancellationTokenSource stop, int count) : IReadOnlyList<string>
    {
        private int _reads;

        public int Count => count;

        public string this[int index]
        {
            get
            {
                // Each is read to look at it, and then to encode it.
                if (Interlocked.Increment(ref _reads) == 2 * count) stop.Cancel();
                return "is tuesday fine";
            }
        }

        public IEnumerator<string> GetEnumerator() => Enumerable.Range(0, count).Select(i => this[i]).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
