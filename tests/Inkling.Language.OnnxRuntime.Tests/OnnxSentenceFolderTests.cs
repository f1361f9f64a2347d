namespace Inkling.Language.Tests;

/// <summary>What is wrong with a folder is said by name, with a remedy.</summary>
public sealed class OnnxSentenceFolderTests
{
    [Theory]
    [InlineData("onnx/model.onnx", null, "model.onnx")]
    [InlineData("onnx/model.onnx", "this is no model", "ONNX Runtime cannot open it")]
    [InlineData("onnx/model.onnx", "", "ONNX Runtime cannot open it")]
    [InlineData("tokenizer.json", null, "vocab.txt")]
    [InlineData("tokenizer.json", "{", "tokenizer.json")]
    [InlineData("modules.json", "{}", "modules.json")]
    [InlineData("modules.json", "[", "no JSON")]
    [InlineData("modules.json", "[]", "Transformer")]
    [InlineData("modules.json", """[{"path": "../x", "type": "a.Transformer"}]""", "outside")]
    [InlineData("modules.json", """[{"path": "", "type": "a.Transformer"}, {"path": "1_Pooling", "type": "a.Pooling"}, {"path": "2_Dense", "type": "a.Dense"}]""", "Dense")]
    [InlineData("1_Pooling/config.json", """{"pooling_mode_mean_tokens": false}""", "no way to pool")]
    [InlineData("1_Pooling/config.json", """{"pooling_mode": "median"}""", "median")]
    [InlineData("config.json", """{"vocab_size": 23}""", "23 rows")]
    [InlineData("sentence_bert_config.json", """{"max_seq_length": 2}""", "2 pieces")]
    public void A_file_that_is_missing_or_damaged_or_of_another_kind_is_named(string file, string? content, string word)
    {
        using MadeUpModel model = new();
        if (content is null) File.Delete(model.File(file));
        else model.Write(file, content);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => model.Load());
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
        Assert.Contains(model.Folder, error.Message, StringComparison.Ordinal);
        Assert.Matches(@"\. (Export|Name|Give|Restore)", error.Message);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("DynamicQuantizeLinea", false)]
    [InlineData("DynamicQuantizeLinear", true)]
    [InlineData("0123456789012345678901234567890DynamicQuantizeLinear", true)]
    [InlineData("DynamicQuantizeDynamicQuantizeLinear and on and on and on and on", true)]
    public void A_name_within_a_file_is_found_across_blocks(string content, bool there)
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, content);
        Assert.Equal(there, FileText.Holds(path, "DynamicQuantizeLinear"u8, block: 25));
        File.Delete(path);
    }

    [Fact]
    public void A_vocabulary_with_more_ids_than_the_table_has_rows_shows_at_once()
    {
        using MadeUpModel model = new();
        File.Delete(model.File("config.json"));
        model.Write("tokenizer.json", MadeUpModel.Json([.. MadeUpModel.Words, "another"]));
        Assert.Contains("does not run on texts of this vocabulary", Assert.Throws<InvalidDataException>(() => model.Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tokenizer_of_another_kind_is_refused_by_name()
    {
        using MadeUpModel model = new();
        model.Write("tokenizer.json", MadeUpModel.Json(MadeUpModel.Words, "Unigram"));
        Assert.Contains("Unigram", Assert.Throws<InvalidDataException>(() => model.Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_cut_short_is_refused()
    {
        using MadeUpModel model = new();
        byte[] whole = File.ReadAllBytes(model.File("onnx/model.onnx"));
        model.Write("onnx/model.onnx", whole[..(whole.Length / 2)]);
        Assert.Throws<InvalidDataException>(() => model.Load());
    }

    [Fact]
    public void Inputs_that_are_not_known_are_named()
    {
        using MadeUpModel model = new(ids: "pixel_values");
        Assert.Contains("pixel_values", Assert.Throws<InvalidDataException>(() => model.Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_model_may_be_named_and_lie_elsewhere()
    {
        using MadeUpModel model = new();
        File.Move(model.File("onnx/model.onnx"), model.File("model.onnx"));
        using (OnnxSentenceEncoder found = model.Load()) Assert.Equal(4, found.Dimensions);
        File.Move(model.File("model.onnx"), model.File("onnx/small.onnx"));
        using (OnnxSentenceEncoder named = model.Load(new OnnxSentenceOptions { Model = "onnx/small.onnx" })) Assert.Equal(4, named.Dimensions);
        Assert.Throws<InvalidDataException>(() => model.Load(new OnnxSentenceOptions { Model = "onnx/none.onnx" }));
        Assert.Throws<InvalidDataException>(() => OnnxSentenceEncoder.Load(model.File("none")));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        using MadeUpModel model = new();
        foreach (OnnxSentenceOptions options in (OnnxSentenceOptions[])[new() { BatchSize = 0 }, new() { Threads = 0 }, new() { MaxPieces = 2 }, new() { MaxPieces = 13 }])
            Assert.Throws<ArgumentException>(() => model.Load(options));
    }

    [Fact]
    public void Without_the_small_files_the_usual_is_meant()
    {
        using MadeUpModel model = new();
        foreach (string file in (string[])["modules.json", "1_Pooling/config.json", "sentence_bert_config.json", "config.json", "tokenizer_config.json", "special_tokens_map.json"]) File.Delete(model.File(file));
        using OnnxSentenceEncoder encoder = model.Load();
        Assert.Equal(512, encoder.MaxPieces);
        float[] vector = new float[4];
        encoder.Encode("is tuesday fine", vector);
        MadeUpModel.Near(model.Mean("[CLS] is tuesday fine [SEP]"), vector);
    }
}
