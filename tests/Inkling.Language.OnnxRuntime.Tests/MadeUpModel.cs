using System.Text.Json;
using Inkling.Nn;
using Inkling.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Inkling.Language.Tests;

/// <summary>A folder as sentence-transformers exports it, with a model of two tables: <c>h = tanh(word + kind)</c>. What it should say is computed here, number by number.</summary>
internal sealed class MadeUpModel : IDisposable
{
    public const int Width = 4, Rows = 24;

    public static readonly string[] Words =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "when", "do", "we", "meet", "?", "the", "roof", "##s", "leak", "on", "tuesday", "printer", "offer", ".", "is", "fine", "query", ":", "for"];

    private static readonly Lazy<string?> s_missing = new(() =>
    {
        try
        {
            return OrtEnv.Instance().GetVersionString().Length > 0 ? null : "ONNX Runtime has no version";
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            return $"ONNX Runtime cannot be loaded here: {error.Message}";
        }
    });

    private readonly Embedding _words, _kinds;

    public MadeUpModel(bool kinds = true, string output = "last_hidden_state", string ids = "input_ids", bool json = true, int? pieces = null)
    {
        SkipWithoutRuntime();
        _words = new Embedding(Rows, Width).Build(seed: 5);
        _kinds = new Embedding(2, Width).Build(seed: 6);
        OnnxDimension length = pieces is { } fixedPieces ? fixedPieces : "sequence";
        List<OnnxInput> inputs = [OnnxInput.Integers(ids, "batch", length), OnnxInput.Integers("attention_mask", "batch", length)];
        if (kinds) inputs.Add(OnnxInput.Integers("token_type_ids", "batch", length));
        Write("onnx/model.onnx", OnnxExport.ToBytes(inputs, run =>
        {
            Tensor hidden = _words.Forward(run.Integers(ids));
            if (kinds) hidden += _kinds.Forward(run.Integers("token_type_ids"));
            hidden = hidden.Tanh();
            run.Output(output, output == "sentence_embedding" ? hidden.Max(1) : hidden);
        }));
        Write("modules.json", """
            [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
             {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
             {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]
            """);
        Write("1_Pooling/config.json", """{"word_embedding_dimension": 4, "pooling_mode_cls_token": false, "pooling_mode_mean_tokens": true}""");
        Write("sentence_bert_config.json", """{"max_seq_length": 12, "do_lower_case": false}""");
        Write("config.json", $$"""{"vocab_size": {{Rows}}, "max_position_embeddings": 64}""");
        Write("tokenizer_config.json", """{"do_lower_case": true, "cls_token": {"content": "[CLS]"}, "model_max_length": 12}""");
        Write("special_tokens_map.json", """{"unk_token": "[UNK]", "sep_token": "[SEP]"}""");
        if (json) Write("tokenizer.json", Json(Words));
        else Write("vocab.txt", string.Join('\n', Words));
    }

    /// <summary>Where ONNX Runtime's library cannot be loaded, there is nothing to test.</summary>
    public static void SkipWithoutRuntime() => Assert.SkipWhen(s_missing.Value is not null, s_missing.Value ?? "");

    public string Folder { get; } = Directory.CreateTempSubdirectory("inkling-encoder-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string File(string name) => Path.Combine(Folder, name);

    public void Write(string name, string content) => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    public void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllBytes(File(name), content);
    }

    public OnnxSentenceEncoder Load(OnnxSentenceOptions? options = null) => OnnxSentenceEncoder.Load(Folder, options);

    /// <summary>What a piece has, <c>[Width]</c>.</summary>
    public double[] Piece(string word, bool kinds = true) => [.. Enumerable.Range(0, Width).Select(j => Math.Tanh(
        _words.Weight.Values[(Array.IndexOf(Words, word) * Width) + j] + (kinds ? _kinds.Weight.Values[j] : 0)))];

    /// <summary>The mean of pieces, at length 1.</summary>
    public double[] Mean(string pieces, bool kinds = true)
    {
        double[][] all = [.. pieces.Split(' ').Select(piece => Piece(piece, kinds))];
        return Unit([.. Enumerable.Range(0, Width).Select(j => all.Average(one => one[j]))]);
    }

    public static double[] Unit(double[] vector)
    {
        double length = Math.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / length)];
    }

    public static void Near(IReadOnlyList<double> expected, IReadOnlyList<float> actual, double within = 1e-5)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++) Assert.InRange(actual[i], expected[i] - within, expected[i] + within);
    }

    public static string Json(IReadOnlyList<string> words, string kind = "WordPiece") => $$"""
        {
          "added_tokens": [{"id": 4, "content": "[MASK]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
          "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
          "pre_tokenizer": {"type": "BertPreTokenizer"},
          "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
          "model": {"type": "{{kind}}", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": { {{string.Join(", ", words.Select((word, id) => $"{JsonSerializer.Serialize(word)}: {id}"))}} } }
        }
        """;
}
