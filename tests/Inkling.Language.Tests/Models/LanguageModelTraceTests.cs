using Inkling.Nn;

namespace Inkling.Language.Tests.Models;

/// <summary>A trace shows what the model did, and what it expects.</summary>
public sealed class LanguageModelTraceTests
{
    private static readonly int[] s_tokens = [3, 1, 4, 1, 5, 9, 2, 6];

    [Theory]
    [InlineData(RecurrentCellKind.Lstm, 1, false)]
    [InlineData(RecurrentCellKind.Lstm, 2, true)]
    [InlineData(RecurrentCellKind.Gru, 2, false)]
    [InlineData(RecurrentCellKind.Rnn, 1, true)]
    public void What_is_expected_next_is_what_the_sampler_says(RecurrentCellKind cell, int layers, bool tied)
    {
        RecurrentLanguageModel model = new RecurrentLanguageModel(new() { VocabularySize = 11, EmbeddingWidth = 6, HiddenWidth = 8, Layers = layers, Cell = cell, TiedOutput = tied }).Build(seed: 5);
        LanguageModelTrace trace = model.Trace(s_tokens);
        Assert.Equal(s_tokens, trace.Tokens);
        Assert.Equal((s_tokens.Length, layers, 8), (trace.Cells.Steps, trace.Cells.States, trace.Cells.Width));

        using TextSampler sampler = new(model);
        for (int t = 0; t < s_tokens.Length; t++)
        {
            sampler.Read([s_tokens[t]]);
            float[] next = trace.NextProbabilities(t);
            Assert.Equal(1, next.Sum(), 1e-5f);
            for (int i = 0; i < next.Length; i++) Assert.Equal(sampler.Probabilities[i], next[i], 1e-5);
        }
    }

    [Fact]
    public void Tokens_that_are_not_there_are_refused()
    {
        RecurrentLanguageModel model = new RecurrentLanguageModel(new() { VocabularySize = 5, HiddenWidth = 4 }).Build(seed: 1);
        Assert.Contains("the token 5 is none of the model's 5", Assert.Throws<ArgumentException>(() => model.Trace([1, 5])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Trace([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Trace([1]).NextProbabilities(1));
    }
}
