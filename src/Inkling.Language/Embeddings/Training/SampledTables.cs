namespace Inkling.Language;

/// <summary>What negative sampling trains: rows of words as they are read, and rows of words as they are guessed.</summary>
/// <param name="Input">x, begins at random.</param>
/// <param name="Output">y, begins at zero.</param>
internal sealed record SampledTables(RowTable Input, RowTable Output)
{
    /// <summary>Tables for a corpus, begun as the options say.</summary>
    /// <param name="corpus">The words, one row each in both tables.</param>
    /// <param name="options">Width, seed and vectors to begin with.</param>
    /// <param name="more">Further rows of the inputs.</param>
    public static SampledTables Begin(WordCorpus corpus, WordVectorTrainingOptions options, int more = 0)
    {
        RowTable input = new(corpus.Words.Count + more, options.Width);
        input.FillAtRandom(options.Seed, stream: 1);
        if (options.Start is { } start)
        {
            for (int i = 0; i < corpus.Words.Count; i++)
            {
                if (start.TryFind(corpus.Words.WordOf(i), out ReadOnlySpan<float> vector)) vector.CopyTo(input[i]);
            }
        }

        return new SampledTables(input, new RowTable(corpus.Words.Count, options.Width));
    }
}
