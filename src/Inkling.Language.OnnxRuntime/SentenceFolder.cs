using System.Text.Json;
using Inkling.Text;

namespace Inkling.Language;

/// <summary>What a folder as <c>sentence-transformers</c> writes it says: the model's file, its tokenizer, how many pieces it reads, how pieces become one vector.</summary>
internal sealed class SentenceFolder
{
    private const string Remedy = "Export the model again, or copy its folder once more.";
    private const int UsualPieces = 512;

    private readonly string _root;
    private readonly string _transformer;
    private readonly JsonElement? _config;

    /// <summary>Reads a folder.</summary>
    /// <exception cref="InvalidDataException">A file is missing, damaged, or says something that is not known.</exception>
    public SentenceFolder(string folder, OnnxSentenceOptions options)
    {
        if (!Directory.Exists(folder)) throw new InvalidDataException($"OnnxSentenceEncoder: there is no folder {folder}. Name the folder of a sentence-transformers model that was exported to ONNX.");
        _root = folder;
        List<(string Kind, string Path)> modules = Modules();
        _transformer = modules[0].Path;
        _config = Json(Path.Combine(_transformer, "config.json"));
        Model = ModelFile(options.Model);
        Tokenizer = ReadTokenizer(out JsonElement? tokenizerConfig);
        JsonElement? sentence = Json(Path.Combine(_transformer, "sentence_bert_config.json"));
        LowerCase = Flag(sentence, "do_lower_case");
        MaxPieces = Most(sentence, tokenizerConfig, options.MaxPieces);
        Pooling = modules.Find(one => one.Kind == "Pooling") is { Path: { } pooling } ? TokenPooling.Of(Json(Path.Combine(pooling, "config.json")), Path.Combine(pooling, "config.json")) : TokenPooling.Mean;
        Normalize = options.Normalize || modules.Exists(one => one.Kind == "Normalize");
        Prompt = LowerCase ? (options.Prompt ?? DefaultPrompt()).ToLowerInvariant() : options.Prompt ?? DefaultPrompt();
        if (modules.Find(one => one.Kind is not ("Transformer" or "Pooling" or "Normalize")) is { Kind: { } unknown }) Unknown = unknown;
        if (Prompt.Length > 0 && Pooling.LeavesOutPrompt) throw Wrong(Path.Combine(_root, "1_Pooling"), "pieces of the prompt are to be left out, which is not known here", remedy: "Give an empty Prompt, or take another model.");
        if (Number(_config, "vocab_size") is { } rows && Tokenizer.VocabularySize > rows)
            throw new InvalidDataException($"OnnxSentenceEncoder: {_root}: the vocabulary has ids to {Tokenizer.VocabularySize - 1}, the model's table {rows} rows: they are not of one model. {Remedy}");
    }

    public string Model { get; }

    public WordPieceTokenizer Tokenizer { get; }

    public int MaxPieces { get; }

    /// <summary>Whether texts become small letters before anything else.</summary>
    public bool LowerCase { get; }

    public TokenPooling Pooling { get; }

    public bool Normalize { get; }

    public string Prompt { get; }

    /// <summary>A module that is not known: of no account where the model's file does it itself.</summary>
    public string? Unknown { get; }

