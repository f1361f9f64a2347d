using Inkling.Language;
using Inkling.Nn;

namespace Inkling.Mail.Tests.Completion;

public sealed class ModelFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-model-").FullName;

    public ModelFolderTests()
    {
        PhraseBook.Tokenizer.Save(Path.Combine(_folder, ModelFolder.Tokenizer));
        var model = new LstmLanguageModel(
            new LstmLanguageModelConfig { VocabularySize = PhraseBook.Tokenizer.VocabularySize, EmbeddingWidth = 16, HiddenWidth = 24 }).Build(seed: 3);
        QuantizedWeights.Save(Path.Combine(_folder, ModelFolder.Weights), model.Parameters);
        new ModelConfig
        {
            Architecture = new ModelArchitecture { VocabularySize = PhraseBook.Tokenizer.VocabularySize, EmbeddingWidth = 16, HiddenWidth = 24, Layers = 1 },
        }.Save(_folder);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_loads_and_completes_with_and_without_ngrams()
    {
        using (var completer = Completer.Load(_folder))
        {
            Assert.False(completer.Info.HasNGrams);
            Assert.Equal(24, completer.Info.HiddenWidth);
            Assert.Equal("int8", completer.Info.WeightType);
            Assert.True(completer.Info.SizeBytes > 1000);
            _ = completer.Complete(new CompletionRequest { Text = "Thank you f" });
        }
        var before = SaveNGrams();
        using var both = Completer.Load(_folder);
        Assert.True(both.Info.HasNGrams);
        Assert.True(before > 0);
        var best = both.Complete(new CompletionRequest { Text = "Hi Nora,\n\nThank you for yo" }).Candidates[0];
        Assert.StartsWith("ur", best.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Calibrating_writes_what_was_learnt_and_keeps_the_rest()
    {
        SaveNGrams();
        var mails = Enumerable.Range(0, 12).SelectMany(_ => PhraseBook.Mails).Select(text => new CalibrationMail(text, "", "")).ToList();
        var report = CompletionCalibrator.Calibrate(_folder, mails, new CalibrationOptions { Positions = 1200, Tokens = 600 });
        Assert.InRange(report.Calibration.ExpectedCalibrationError, 0, 0.1);
        Assert.True(report.Coverage is > 0 and < 1);
        var config = ModelConfig.Load(_folder);
        Assert.Equal(report.Settings.Threshold, config.Completion.Threshold);
        Assert.Equal(report.Settings.Calibration.Weights, config.Completion.Calibration.Weights);
        Assert.All(config.Completion.ModelShares, share => Assert.InRange(share, 0.05, 0.95));
        Assert.Equal(24, config.Architecture.HiddenWidth);
        Assert.Throws<InvalidDataException>(() => CompletionCalibrator.Calibrate(_folder, [new CalibrationMail("Hello", "", "")]));
    }

    [Theory]
    [InlineData(ModelConfig.FileName, "")]
    [InlineData(ModelConfig.FileName, "[]")]
    [InlineData(ModelConfig.FileName, "{\"format\": \"inkling-mail\", \"version\": 99}")]
    [InlineData(ModelConfig.FileName, "{\"format\": \"inkling-mail\", \"version\": \"x\"}")]
    [InlineData(ModelConfig.FileName, "{\"format\": \"inkling-mail\", \"version\": 1}")]
    [InlineData(ModelFolder.Tokenizer, "{}")]
    [InlineData(ModelFolder.Tokenizer, "not json")]
    [InlineData(ModelFolder.Weights, "short")]
    [InlineData(ModelFolder.NGrams, "short")]
    public void A_damaged_file_is_named(string file, string content)
    {
        File.WriteAllText(Path.Combine(_folder, file), content);
        var error = Assert.Throws<InvalidDataException>(() => Completer.Load(_folder));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("\"threshold\": 0.27", "\"threshold\": 2")]
    [InlineData("\"certainty\": 12", "\"certainty\": -1")]
    [InlineData("\"hiddenWidth\": 24", "\"hiddenWidth\": 25")]
    [InlineData("\"vocabularySize\": 420", "\"vocabularySize\": 421")]
    public void Values_that_do_not_fit_are_refused(string here, string there)
    {
        var path = Path.Combine(_folder, ModelConfig.FileName);
        var text = File.ReadAllText(path);
        Assert.Contains(here, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(here, there, StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => Completer.Load(_folder));
    }

    [Fact]
    public void What_a_configuration_leaves_out_has_its_default()
    {
        var path = Path.Combine(_folder, ModelConfig.FileName);
        File.WriteAllText(path, $$"""
            {"format": "inkling-mail", "version": 1, "architecture": {"vocabularySize": {{PhraseBook.Tokenizer.VocabularySize}}, "embeddingWidth": 16, "hiddenWidth": 24, "layers": 1} }
            """);
        using var completer = Completer.Load(_folder);
        Assert.Equal(new CompletionSettings().Threshold, completer.Info.Threshold);
    }

    [Fact]
    public void Truncated_and_missing_files_are_named()
    {
        var weights = Path.Combine(_folder, ModelFolder.Weights);
        File.WriteAllBytes(weights, File.ReadAllBytes(weights)[..^7]);
        Assert.Contains(ModelFolder.Weights, Assert.Throws<InvalidDataException>(() => Completer.Load(_folder)).Message, StringComparison.Ordinal);
        File.Delete(weights);
        Assert.Contains(ModelFolder.Weights, Assert.Throws<InvalidDataException>(() => Completer.Load(_folder)).Message, StringComparison.Ordinal);
        Assert.Contains("nowhere", Assert.Throws<InvalidDataException>(() => Completer.Load(Path.Combine(_folder, "nowhere"))).Message, StringComparison.Ordinal);
    }

    private int SaveNGrams()
    {
        var prompt = new MailPrompt(PhraseBook.Tokenizer);
        var trainer = new NGramTrainer(new NGramTrainerOptions { VocabularySize = PhraseBook.Tokenizer.VocabularySize, TwoSources = false, MinimumCounts = [1] });
        foreach (var mail in PhraseBook.Mails)
        {
            var tokens = new List<int>();
            prompt.AppendMail("", "", TextNormalizer.Normalize(mail), tokens);
            trainer.Add([.. tokens]);
        }
        var ngrams = trainer.Train();
        ngrams.Save(Path.Combine(_folder, ModelFolder.NGrams));
        return ngrams.Count;
    }
}
