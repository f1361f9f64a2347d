namespace Inkling.Language.Tests.Corpora;

/// <summary>Corpora whose tokens are their own positions, so that a test can tell every one of them apart.</summary>
internal static class Numbered
{
    /// <summary>Sequences of 2 … 30 tokens; token k of the corpus is k.</summary>
    public static TokenCorpus Corpus(params int[] groups)
    {
        TokenCorpusBuilder builder = new();
        Random random = new(5);
        int next = 0;
        foreach (int count in groups)
        {
            builder.BeginGroup();
            for (int i = 0; i < count; i++)
            {
                int length = random.Next(2, 31);
                builder.Add([.. Enumerable.Range(next, length)], random.Next(1, length), length);
                next += length;
            }
        }

        return builder.Build();
    }
}
