using System.Text;
using System.Text.Json;

namespace Inkling.Text;

/// <summary>
/// Reads <c>tokenizer.json</c> token by token (no reflection, a few milliseconds for 8,192 pieces) and refuses what this tokenizer would
/// encode differently from other readers.
/// </summary>
internal static class TokenizerReader
{
    public static Tokenizer Read(string path)
    {
        byte[] json = File.ReadAllBytes(path);
        var parts = new TokenizerParts();
        var reader = new Utf8JsonReader(json);
        try
        {
            ReadDocument(ref reader, parts);
            return parts.Build();
        }
        catch (JsonException e)
        {
            string place = e.LineNumber is { } line ? $", line {line + 1}" : "";
            throw Damaged(path, place, "the file is not well-formed JSON; it may have been cut off", e);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            int line = 1 + json.AsSpan(0, (int)Math.Min(reader.TokenStartIndex, json.Length)).Count((byte)'\n');
            throw Damaged(path, $", line {line}", e.Message, e);
        }
    }

    private static InvalidDataException Damaged(string path, string place, string what, Exception inner) => new(
        $"Tokenizer.Load: {path}{place}: {what}. Restore the file from the model it belongs to, or train a new tokenizer.", inner);

    private static void ReadDocument(ref Utf8JsonReader reader, TokenizerParts parts)
    {
        Open(ref reader, JsonTokenType.StartObject, "the document");
        bool model = false, preTokenizer = false;
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("model"u8))
            {
                ReadModel(ref reader, parts);
                model = true;
            }
            else if (reader.ValueTextEquals("added_tokens"u8))
                ReadAddedTokens(ref reader, parts);
            else if (reader.ValueTextEquals("pre_tokenizer"u8))
            {
                ReadPreTokenizer(ref reader);
                preTokenizer = true;
            }
            else if (reader.ValueTextEquals("normalizer"u8) || reader.ValueTextEquals("truncation"u8) || reader.ValueTextEquals("padding"u8))
                ReadNull(ref reader);
            else
                reader.Skip();
        }
        // Skip at the end would accept a second document behind the first.
        if (reader.Read())
            throw new FormatException("something follows the end of the document");
        if (!model || !preTokenizer)
            throw new FormatException($"the property \"{(model ? "pre_tokenizer" : "model")}\" is missing");
    }

    private static void ReadModel(ref Utf8JsonReader reader, TokenizerParts parts)
    {
        Open(ref reader, JsonTokenType.StartObject, "\"model\"");
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("type"u8))
                ReadExpected(ref reader, "the type of the model", "BPE");
            else if (reader.ValueTextEquals("vocab"u8))
                ReadVocabulary(ref reader, parts);
            else if (reader.ValueTextEquals("merges"u8))
                ReadMerges(ref reader, parts);
            else if (reader.ValueTextEquals("byte_fallback"u8) || reader.ValueTextEquals("ignore_merges"u8))
                ReadFalse(ref reader);
            else if (reader.ValueTextEquals("continuing_subword_prefix"u8) || reader.ValueTextEquals("end_of_word_suffix"u8) ||
                     reader.ValueTextEquals("dropout"u8))
                ReadNull(ref reader);
            else
                reader.Skip();
        }
    }

    private static void ReadVocabulary(ref Utf8JsonReader reader, TokenizerParts parts)
    {
        Open(ref reader, JsonTokenType.StartObject, "\"vocab\"");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int start = parts.AppendText(ref reader);
            reader.Read();
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out int id))
                throw new FormatException($"the id of a piece is {Show(ref reader)}, not a whole number");
            parts.AddPiece(start, id);
        }
    }

    private static void ReadMerges(ref Utf8JsonReader reader, TokenizerParts parts)
    {
        Open(ref reader, JsonTokenType.StartArray, "\"merges\"");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                parts.AddMerge(parts.AppendText(ref reader));
                continue;
            }
            // The newer spelling: ["left", "right"] for "left right".
            if (reader.TokenType != JsonTokenType.StartArray)
                throw new FormatException($"a merge is {Show(ref reader)}, not two pieces");
            int start = parts.AppendText(ref reader, next: true);
            parts.AppendSpace();
            parts.AppendText(ref reader, next: true);
            parts.AddMerge(start);
            if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray)
                throw new FormatException("a merge has more than two pieces");
        }
    }

    private static void ReadAddedTokens(ref Utf8JsonReader reader, TokenizerParts parts)
    {
        Open(ref reader, JsonTokenType.StartArray, "\"added_tokens\"");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new FormatException($"an added token is {Show(ref reader)}, not an object");
            string? content = null;
            int? id = null;
            while (NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("content"u8))
                    content = reader.Read() ? reader.GetString() : null;
                else if (reader.ValueTextEquals("id"u8))
                    id = reader.Read() ? reader.GetInt32() : null;
                else if (reader.ValueTextEquals("single_word"u8) || reader.ValueTextEquals("lstrip"u8) || reader.ValueTextEquals("rstrip"u8))
                    ReadFalse(ref reader);
                else
                    reader.Skip();
            }
            parts.AddSpecial(
                content ?? throw new FormatException("an added token has no content"),
                id ?? throw new FormatException($"the added token '{content}' has no id"));
        }
    }

    /// <summary>Accepts the one rule that <see cref="WordScanner"/> knows; with any other, ids would silently differ.</summary>
    private static void ReadPreTokenizer(ref Utf8JsonReader reader)
    {
        Open(ref reader, JsonTokenType.StartObject, "\"pre_tokenizer\"");
        bool pattern = false, byteLevel = false;
        int depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            if (reader.ValueTextEquals("Regex"u8))
            {
                ReadExpected(ref reader, "the rule that cuts words", WordScanner.Pattern);
                pattern = true;
            }
            else if (reader.ValueTextEquals("add_prefix_space"u8) || reader.ValueTextEquals("use_regex"u8) || reader.ValueTextEquals("invert"u8))
                ReadFalse(ref reader);
            else if (reader.ValueTextEquals("type"u8) && reader.Read())
                byteLevel |= reader.ValueTextEquals("ByteLevel"u8);
        }
        if (!pattern || !byteLevel)
            throw new FormatException("the pre-tokenizer is not a Split followed by ByteLevel");
    }

    private static bool NextProperty(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static void Open(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (!reader.Read() || reader.TokenType != type)
            throw new FormatException($"{what} is {Show(ref reader)}, not {(type == JsonTokenType.StartObject ? "an object" : "a list")}");
    }

    private static void ReadExpected(ref Utf8JsonReader reader, string what, string expected)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.String || !reader.ValueTextEquals(expected))
            throw new FormatException($"{what} is {Show(ref reader)}, but this program knows only \"{expected}\"");
    }

    private static void ReadNull(ref Utf8JsonReader reader)
    {
        string name = reader.GetString()!;
        if (!reader.Read() || reader.TokenType != JsonTokenType.Null && !(reader.TokenType == JsonTokenType.String && reader.ValueSpan.IsEmpty))
            throw new FormatException($"\"{name}\" is {Show(ref reader)}, but this program knows only null");
    }

    private static void ReadFalse(ref Utf8JsonReader reader)
    {
        string name = reader.GetString()!;
        if (!reader.Read() || reader.TokenType != JsonTokenType.False)
            throw new FormatException($"\"{name}\" is {Show(ref reader)}, but this program knows only false");
    }

    /// <summary>The value the reader stands at, for a message.</summary>
    private static string Show(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.None => "missing",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.EndObject or JsonTokenType.EndArray => "missing",
        JsonTokenType.String => $"\"{Shorten(reader.GetString()!)}\"",
        _ => Encoding.UTF8.GetString(reader.ValueSpan),
    };

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
