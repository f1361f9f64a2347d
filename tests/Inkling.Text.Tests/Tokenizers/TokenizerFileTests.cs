using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace Inkling.Text.Tests;

public sealed class TokenizerFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-tokenizer").FullName;
    private readonly Tokenizer _tokenizer = Texts.Train();

    private string File(string name = "tokenizer.json") => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_saved_tokenizer_loads_as_it_was()
    {
        _tokenizer.Save(File());
        Tokenizer loaded = Tokenizer.Load(File());
        Assert.Equal(_tokenizer.VocabularySize, loaded.VocabularySize);
        Assert.Equal(_tokenizer.SpecialTokens, loaded.SpecialTokens);
        for (int id = 0; id < loaded.VocabularySize; id++)
            Assert.True(_tokenizer.Bytes(id).SequenceEqual(loaded.Bytes(id)));
        Texts.Any.Sample(text => _tokenizer.Encode(text).SequenceEqual(loaded.Encode(text)), iter: 2_000);
        loaded.Save(File("again.json"));
        Assert.Equal(System.IO.File.ReadAllBytes(File()), System.IO.File.ReadAllBytes(File("again.json")));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void Merges_may_be_lists_and_parts_may_come_in_any_order()
    {
        _tokenizer.Save(File());
        JsonObject json = JsonNode.Parse(System.IO.File.ReadAllText(File()))!.AsObject();
        JsonObject model = json["model"]!.AsObject();
        var merges = new JsonArray([.. model["merges"]!.AsArray().Select(merge =>
            new JsonArray([.. merge!.GetValue<string>().Split(' ').Select(part => JsonValue.Create(part))]))]);
        JsonNode vocabulary = model["vocab"]!.DeepClone();
        model.Remove("merges");
        model.Remove("vocab");
        model["merges"] = merges;
        model["vocab"] = vocabulary;
        JsonNode added = json["added_tokens"]!.DeepClone();
        json.Remove("added_tokens");
        json["added_tokens"] = added;
        System.IO.File.WriteAllText(File(), json.ToJsonString());
        Tokenizer loaded = Tokenizer.Load(File());
        foreach (string mail in Texts.Mail)
            Assert.Equal(_tokenizer.Encode(mail), loaded.Encode(mail));
    }

    [Fact]
    public void A_damaged_file_gives_one_clear_error_wherever_the_damage_is()
    {
        _tokenizer.Save(File());
        byte[] bytes = System.IO.File.ReadAllBytes(File());
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Bool).Sample((at, value, cut) =>
        {
            byte[] damaged = cut ? bytes[..at] : [.. bytes];
            if (!cut)
                damaged[at] = value;
            string path = File($"{Guid.NewGuid():N}.json");
            System.IO.File.WriteAllBytes(path, damaged);
            try
            {
                Tokenizer.Load(path);   // some bytes do not matter
            }
            catch (InvalidDataException e)
            {
                Assert.StartsWith($"Tokenizer.Load: {path}", e.Message, StringComparison.Ordinal);
            }
            finally
            {
                System.IO.File.Delete(path);
            }
        }, iter: 1_500, threads: 1);
    }

    [Theory]
    [InlineData("\"type\": \"BPE\"", "\"type\": \"Unigram\"", "Unigram")]
    [InlineData("\"normalizer\": null", "\"normalizer\": {\"type\": \"NFC\"}", "normalizer")]
    [InlineData("\"Regex\": \" ?", "\"Regex\": \"  ?", "rule that cuts words")]
    [InlineData("\"lstrip\": false", "\"lstrip\": true", "lstrip")]
    [InlineData("\"use_regex\": false", "\"use_regex\": true", "use_regex")]
    [InlineData("\"ignore_merges\": false", "\"ignore_merges\": true", "ignore_merges")]
    [InlineData("\"<pad>\": 0", "\"<pad>\": 99999", "99999")]
    [InlineData("\"a\": ", "\"aa\": ", "0x61")]
    [InlineData("\"model\"", "\"modell\"", "\"model\" is missing")]
    public void A_file_that_others_would_read_differently_is_refused(string what, string with, string named)
    {
        _tokenizer.Save(File());
        string json = System.IO.File.ReadAllText(File());
        int at = json.IndexOf(what, StringComparison.Ordinal);
        Assert.True(at >= 0);
        System.IO.File.WriteAllText(File(), json[..at] + with + json[(at + what.Length)..]);
        var error = Assert.Throws<InvalidDataException>(() => Tokenizer.Load(File()));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains(File(), error.Message, StringComparison.Ordinal);
        Assert.Contains("Restore the file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_off_or_empty_is_not_well_formed()
    {
        _tokenizer.Save(File());
        string json = System.IO.File.ReadAllText(File());
        System.IO.File.WriteAllText(File(), json[..(json.Length / 2)]);
        Assert.Contains("line ", Assert.Throws<InvalidDataException>(() => Tokenizer.Load(File())).Message, StringComparison.Ordinal);
        System.IO.File.WriteAllText(File(), "");
        Assert.Throws<InvalidDataException>(() => Tokenizer.Load(File()));
        Assert.Throws<FileNotFoundException>(() => Tokenizer.Load(File("none.json")));
    }

    [Fact]
    public void A_save_that_fails_leaves_nothing_behind()
    {
        Directory.CreateDirectory(File());
        Assert.ThrowsAny<Exception>(() => _tokenizer.Save(File()));
        Assert.Empty(Directory.GetFiles(_folder));
    }
}
