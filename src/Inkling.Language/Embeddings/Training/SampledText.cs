using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// A corpus as negative sampling reads it: frequent words are skipped at random, a word w of share f in the text being kept with probability
/// <c>(√(f/t) + 1) t/f</c> (as the word2vec program does it), the reach of a window is drawn for each word, and noise words are drawn. Chance depends on seed, pass and
/// place in the text alone.
/// </summary>
internal sealed class SampledText
{
    // Draws of one word: fifty noise words for each of 200 neighbours.
    private const ulong DrawsOfAWord = 1 << 14;

    private readonly WordCorpus _corpus;
    private readonly NoiseWords _noise;
    private readonly uint[] _kept;

    public SampledText(WordCorpus corpus, WordVectorTrainingOptions options, int window)
    {
        _corpus = corpus;
        _noise = new NoiseWords(corpus.Counts);
        Window = window;
        Negative = options.Negative;
        Seed = options.Seed;
        double threshold = options.Sample * corpus.Total;
        _kept = [.. corpus.Counts.Select(count => threshold <= 0 ? uint.MaxValue : (uint)(double.Min(1, (Math.Sqrt(count / threshold) + 1) * threshold / count) * uint.MaxValue))];
    }

    public int Window { get; }

    public int Negative { get; }

    public ulong Seed { get; }

    public ReadOnlySpan<int> Tokens => _corpus.Tokens;

    /// <summary>Whether the word at a place is read in a pass.</summary>
    public bool Keeps(int epoch, int place)
    {
        uint kept = _kept[_corpus.Tokens[place]];
        return kept == uint.MaxValue || (uint)CounterRandom.Bits(Seed, Stream(epoch, 0), (ulong)place) <= kept;
    }

    /// <summary>How far the window of a place reaches in a pass, 1 to <see cref="Window"/>.</summary>
    public int Reach(int epoch, int place) => 1 + (int)(CounterRandom.Bits(Seed, Stream(epoch, 1), (ulong)place) % (ulong)Window);

    /// <summary>Noise word number <paramref name="number"/> of a place.</summary>
    public int Draw(int epoch, int place, int number) => _noise.Draw(CounterRandom.Bits(Seed, Stream(epoch, 2), ((ulong)place * DrawsOfAWord) + (ulong)number));

    private static ulong Stream(int epoch, ulong purpose) => 0x5EED_0000_0000_0000 + ((ulong)epoch << 8) + purpose;
}
