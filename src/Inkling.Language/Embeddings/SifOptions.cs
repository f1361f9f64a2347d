namespace Inkling.Language;

/// <summary>How a <see cref="SifEncoder"/> weighs words.</summary>
public sealed record SifOptions
{
    /// <summary>a of the weight <c>a / (a + p)</c>, more than 0, usually 0.0001 … 0.01: the smaller, the less common words count. Default: 0.001.</summary>
    public double Smoothing { get; init; } = 1e-3;

    /// <summary>
    /// How often each word of the vectors was seen, in their order; null where it is not known: then the r-th word has the probability
    /// <c>1 / ((r + 2.7) ln((V + 2.7) / 2.7))</c> (Zipf's law as Mandelbrot has it), which takes the words to be in the order of their frequency. Default: null.
    /// </summary>
    public IReadOnlyList<long>? Counts { get; init; }

    /// <summary>Texts that the common component is taken from at most, 2 … 1,000,000. Default: 20,000.</summary>
    public int Texts { get; init; } = 20_000;

    internal void Check(WordVectors vectors)
    {
        if (!(Smoothing > 0) || !double.IsFinite(Smoothing)) throw new ArgumentException($"SifEncoder: the smoothing is {Smoothing}; it must be more than 0, 0.001 is usual.");
        if (Texts is < 2 or > 1_000_000) throw new ArgumentException($"SifEncoder: {Texts} texts; give 2 to 1,000,000.");
        if (Counts is null) return;
        if (Counts.Count != vectors.Words.Count) throw new ArgumentException($"SifEncoder: {Counts.Count} counts for {vectors.Words.Count} words. Give one for each word, in their order.");
        if (Counts.Any(count => count < 0) || Counts.All(count => count == 0)) throw new ArgumentException("SifEncoder: a count is negative, or all are 0. Leave the counts out to go by the order of the words.");
    }
}
