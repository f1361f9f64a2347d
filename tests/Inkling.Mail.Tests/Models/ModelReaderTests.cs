using System.Runtime.CompilerServices;
using Inkling.Language;

namespace Inkling.Mail.Tests.Models;

/// <summary>The shipped model, looked at while it reads.</summary>
public sealed class ModelReaderTests
{
    private static readonly string s_shipped = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../models/default"));

    [Fact]
    public void Units_and_expectations_are_those_of_the_decoder_token_by_token()
    {
        ModelReader reader = ModelReader.Load(s_shipped);
        LanguageModelTrace trace = reader.Read("Thank you very much for your", mostTokens: 200);
        Assert.Equal((reader.Layers, reader.Width), (trace.Cells.States, trace.Cells.Width));
        Assert.Equal("⟦s⟧⟦body⟧Thank you very much for your", string.Concat(trace.Tokens.Select(reader.Text)));

        LstmDecoder decoder = new(LstmWeights.Load(Path.Combine(s_shipped, "weights.safetensors")));
        PredictorState state = decoder.NewState();
        float[] expected = new float[decoder.VocabularySize];
        for (int t = 0; t < trace.Tokens.Count; t++)
        {
            decoder.Step(state, trace.Tokens[t]);
            decoder.Predict(state, expected);
            Assert.Equal(expected, trace.NextProbabilities(t));
        }

        Assert.Equal(" help", reader.Text(Array.IndexOf(expected, expected.Max())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\u0001\uD800 \uFFFF ⟦s⟧ 🙂 中文")]
    public void Any_text_can_be_read(string text) => Assert.True(ModelReader.Load(s_shipped).Read(text, mostTokens: 50).Cells.Steps >= 2);

    [Fact]
    public void A_long_text_is_cut()
    {
        ModelReader reader = ModelReader.Load(s_shipped);
        Assert.Equal(64, reader.Read(string.Concat(Enumerable.Repeat("word after word ", 50_000)), mostTokens: 64).Tokens.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Read("x", mostTokens: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Text(-1));
    }

    [Fact]
    public void A_folder_without_a_model_is_refused() => Assert.Throws<InvalidDataException>(() => ModelReader.Load(Path.Combine(s_shipped, "nothing")));

    private static string Here([CallerFilePath] string file = "") => file;
}
