using Inkling.Nn;
using Inkling.Numerics;
using Inkling.Training;
using Inkling.Training.Data;

namespace Inkling.Language.Tests.Translation;

/// <summary>A small language whose translation is to be read backwards.</summary>
internal static class Reversal
{
    public const int Vocabulary = 8;

    private static readonly Lazy<EncoderDecoder> s_trained = new(() =>
    {
        EncoderDecoder model = Model();
        model.Fit(model.Forward, Loader(Sources(2_000, seed: 1)), model.Loss, new Adam(model.Parameters) { LearningRate = 0.01f, Team = Team.Single }, new FitOptions { Epochs = 4, ClipNorm = 1, Team = Team.Single });
        return model;
    });

    /// <summary>Trained once for all tests; not to be changed.</summary>
    public static EncoderDecoder Trained => s_trained.Value;

    public static EncoderDecoder Model(double dropout = 0, int layers = 1, double smoothing = 0, double recurrent = 0) => new EncoderDecoder(new EncoderDecoderConfig
    {
        SourceVocabulary = Vocabulary,
        TargetVocabulary = Vocabulary,
        EmbeddingWidth = 12,
        HiddenWidth = 32,
        AttentionWidth = 16,
        Layers = layers,
        Dropout = dropout,
        RecurrentDropout = recurrent,
        LabelSmoothing = smoothing,
    }).Build(seed: 3);

    public static int[][] Sources(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, random.Next(1, 7)).Select(_ => random.Next(2, Vocabulary)).ToArray())];
    }

    public static int[] Reversed(int[] source) => [.. Enumerable.Reverse(source)];

    public static DataLoader Loader(int[][] sources, int batch = 32) =>
        new(SequencePairs.ToDataSet(sources, [.. sources.Select(Reversed)]), new LoaderOptions { BatchSize = batch, Shuffle = true, Seed = 1, BucketBy = "source", TimeFirst = true, Prefetch = 0 });
}
