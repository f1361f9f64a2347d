using System.Xml.Linq;
using Inkling.Nn.Checkpoints;
using Inkling.Numerics;
using Inkling.Text;

namespace Inkling.Language.Tests.Translation;

public sealed class TranslatorTests : IDisposable
{
    private static readonly string[] German = ["ein Hund läuft", "eine Katze schläft", "zwei Hunde"], English = ["a dog runs", "a cat sleeps", "two dogs"];

    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-translator-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void What_was_saved_translates_alike(bool piecesIn, bool piecesOut)
    {
        using Translator translator = Translator.Create(Symbols(German, piecesIn), Symbols(English, piecesOut), seed: 4, Small(layers: 2), Team.Single);
        translator.Save(_folder);
        using Translator loaded = Translator.Load(_folder, Team.Single);
        Assert.Equal(translator.Model.Parameters.Values.ToArray(), loaded.Model.Parameters.Values.ToArray());
        Assert.Equal(translator.Translate(German, new DecodingOptions { LongestTarget = 8 }), loaded.Translate(German, new DecodingOptions { LongestTarget = 8 }));
        Assert.Equal("Hunde", loaded.Source.Decode(loaded.Source.Encode("Hunde")));
        Assert.Equal("two dogs", loaded.Target.Decode([0, .. loaded.Target.Encode("two dogs"), 1]));
        Assert.Equal(3, translator.Pairs(German, English).Count);
    }

    [Fact]
    public void A_folder_that_is_no_translator_is_one_clear_error()
    {
        using Translator translator = Translator.Create(Symbols(German, false), Symbols(English, false), seed: 4, Small());
        translator.Save(_folder);
        Symbols(German, false).Save(_folder, "target");
        Assert.Contains("output.bias", Assert.Throws<CheckpointException>(() => Translator.Load(_folder)).Message, StringComparison.Ordinal);
        ModelCheckpoint.Save(Path.Combine(_folder, "model.safetensors"), translator.Model.Parameters);
        Assert.Contains("no embedding_width", Assert.Throws<CheckpointException>(() => Translator.Load(_folder)).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "target.characters.txt"), "a\nb\nc\n");
        Assert.Contains("must begin with <s>", Assert.Throws<InvalidDataException>(() => Translator.Load(_folder)).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(_folder, "target.characters.txt"));
        Assert.Contains("target.characters.txt", Assert.Throws<FileNotFoundException>(() => Translator.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_cannot_be_translated_is_named()
    {
        CharacterSymbols symbols = (CharacterSymbols)Symbols(German, false);
        using Translator translator = Translator.Create(symbols, symbols, seed: 4, Small());
        Assert.Contains("'😀' (U+1F600) at place 4 of “ein 😀 Hund” is none of the", Assert.Throws<ArgumentException>(() => translator.Translate("ein 😀 Hund")).Message, StringComparison.Ordinal);
        Assert.Contains("source 1 is empty", Assert.Throws<ArgumentException>(() => translator.Translate(["ein", ""])).Message, StringComparison.Ordinal);
        Assert.Contains("at most 2", Assert.Throws<ArgumentException>(() => translator.Translate("ein", new DecodingOptions { LongestSource = 2 })).Message, StringComparison.Ordinal);
        Assert.Contains("source of pair 0 is empty", Assert.Throws<ArgumentException>(() => translator.Pairs([""], ["ein"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Symbols_that_do_not_belong_to_the_model_are_refused()
    {
        TextSymbols german = Symbols(German, false), english = Symbols(English, false);
        using Translator translator = Translator.Create(german, english, seed: 4, Small());
        Assert.Contains($"{german.Count} → {english.Count}", Assert.Throws<ArgumentException>(() => new Translator(translator.Model, english, german)).Message, StringComparison.Ordinal);
        Assert.Contains("ids 0 and 1", Assert.Throws<ArgumentException>(() => new PieceSymbols(BpeTrainer.Train(German, new BpeTrainerOptions { VocabularySize = 300 }))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CharacterSymbols.Of([""]));
    }

    [Fact]
    public void Attention_is_drawn_with_both_texts()
    {
        using Translator translator = Translator.Create(Symbols(German, true), Symbols(English, false), seed: 4, Small(), Team.Single);
        XElement svg = XDocument.Parse(translator.DrawAttention("zwei Hunde", "two")).Root!;
        string[] labels = [.. svg.Elements().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Equal(["t", "w", "o", "‹end›"], labels[^4..]);
        Assert.Contains("‹end›", labels[..^4]);
        Assert.NotEmpty(translator.DrawAttention("zwei Hunde"));
    }

    private static TextSymbols Symbols(string[] texts, bool pieces) => pieces ? PieceSymbols.Train(texts, 270) : CharacterSymbols.Of(texts);

    private static EncoderDecoderConfig Small(int layers = 1) => new() { EmbeddingWidth = 8, HiddenWidth = 12, AttentionWidth = 8, Layers = layers };
}
