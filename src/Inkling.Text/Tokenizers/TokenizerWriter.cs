using System.Text.Encodings.Web;
using System.Text.Json;

namespace Inkling.Text;

/// <summary>Writes <c>tokenizer.json</c>.</summary>
internal static class TokenizerWriter
{
    public static void Write(string path, PieceTable pieces, MergeTable merges, SpecialTokens specials)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = File.Create(temporary))
            {
                // Relaxed escaping keeps the byte alphabet readable; the file is never put into a page.
                var options = new JsonWriterOptions { Indented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
                using var json = new Utf8JsonWriter(stream, options);
                WriteDocument(json, pieces, merges, specials);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void WriteDocument(Utf8JsonWriter json, PieceTable pieces, MergeTable merges, SpecialTokens specials)
    {
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        WriteSpecials(json, specials);
        json.WriteNull("normalizer");
        WritePreTokenizer(json);
        json.WriteNull("post_processor");
        json.WriteStartObject("decoder");
        WriteByteLevel(json);
        json.WriteEndObject();
        WriteModel(json, pieces, merges, specials);
        json.WriteEndObject();
    }

    private static void WriteSpecials(Utf8JsonWriter json, SpecialTokens specials)
    {
        json.WriteStartArray("added_tokens");
        foreach (SpecialToken token in specials.InOrder)
        {
            json.WriteStartObject();
            json.WriteNumber("id", token.Id);
            json.WriteString("content", token.Content);
            json.WriteBoolean("single_word", false);
            json.WriteBoolean("lstrip", false);
            json.WriteBoolean("rstrip", false);
            json.WriteBoolean("normalized", false);
            json.WriteBoolean("special", true);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WritePreTokenizer(Utf8JsonWriter json)
    {
        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "Sequence");
        json.WriteStartArray("pretokenizers");
        json.WriteStartObject();
        json.WriteString("type", "Split");
        json.WriteStartObject("pattern");
        json.WriteString("Regex", WordScanner.Pattern);
        json.WriteEndObject();
        json.WriteString("behavior", "Isolated");
        json.WriteBoolean("invert", false);
        json.WriteEndObject();
        json.WriteStartObject();
        WriteByteLevel(json);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteByteLevel(Utf8JsonWriter json)
    {
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", false);
        json.WriteBoolean("trim_offsets", false);
        json.WriteBoolean("use_regex", false);
    }

    private static void WriteModel(Utf8JsonWriter json, PieceTable pieces, MergeTable merges, SpecialTokens specials)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WriteNull("dropout");
        json.WriteNull("unk_token");
        json.WriteNull("continuing_subword_prefix");
        json.WriteNull("end_of_word_suffix");
        json.WriteBoolean("fuse_unk", false);
        json.WriteBoolean("byte_fallback", false);
        json.WriteBoolean("ignore_merges", false);
        json.WriteStartObject("vocab");
        for (int id = 0; id < pieces.Count; id++)
            json.WriteNumber(specials.Content(id) ?? ByteAlphabet.Spell(pieces[id]), id);
        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach (Merge merge in merges.Merges)
            json.WriteStringValue($"{ByteAlphabet.Spell(pieces[merge.Left])} {ByteAlphabet.Spell(pieces[merge.Right])}");
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
