using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// How often words occur together, X: each pair of words at most a window apart in a sentence counts 1 over their distance, for both orders (Pennington et al. 2014,
/// §4.2). Pairs are in blocks by the rests of their words, so that blocks of different rests share no row.
/// </summary>
internal sealed class Cooccurrences
{
    /// <summary>Rests: fixed, so that results do not depend on threads.</summary>
    public const int Parts = 8;

    private readonly PairBlock?[] _blocks = new PairBlock[Parts * Parts];

    /// <summary>Counts a corpus. Once it is stopped, blocks are missing, and only <see cref="Count"/> may be asked for.</summary>
    public Cooccurrences(WordCorpus corpus, int window, double xMax, double power, ulong seed, Team team, CancellationToken stop)
    {
        CountBody body = new(this, corpus, window, xMax, power, seed, stop);
        team.For(Parts, ref body);
    }

    /// <summary>All pairs.</summary>
    public long Count => _blocks.Sum(block => (long)(block?.Rows.Length ?? 0));

    /// <summary>The pairs whose word has one rest and whose context another.</summary>
    public PairBlock this[int row, int column] => _blocks[(row * Parts) + column]!;

    private void CountPart(WordCorpus corpus, int part, int window, double xMax, double power, ulong seed, CancellationToken stop)
    {
        PairCounts counts = new();
        ReadOnlySpan<int> tokens = corpus.Tokens;
        for (int place = 0; place < tokens.Length; place++)
        {
            if ((place & 0xFFFF) == 0 && stop.IsCancellationRequested) return;
            int word = tokens[place];
            if (word == WordCorpus.Break || word % Parts != part) continue;
            for (int i = place - 1; i >= 0 && i >= place - window && tokens[i] != WordCorpus.Break; i--) counts.Add(word, tokens[i], 1f / (place - i));
            for (int i = place + 1; i < tokens.Length && i <= place + window && tokens[i] != WordCorpus.Break; i++) counts.Add(word, tokens[i], 1f / (i - place));
        }

        for (int column = 0; column < Parts; column++) _blocks[(part * Parts) + column] = counts.Block(column, Parts, xMax, power, seed);
    }

    /// <summary>Pairs in a random order, with what training asks for.</summary>
    /// <param name="Rows">Words.</param>
    /// <param name="Columns">Contexts.</param>
    /// <param name="Logs">log X.</param>
    /// <param name="Weights">f(X).</param>
    internal sealed record PairBlock(int[] Rows, int[] Columns, float[] Logs, float[] Weights);

    private readonly struct CountBody(Cooccurrences all, WordCorpus corpus, int window, double xMax, double power, ulong seed, CancellationToken stop) : IChunkBody
    {
        public void Run(int chunk) => all.CountPart(corpus, chunk, window, xMax, power, seed, stop);
    }
}
