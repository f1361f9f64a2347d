using Inkling.Nn;
using Inkling.Numerics;
using Inkling.Text;
using Inkling.Training;

namespace Inkling.Language.Tests.Texts;

/// <summary>A short text of characters in which the letter after an "a" depends on the one before it, and small models of every kind.</summary>
internal static class Ditty
{
    public static readonly CharacterVocabulary Characters = CharacterVocabulary.Of("abcdefgh");

    public static readonly int[] Tokens = Characters.Encode(string.Concat(Enumerable.Repeat("abacadaeafagah", 5)) + "ab");

    public static TheoryData<string> Kinds => ["Lstm", "Gru", "Rnn", "Gpt", "tied"];

    public static LanguageModel Model(string kind, double dropout = 0, int layers = 1, ulong seed = 1) => kind switch
    {
        "Gpt" => new GptLanguageModel(new() { VocabularySize = Characters.Count, Context = 12, Width = 32, Layers = layers, Heads = 2, Dropout = dropout }).Build(seed),
        "tied" => new RecurrentLanguageModel(new() { VocabularySize = Characters.Count, EmbeddingWidth = 12, HiddenWidth = 24, Layers = layers, Dropout = dropout, TiedOutput = true }).Build(seed),
        _ => new RecurrentLanguageModel(new() { VocabularySize = Characters.Count, EmbeddingWidth = 8, HiddenWidth = 24, Layers = layers, Cell = Enum.Parse<RecurrentCellKind>(kind), Dropout = dropout }).Build(seed),
    };

    /// <summary>A simpler one for the GPT, which takes longer to learn to look back.</summary>
    public static readonly int[] Scale = Characters.Encode(string.Concat(Enumerable.Repeat("abcdefgh", 9)));

    /// <summary>Learns a text by heart.</summary>
    public static FitResult Learn(LanguageModel model, int[] text) =>
        model.Fit(Batches(model, text), new Adam(model.Parameters) { LearningRate = model.Context == int.MaxValue ? 0.02f : 0.01f, Team = Team.Single }, new FitOptions { Epochs = 120, ClipNorm = 1, Team = Team.Single });

    /// <summary>Lanes for recurrent models, windows for the others.</summary>
    public static TextBatches Batches(LanguageModel model, int[]? text = null)
        => model.StateWidths.Count > 0 ? new TextLanes(text ?? Tokens, lanes: 3, steps: 7) : new TextWindows(text ?? Tokens, windows: 2, steps: 12, seed: 5);
}
