using System.Text.Json;

namespace Inkling.Mail.Tests.Models;

public sealed class ModelConfigTests : IDisposable
{
    private const string Sizes = """ "architecture": { "vocabularySize": 400, "embeddingWidth": 16, "hiddenWidth": 32, "layers": 1 } """;

    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-config-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_written_is_read_back()
    {
        ModelConfig config = new()
        {
            Architecture = new ModelArchitecture { VocabularySize = 400, EmbeddingWidth = 16, HiddenWidth = 32, Layers = 2, Dropout = 0.25 },
            Completion = new CompletionSettings { Threshold = 0.4, Calibration = new ConfidenceCalibration { Weights = [1, 2, 3, 4, 5], Bias = -0.5 } },
        };
        config.Save(_folder);
        ModelConfig read = ModelConfig.Load(_folder);
        Assert.Equal(config.Architecture, read.Architecture);
        Assert.Equal((0.4, -0.5), (read.Completion.Threshold, read.Completion.Calibration.Bias));
        Assert.Equal(config.Completion.Calibration.Weights, read.Completion.Calibration.Weights);
    }

    [Theory]
    [InlineData("")]
    [InlineData(""", "completion": null""")]
    [InlineData(""", "completion": { "threshold": 0.5 }""")]
    public void What_is_left_out_has_its_default(string completion)
    {
        ModelConfig read = Read($$"""{ "format": "inkling-mail", "version": 1, {{Sizes}} {{completion}} }""");
        CompletionSettings defaults = new();
        Assert.Equal(completion.Contains("0.5", StringComparison.Ordinal) ? 0.5 : defaults.Threshold, read.Completion.Threshold);
        Assert.Equal(JsonSerializer.Serialize(defaults with { Threshold = 0 }), JsonSerializer.Serialize(read.Completion with { Threshold = 0 }));
        Assert.Equal("int8", read.Weights);
    }

    [Theory]
    [InlineData("[]", "format")]
    [InlineData("null", "format")]
    [InlineData("", "cannot be read")]
    [InlineData("""{ "format": "inkling-mail" }""", "version unknown")]
    [InlineData("""{ "format": "inkling-mail", "version": "1" }""", "version \"1\"")]
    [InlineData("""{ "format": "inkling-mail", "version": 2 }""", "version 2")]
    [InlineData("""{ "format": "inkling-mail", "version": 1 }""", "architecture")]
    [InlineData("""{ "format": "inkling-mail", "version": 1, SIZES, "completion": { "calibration": null } }""", "calibration")]
    [InlineData("""{ "format": "inkling-mail", "version": 1, SIZES, "completion": { "threshold": 7 } }""", "completion")]
    [InlineData("""{ "format": "inkling-mail", "version": 1, "version": 1, SIZES }""", "cannot be read")]
    public void What_makes_no_sense_is_one_clear_error(string text, string named)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Read(text.Replace("SIZES", Sizes, StringComparison.Ordinal)));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains(ModelConfig.FileName, error.Message, StringComparison.Ordinal);
    }

    private ModelConfig Read(string text)
    {
        File.WriteAllText(Path.Combine(_folder, ModelConfig.FileName), text);
        return ModelConfig.Load(_folder);
    }
}