    /// <summary>The files that decide what vectors are like.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(Path.GetDirectoryName(Model)!, Path.GetFileName(Model) + "*").Concat(
        ((string[])["tokenizer.json", "vocab.txt", "tokenizer_config.json"]).Select(name => Path.Combine(_transformer, name)).Where(File.Exists)).Order(StringComparer.Ordinal);

    public static InvalidDataException Wrong(string file, string what, Exception? inner = null, string remedy = Remedy) => new($"OnnxSentenceEncoder: {file}: {what.TrimEnd('.')}. {remedy}", inner);

    private List<(string Kind, string Path)> Modules()
    {
        string file = Path.Combine(_root, "modules.json");
        if (Json(file) is not { } list) return [("Transformer", _root), ("Pooling", Path.Combine(_root, "1_Pooling"))];
        List<(string, string)> modules = [];
        try
        {
            foreach (JsonElement module in list.EnumerateArray())
            {
                string kind = module.GetProperty("type").GetString()!.Split('.')[^1], path = module.GetProperty("path").GetString()!;
                if (Path.IsPathRooted(path) || path.Split('/', '\\').Contains("..")) throw Wrong(file, $"the module {kind} lies outside of the folder, in {path}");
                modules.Add((kind, Path.Combine(_root, path)));
            }
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException or NullReferenceException)
        {
            throw Wrong(file, "it is no list of modules with a type and a path each", error);
        }

        return modules.Count > 0 && modules[0].Item1 == "Transformer" ? modules : throw Wrong(file, $"the first module is {(modules.Count > 0 ? modules[0].Item1 : "missing")}, where a Transformer is needed");
    }

    private string ModelFile(string? named)
    {
        if (named is not null)
            return File.Exists(Path.Combine(_root, named)) ? Path.Combine(_root, named) : throw new InvalidDataException($"OnnxSentenceEncoder: {_root} has no {named}. Name one of the .onnx files in it, from the folder on.");
        string[] places = [Path.Combine(_root, "onnx", "model.onnx"), Path.Combine(_root, "model.onnx"), Path.Combine(_transformer, "onnx", "model.onnx"), Path.Combine(_transformer, "model.onnx")];
        return Array.Find(places, File.Exists)
            ?? throw new InvalidDataException($"OnnxSentenceEncoder: {_root} has neither onnx/model.onnx nor model.onnx. Export the model (in Python: SentenceTransformer(name, backend=\"onnx\").save_pretrained(folder)), or name its file with OnnxSentenceOptions.Model.");
    }

    private WordPieceTokenizer ReadTokenizer(out JsonElement? config)
    {
        config = Json(Path.Combine(_transformer, "tokenizer_config.json"));
        JsonElement? map = Json(Path.Combine(_transformer, "special_tokens_map.json"));
        string json = Path.Combine(_transformer, "tokenizer.json"), list = Path.Combine(_transformer, "vocab.txt");
        if (File.Exists(json)) return WordPieceTokenizer.Load(json);
        if (!File.Exists(list)) throw new InvalidDataException($"OnnxSentenceEncoder: {_transformer} has neither tokenizer.json nor vocab.txt. {Remedy}");
        WordPieceOptions usual = new();
        JsonElement? given = config;
        string Named(string name, string otherwise) => Content(given, name) ?? Content(map, name) ?? otherwise;
        return WordPieceTokenizer.Load(list, usual with
        {
            LowerCase = Part(config, "do_lower_case") is null || Flag(config, "do_lower_case"),
            StripAccents = Part(config, "strip_accents") is null ? null : Flag(config, "strip_accents"),
            SplitChinese = Part(config, "tokenize_chinese_chars") is null || Flag(config, "tokenize_chinese_chars"),
            Unknown = Named("unk_token", usual.Unknown),
            Begin = Named("cls_token", usual.Begin!),
            End = Named("sep_token", usual.End!),
            Padding = Named("pad_token", usual.Padding!),
            Special = [Named("mask_token", usual.Special[0])],
        });
    }

    private int Most(JsonElement? sentence, JsonElement? tokenizer, int? asked)
    {
        double said = Number(sentence, "max_seq_length") ?? double.Min(Number(tokenizer, "model_max_length") ?? double.MaxValue, Number(_config, "max_position_embeddings") ?? UsualPieces);
        said = double.Min(said, Number(_config, "max_position_embeddings") ?? double.MaxValue);
        if (said < 3) throw Wrong(_root, $"a text may have {said} pieces, too few for one with a begin and an end");
        if (asked > said) throw new ArgumentException($"OnnxSentenceEncoder: MaxPieces is {asked}, but the model reads {said} at most. Give that or less.");
        return (int)double.Min(asked ?? said, 1 << 20);
    }

    private string DefaultPrompt()
    {
        JsonElement? config = Json(Path.Combine(_root, "config_sentence_transformers.json"));
        return Content(config, "default_prompt_name") is { } name && Part(config, "prompts") is { } prompts ? Content(prompts, name) ?? "" : "";
    }

    private static JsonElement? Json(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw Wrong(path, $"it is no JSON: {error.Message.TrimEnd('.')}", error);
        }
    }

    internal static JsonElement? Part(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out JsonElement part) && part.ValueKind != JsonValueKind.Null ? part : null;

    internal static bool Flag(JsonElement? of, string name) => Part(of, name) is { ValueKind: JsonValueKind.True };

    internal static double? Number(JsonElement? of, string name) => Part(of, name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    /// <summary>A piece's text: plain, or within a description.</summary>
    internal static string? Content(JsonElement? of, string name) => Part(of, name) is not { } part ? null : part.ValueKind == JsonValueKind.String ? part.GetString() : Part(part, "content") is { ValueKind: JsonValueKind.String } content ? content.GetString() : null;
}
