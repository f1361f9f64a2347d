using System.Text.Json.Nodes;
using Inkling.Nn.Checkpoints;
using Inkling.Numerics;

namespace Inkling.Language.Tests.Classification;

public sealed class TextClassifierTests : IDisposable
{
    private static readonly SequenceClassifier s_trained = Negations.Train(Negations.Model(), epochs: 12);
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-classifier-").FullName;

    private string Model => Path.Combine(_folder, "model");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("It is good", "yes")]
    [InlineData("It is not good.", "no")]
    [InlineData("It is NOT really a bad thing!!", "yes")]
    [InlineData("bad thing here?", "no")]
    public void Text_becomes_words_and_words_a_class(string text, string label)
    {
        using TextClassifier classifier = Classifier();
        TextClassification found = classifier.Classify(text);
        Assert.Equal(label, found.Label);
        Assert.InRange(found.Confidence, 0.8, 1);
        Assert.Equal(1, found.Probabilities.Sum(), 1e-9);
        Assert.Equal(found.Words, found.KnownWords);
    }

    [Fact]
    public void Marks_at_the_end_and_capitals_change_nothing()
    {
        using TextClassifier classifier = Classifier();
        double plain = classifier.Classify("it is not bad").Confidence;
        foreach (string same in (string[])["It is not bad.", "IT IS NOT BAD!!!", "it is not bad…", "  it is\nnot bad ?! "]) Assert.Equal(plain, classifier.Classify(same).Confidence);
    }

    [Fact]
    public void The_word_that_turns_a_sentence_round_is_named_as_it_was_written()
    {
        using TextClassifier classifier = Classifier();
        WordInfluence first = classifier.Explain("it is NOT really a bad thing.")[0];
        Assert.Contains(first.Word, (string[])["NOT", "bad"]);
        Assert.Contains(classifier.Explain("it is NOT really a bad thing."), influence => influence.Word == "NOT" && influence.Without.Label == "no" && influence.Change > 2);
        Assert.Empty(classifier.Explain("good"));
    }

    [Fact]
    public void Long_texts_are_read_in_pieces_and_do_not_break_it()
    {
        using TextClassifier classifier = Classifier();
        string text = string.Concat(Enumerable.Repeat("it is good here. ", 20_000));
        TextClassification found = classifier.Classify(text);
        Assert.Equal(("yes", 99_999), (found.Label, found.Words));
        Assert.Equal(classifier.Classify("it is good here. it is good here.").Confidence, found.Confidence, 0.05);
        Assert.InRange(classifier.Explain(text).Count, 0, 3);
    }

    [Fact]
    public void Unknown_words_are_counted_and_a_text_without_words_is_told()
    {
        using TextClassifier classifier = Classifier();
        Assert.Equal(0, classifier.Classify("прекрасно 🎉").KnownWords);
        Assert.Equal(1, classifier.Classify("sehr good").KnownWords);
        foreach (string text in (string[])["", " \n\t", "\0\0", "...", "\"()\""]) Assert.Contains("no words", Assert.Throws<ArgumentException>(() => classifier.Classify(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0.02)]
    public void A_folder_gives_the_same_answers(bool quantized, double tolerance)
    {
        using TextClassifier before = Classifier();
        before.Save(Model, quantized, new JsonObject { ["seed"] = 3 });
        using TextClassifier after = TextClassifier.Load(Model, Team.Single);
        Assert.Equal(before.Labels, after.Labels);
        Assert.Equal(before.Options, after.Options);
        Assert.Equal(before.Model.Config with { Dropout = 0.5, WordDropout = 0 }, after.Model.Config);
        foreach (string text in (string[])["it is good", "not a good thing", "here it is really not bad"])
            Assert.Equal(before.Classify(text).Confidence, after.Classify(text).Confidence, tolerance);
        Assert.Equal(["config.json", "weights.safetensors", "words.txt"], Directory.GetFiles(Model).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    public static TheoryData<string, string, string> Damages => new()
    {
        { "config.json", "", "no model folder" },
        { "config.json", "{", "config.json" },
        { "config.json", "[]", "format" },
        { "config.json", "{\"format\": \"inkling-mail\"}", "format" },
        { "config.json", "\"version\": 1|\"version\": 2", "version 1" },
        { "config.json", "\"hiddenWidth\": 16|\"hiddenWidth\": \"16\"", "hiddenWidth" },
        { "config.json", "\"hiddenWidth\": 16|\"hiddenWidth\": 17", "weights.safetensors" },
        { "config.json", "\"vocabularySize\": 12|\"vocabularySize\": 13", "weights.safetensors" },
        { "config.json", "\"layers\": 1|\"layers\": 1000000", "Layers" },
        { "config.json", "\"pooling\": [|\"pooling\": [\"least\",", "least" },
        { "config.json", "\"int8\"|\"int3\"", "int3" },
        { "config.json", "\"temperature\": 1.5|\"temperature\": 0", "temperature" },
        { "config.json", "\"no\",|\"yes\",", "labels" },
        { "words.txt", "", "words.txt" },
        { "words.txt", "really\n|", "words.txt" },
        { "words.txt", "really|good", "twice" },
        { "words.txt", "<unk>|unknown", "words.txt" },
        { "words.txt", "<pad>\n|<PAD>\n", "<pad>" },
        { "weights.safetensors", "", "weights.safetensors" },
        { "weights.safetensors", "scores.bias|scores.bios", "weights.safetensors" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_folder_is_refused_and_the_file_named(string file, string change, string named)
    {
        using (TextClassifier whole = Classifier()) whole.Save(Model);
        string path = Path.Combine(Model, file);
        if (change.Length == 0) File.Delete(path);
        else if (change.Split('|') is [var old, var other]) Replace(path, old, other);
        else File.WriteAllText(path, change);
        string message = Assert.Throws<InvalidDataException>(() => TextClassifier.Load(Model)).Message;
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Cut_short_anywhere_it_is_refused()
    {
        using (TextClassifier whole = Classifier()) whole.Save(Model);
        foreach (string file in (string[])["config.json", "words.txt", "weights.safetensors"])
        {
            string path = Path.Combine(Model, file);
            byte[] bytes = File.ReadAllBytes(path);
            foreach (double share in (double[])[0, 0.1, 0.5, 0.9])
            {
                File.WriteAllBytes(path, bytes[..(int)(share * bytes.Length)]);
                Assert.Throws<InvalidDataException>(() => TextClassifier.Load(Model));
            }

            File.WriteAllBytes(path, bytes);
        }
    }

    [Fact]
    public void Parts_that_do_not_fit_are_told()
    {
        Assert.Contains("labels", Assert.Throws<ArgumentException>(() => new TextClassifier(s_trained, Negations.Words, ["yes"])).Message, StringComparison.Ordinal);
        Assert.Contains("7 words", Assert.Throws<ArgumentException>(() => new TextClassifier(s_trained, new(["<pad>", "<unk>", "a", "b", "c", "d", "e"], "<unk>"), ["no", "yes"])).Message, StringComparison.Ordinal);
        string taken = Path.Combine(_folder, "taken");
        File.WriteAllText(taken, "");
        using TextClassifier classifier = Classifier();
        Assert.Throws<CheckpointException>(() => classifier.Save(taken));
    }

    private static TextClassifier Classifier() => new(s_trained, Negations.Words, ["no", "yes"], new TextClassifierOptions { Temperature = 1.5, PieceWords = 12 }, Team.Single);

    private static void Replace(string path, string old, string other)
    {
        string text = File.ReadAllText(path, System.Text.Encoding.Latin1);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(old, other, StringComparison.Ordinal), System.Text.Encoding.Latin1);
    }
}
