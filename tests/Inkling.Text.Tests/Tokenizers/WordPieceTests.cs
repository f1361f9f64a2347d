using System.Text;
using System.Text.Json;

namespace Inkling.Text.Tests;

/// <summary>Pieces of words as BERT has them.</summary>
public sealed class WordPieceTests
{
    private static readonly string[] s_pieces =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "hello", "world", "##s", "cafe", "!", ",", "$", "+", "中", "國", "naive", "'", "it", "s", "`", "^", "un", "##aff", "##able", "i", "ᄀ", "##ᅡ", "ä", "#"];

    private static readonly WordPieceTokenizer s_tokenizer = new(s_pieces);

    [Theory]
    [InlineData("", "")]
    [InlineData(" \t\n", "")]
    [InlineData("Hello worlds!", "hello world ##s !")]
    [InlineData("café CAFÉ naïve", "cafe cafe naive")]
    [InlineData("cafe\u0301", "cafe")]
    [InlineData("hello中國world", "hello 中 國 world")]
    [InlineData("it's $+`^", "it ' s $ + ` ^")]
    [InlineData("hello\nworld\thello\u00A0world", "hello world hello world")]
    [InlineData("hello\0wo\u200Brld", "[UNK]")]
    [InlineData("wo\u200Brld\0", "world")]
    [InlineData("hello\uD83D\uDE00world", "[UNK]")]
    [InlineData("hello\uD800", "hello")]
    [InlineData("unaffable unaffably", "un ##aff ##able [UNK]")]
    [InlineData("hello [SEP] world[MASK]", "hello [SEP] world [MASK]")]
    [InlineData("hello [sep]", "hello [UNK] [UNK] [UNK]")]
    [InlineData("\u0130", "i")]
    [InlineData("가", "ᄀ ##ᅡ")]
    [InlineData("##s", "# # s")]
    public void Words_fall_into_their_longest_pieces(string text, string pieces) => Assert.Equal(pieces, Pieces(s_tokenizer, text));

    [Fact]
    public void Rules_can_be_others()
    {
        WordPieceTokenizer cased = new(s_pieces, new WordPieceOptions { LowerCase = false, LongestWord = 6 });
        Assert.Equal("[UNK] hello [UNK] [UNK]", Pieces(cased, "Hello hello café unaffable"));
        WordPieceTokenizer accents = new(s_pieces, new WordPieceOptions { StripAccents = false, SplitChinese = false });
        Assert.Equal("ä [UNK]", Pieces(accents, "Ä 中國"));
        Assert.Equal(((int?)2, (int?)3, (int?)0), (accents.BeginId, accents.EndId, accents.PaddingId));
        Assert.Equal((s_pieces.Length, (int?)5, null), (accents.VocabularySize, accents.Id("hello"), accents.Id("bye")));
    }

    [Fact]
    public void A_word_of_a_hundred_characters_is_read_and_one_more_is_unknown()
    {
        string[] pieces = [.. s_pieces, "a", "##a"];
        WordPieceTokenizer tokenizer = new(pieces);
        Assert.Equal(100, Pieces(tokenizer, new string('a', 100)).Split(' ').Length);
        Assert.Equal("[UNK] hello", Pieces(tokenizer, new string('a', 101) + " hello"));
        Assert.Equal("[UNK] hello", Pieces(tokenizer, string.Concat(Enumerable.Repeat("𝒜", 5000)) + " hello"));
    }

    [Fact]
    public void No_more_is_read_than_asked_for()
    {
        List<int> ids = [7];
        s_tokenizer.Encode("hello world [SEP] hello unaffable", ids, 6);
        Assert.Equal([7, 5, 6, 3, 5, 21, 22], ids);
        ids.Clear();
        s_tokenizer.Encode("hello", ids, 0);
        Assert.Empty(ids);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_tokenizer.Encode("hello", ids, -1));
    }

    [Fact]
    public void Both_files_are_read()
    {
        const string Text = "Hello unaffable café, [MASK] 中";
        foreach ((string name, string content) in (ReadOnlySpan<(string, string)>)[("vocab.txt", string.Join('\n', s_pieces) + "\n"), ("vocab.txt", string.Join("\r\n", s_pieces)), ("tokenizer.json", Json())])
        {
            WordPieceTokenizer read = Load(name, content);
            Assert.Equal(Pieces(s_tokenizer, Text), Pieces(read, Text));
            Assert.Equal(((int?)2, (int?)3, (int?)0), (read.BeginId, read.EndId, read.PaddingId));
        }

        WordPieceTokenizer mpnet = Load("tokenizer.json", Json(processor: """{"type": "RobertaProcessing", "sep": ["!", 9], "cls": [",", 10]}""", normalizer: "null"));
        Assert.Equal(((int?)10, (int?)9), (mpnet.BeginId, mpnet.EndId));
        Assert.Equal("[UNK]", Pieces(mpnet, "Hello"));
    }

    [Theory]
    [InlineData("\"WordPiece\"", "\"BPE\"", "BPE")]
    [InlineData("BertPreTokenizer", "Whitespace", "Whitespace")]
    [InlineData("BertNormalizer", "Sequence", "Sequence")]
    [InlineData("\"hello\": 5", "\"hello\": -5", "'hello' is -5")]
    [InlineData("\"hello\": 5", "\"\": 5", "empty")]
    [InlineData("\"unk_token\": \"[UNK]\"", "\"unk_token\": \"[NIL]\"", "no '[NIL]'")]
    [InlineData("\"single_word\": false", "\"single_word\": true", "single word")]
    [InlineData("\"id\": \"A\"", "\"id\": \"A\"}}, {\"Sequence\": {\"id\": \"B\"", "TemplateProcessing")]
    [InlineData("\"model\"", "\"modell\"", "\"model\"")]
    [InlineData("}", "", "")]
    public void A_file_of_another_kind_or_a_damaged_one_is_refused_by_name(string from, string to, string word)
    {
        string json = Json();
        Assert.Contains(from, json, StringComparison.Ordinal);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Load("tokenizer.json", json.Replace(from, to, StringComparison.Ordinal)));
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
        Assert.Contains("tokenizer.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_is_damaged_is_refused()
    {
        Assert.Contains("'a' is there twice", Assert.Throws<InvalidDataException>(() => Load("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\na\n")).Message, StringComparison.Ordinal);
        Assert.Contains("no '[UNK]'", Assert.Throws<InvalidDataException>(() => Load("vocab.txt", "hello\nworld\n")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Load("vocab.txt", "\u00ff\u0000"));
        Assert.Throws<FileNotFoundException>(() => WordPieceTokenizer.Load(Path.Combine(Path.GetTempPath(), "no-such-vocab.txt")));
    }

    [Fact]
    public void An_independent_reader_of_the_file_gives_the_same_ids()
    {
        string path = Path.Combine(Path.GetTempPath(), $"inkling-{Guid.NewGuid():N}.json");
        File.WriteAllText(path, Json());
        try
        {
            Random random = new(5);
            string[] words = [.. s_pieces, "Hello", "CAFÉ", "naïve!", "unaffable", "中國", "\n", "\t", " ", "…", "😀", "x", "it's", "$5", "Ö", "«hello»", "\u00A0", "\u00AD", "İ", "\u200D", "日本", "[SEP"];
            List<string> texts = ["", .. Enumerable.Range(0, 2000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => words[random.Next(words.Length)] + (random.Next(2) == 0 ? " " : ""))))];
            using JsonDocument theirs = JsonDocument.Parse(HuggingFacePeer.Run("encode.mjs", [path], JsonSerializer.Serialize(texts)));
            for (int i = 0; i < texts.Count; i++)
            {
                List<int> ours = [];
                s_tokenizer.Encode(texts[i], ours);
                int[] expected = [.. theirs.RootElement[i].GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
                Assert.True(ours.SequenceEqual(expected), $"{JsonSerializer.Serialize(texts[i])}\nours:   {string.Join(' ', ours)}\ntheirs: {string.Join(' ', expected)}");
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Accents_come_off_as_Unicode_has_them()
    {
        using JsonDocument expected = JsonDocument.Parse(HuggingFacePeer.Run("accents.mjs", [], ""));
        int compared = 0;
        Span<char> room = stackalloc char[8];
        foreach (JsonProperty one in expected.RootElement.EnumerateObject())
        {
            Rune rune = new(int.Parse(one.Name, System.Globalization.CultureInfo.InvariantCulture));
            // The table is of Unicode 14; the other side may know later code points.
            bool later = one.Value.ValueEquals("") ? Rune.GetUnicodeCategory(rune) != System.Globalization.UnicodeCategory.NonSpacingMark : rune.Value >= 0x10000 && !Accents.Table.ContainsKey(rune.Value);
            if (later) continue;
            Assert.True(room[..Accents.TakeOff(rune, room)].SequenceEqual(one.Value.GetString()), $"U+{one.Name}");
            compared++;
        }

        Assert.InRange(compared, 14_000, int.MaxValue);
        Assert.Equal(2043, Accents.Table.Count);
        Assert.All(Accents.Table.Keys, codePoint => Assert.True(expected.RootElement.TryGetProperty($"{codePoint}", out _), $"U+{codePoint:X4}"));
    }

    private static string Pieces(WordPieceTokenizer tokenizer, string text)
    {
        List<int> ids = [];
        tokenizer.Encode(text, ids);
        return string.Join(' ', ids.Select(id => id < s_pieces.Length ? s_pieces[id] : "…"));
    }

    private static WordPieceTokenizer Load(string name, string content)
    {
        string folder = Directory.CreateTempSubdirectory("inkling-pieces-").FullName;
        try
        {
            string path = Path.Combine(folder, name);
            File.WriteAllText(path, content, Encoding.Latin1.GetString(Encoding.Latin1.GetBytes(content)) == content && content.Contains('\u00ff') ? Encoding.Latin1 : new UTF8Encoding(false));
            return WordPieceTokenizer.Load(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Json(string? processor = null, string? normalizer = null) => $$"""
        {
          "version": "1.0",
          "added_tokens": [{{string.Join(", ", s_pieces.Take(5).Select((piece, id) => $$"""{"id": {{id}}, "content": "{{piece}}", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}"""))}}],
          "normalizer": {{normalizer ?? """{"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true}"""}},
          "pre_tokenizer": {"type": "BertPreTokenizer"},
          "post_processor": {{processor ?? """{"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}], "pair": [], "special_tokens": {}}"""}},
          "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
          "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": { {{string.Join(", ", s_pieces.Select((piece, id) => $"{JsonSerializer.Serialize(piece)}: {id}"))}} } }
        }
        """;
}
