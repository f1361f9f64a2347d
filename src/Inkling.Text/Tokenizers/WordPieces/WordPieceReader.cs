using System.Text;
using System.Text.Json;

namespace Inkling.Text;

/// <summary>Reads the files of a <see cref="WordPieceTokenizer"/>, and refuses what it would encode differently from other readers.</summary>
internal static class WordPieceReader
{
    /// <summary>Reads a <c>tokenizer.json</c> or a <c>vocab.txt</c>.</summary>
    public static WordPieceTokenizer Read(string path, WordPieceOptions? options)
    {
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            return bytes.AsSpan().TrimStart(" \t\r\n\uFEFF"u8).StartsWith("{"u8) ? OfJson(bytes) : new WordPieceTokenizer(Lines(bytes), options);
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"WordPieceTokenizer.Load: {path}: {error.Message.Split(" (Parameter", StringSplitOptions.None)[0].TrimEnd('.')}. Export the model again, or copy its file once more.", error);
        }
    }

    private static List<string> Lines(byte[] bytes)
    {
        List<string> pieces = [];
        using StringReader reader = new(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
        while (reader.ReadLine() is { } line) pieces.Add(line.TrimEnd());
        return pieces;
    }

    private static WordPieceTokenizer OfJson(byte[] bytes)
    {
        using JsonDocument document = JsonDocument.Parse(bytes);
        JsonElement root = document.RootElement, model = Part(root, "model") ?? throw new FormatException("it has no \"model\"");
        string? type = Text(model, "type");
        if (type is not (null or "WordPiece")) throw new FormatException($"it describes a tokenizer of the kind {type}; this one is WordPiece");
        string? pre = Part(root, "pre_tokenizer") is { } cut ? Text(cut, "type") : null;
        if (pre != "BertPreTokenizer") throw new FormatException($"words are cut by {pre ?? "nothing"}, but only BertPreTokenizer is known");
        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        foreach (JsonProperty piece in (Part(model, "vocab") ?? throw new FormatException("\"model\" has no \"vocab\"")).EnumerateObject()) Add(ids, piece.Name, piece.Value);
        List<string> special = Added(root, ids);
        (string? begin, string? end) = Ends(Part(root, "post_processor"));
        return new WordPieceTokenizer(ids, Normalised(Part(root, "normalizer")) with
        {
            Unknown = Text(model, "unk_token") ?? "[UNK]",
            Prefix = Text(model, "continuing_subword_prefix") ?? "##",
            LongestWord = Part(model, "max_input_chars_per_word") is { } most ? most.GetInt32() : 100,
            Begin = begin,
            End = end,
            Padding = Part(root, "padding") is { } padding && Text(padding, "pad_token") is { } named ? named : ids.ContainsKey("[PAD]") ? "[PAD]" : ids.ContainsKey("<pad>") ? "<pad>" : null,
            Special = special,
        });
    }

    private static WordPieceOptions Normalised(JsonElement? normalizer)
    {
        if (normalizer is not { } rules) return new WordPieceOptions { LowerCase = false, StripAccents = false, CleanText = false, SplitChinese = false };
        if (Text(rules, "type") is var type and not "BertNormalizer") throw new FormatException($"texts are normalised by {type}, but only BertNormalizer is known");
        return new WordPieceOptions
        {
            LowerCase = Flag(rules, "lowercase") ?? true,
            StripAccents = Flag(rules, "strip_accents"),
            CleanText = Flag(rules, "clean_text") ?? true,
            SplitChinese = Flag(rules, "handle_chinese_chars") ?? true,
        };
    }

    private static List<string> Added(JsonElement root, Dictionary<string, int> ids)
    {
        List<string> special = [];
        if (Part(root, "added_tokens") is not { } added) return special;
        foreach (JsonElement token in added.EnumerateArray())
        {
            string text = Text(token, "content") ?? throw new FormatException("an added token has no \"content\"");
            if (Flag(token, "single_word") == true || Flag(token, "normalized") == true)
                throw new FormatException($"the added token '{text}' is looked for as a single word or in normalised text, which is not known here");
            Add(ids, text, Part(token, "id") ?? throw new FormatException($"the added token '{text}' has no \"id\""));
            special.Add(text);
        }

        return special;
    }

    private static void Add(Dictionary<string, int> ids, string piece, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out int id) || id < 0) throw new FormatException($"the id of '{piece}' is {value}, no whole number from 0");
        if (piece.Length == 0) throw new FormatException($"the piece with the id {id} is empty");
        if (!ids.TryAdd(piece, id) && ids[piece] != id) throw new FormatException($"'{piece}' has the ids {ids[piece]} and {id}");
    }

    /// <summary>What stands before and behind a text.</summary>
    private static (string? Begin, string? End) Ends(JsonElement? processor)
    {
        if (processor is not { } rules) return (null, null);
        switch (Text(rules, "type"))
        {
            case "BertProcessing" or "RobertaProcessing":
                return (rules.GetProperty("cls")[0].GetString(), rules.GetProperty("sep")[0].GetString());
            case "TemplateProcessing":
                string?[] parts = [.. rules.GetProperty("single").EnumerateArray().Select(part => Part(part, "SpecialToken") is { } token ? Text(token, "id") : null)];
                int text = Array.IndexOf(parts, null);
                if (text is 0 or 1 && parts.Length - text is 1 or 2 && parts.Count(part => part is null) == 1) return (text == 1 ? parts[0] : null, parts.Length > text + 1 ? parts[^1] : null);
                break;
        }

        throw new FormatException($"what stands before and behind a text is described by {Text(rules, "type")} in a way that is not known");
    }

    private static JsonElement? Part(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement part) && part.ValueKind != JsonValueKind.Null ? part : null;

    private static string? Text(JsonElement of, string name) => Part(of, name)?.GetString();

    private static bool? Flag(JsonElement of, string name) => Part(of, name)?.GetBoolean();
}
