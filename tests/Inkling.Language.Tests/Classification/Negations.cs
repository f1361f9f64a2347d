using Inkling.Nn;
using Inkling.Numerics;
using Inkling.Text;
using Inkling.Training;
using Inkling.Training.Data;

namespace Inkling.Language.Tests.Classification;

/// <summary>A toy task: one word of praise or blame among others, which "not" somewhere before it turns round.</summary>
internal static class Negations
{
    public static readonly Vocabulary Words = new(["<pad>", "<unk>", "good", "bad", "not", "it", "is", "really", "a", "thing", "here", "."], "<unk>");

    public static DataSet Data(int count, int seed)
    {
        Random random = new(seed);
        List<int[]> sentences = [];
        int[] classes = new int[count];
        for (int i = 0; i < count; i++)
        {
            int[] words = new int[random.Next(3, 9)];
            for (int t = 0; t < words.Length; t++) words[t] = random.Next(5, 12);
            int opinion = random.Next(1, words.Length), not = random.Next(opinion);
            bool good = random.Next(2) == 0, turned = random.Next(2) == 0;
            words[opinion] = good ? 2 : 3;
            if (turned) words[not] = 4;
            classes[i] = good != turned ? 1 : 0;
            sentences.Add(words);
        }

        return new ArrayDataSet(DataColumn.Sequences("tokens", sentences), DataColumn.Integers("class", classes, classes: 2));
    }

    public static DataLoader Loader(int count, int seed) => new(Data(count, seed), new LoaderOptions { BatchSize = 20, Shuffle = true, Seed = 1, BucketBy = "tokens", TimeFirst = true });

    public static SequenceClassifier Model(SequencePooling pooling = SequencePooling.Max | SequencePooling.Mean, bool bidirectional = true, double dropout = 0) => new SequenceClassifier(new SequenceClassifierConfig
    {
        VocabularySize = Words.Count,
        EmbeddingWidth = 12,
        HiddenWidth = 16,
        Pooling = pooling,
        Bidirectional = bidirectional,
        Dropout = dropout,
        WordDropout = dropout / 2,
    }).Build(seed: 3);

    public static SequenceClassifier Train(SequenceClassifier model, double epochs, Team? team = null)
    {
        model.Fit(Forward(model), Loader(800, 1), BatchLosses.CrossEntropy, new Adam(model.Parameters) { LearningRate = 0.01f, Team = team ?? Team.Single }, new FitOptions { Epochs = epochs, Team = team ?? Team.Single });
        return model;
    }

    public static Func<BatchTensors, Tensor> Forward(SequenceClassifier model) => batch => model.Forward(batch.Integers("tokens"), batch.Lengths("tokens"));
}
