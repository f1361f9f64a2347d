using Inkling.Nn;

namespace Inkling.Language.Tests.Models;

/// <summary>A small made-up language: counting up or down from a number that the head tells.</summary>
internal static class Rhyme
{
    public const int Vocabulary = 40;

    private const int Start = 0, End = 1, Body = 2, Up = 3, Down = 4, First = 8;

    public static TokenCorpus Corpus(int sequences, int seed)
    {
        Random random = new(seed);
        TokenCorpusBuilder builder = new();
        for (int i = 0; i < sequences; i++)
        {
            bool up = random.Next(2) == 0;
            int at = random.Next(First, Vocabulary), length = random.Next(3, 12);
            List<int> tokens = [Start, up ? Up : Down, Body];
            for (int t = 0; t < length; t++)
            {
                tokens.Add(at);
                at = First + ((at - First + (up ? 1 : Vocabulary - First - 1)) % (Vocabulary - First));
            }

            tokens.Add(End);
            builder.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tokens), 3, length);
        }

        return builder.Build();
    }

    public static LstmLanguageModel Model(ulong seed = 1, double dropout = 0, int layers = 1) => new LstmLanguageModel(
        new LstmLanguageModelConfig { VocabularySize = Vocabulary, EmbeddingWidth = 16, HiddenWidth = 32, Layers = layers, Dropout = dropout }).Build(seed);
}
