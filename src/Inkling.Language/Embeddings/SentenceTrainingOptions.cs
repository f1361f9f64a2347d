namespace Inkling.Language;

/// <summary>How a <see cref="SentenceModel"/> is trained.</summary>
public sealed record SentenceTrainingOptions
{
    /// <summary>Passes over the judged pairs, at least 1. Default: 12.</summary>
    public int Epochs { get; init; } = 12;

    /// <summary>Judged pairs in a step, at least 2. Default: 64.</summary>
    public int BatchPairs { get; init; } = 64;

    /// <summary>Pairs that belong together in a step; the others of the step are what they are told from. At least 2. Default: 128.</summary>
    public int BatchMatches { get; init; } = 128;

    /// <summary>The rate of the projection, more than 0. Default: 0.002.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>What vectors and weights of words learn at, as a share of the rate. Default: 0.5.</summary>
    public double WordRate { get; init; } = 0.5;

    /// <summary>The share of words left out, 0 … 0.9. Default: 0.2.</summary>
    public double WordDropout { get; init; } = 0.2;

    /// <summary>How much the contrastive loss counts beside that of the judged pairs, at least 0. Default: 0.2.</summary>
    public double MatchWeight { get; init; } = 0.2;

    /// <summary>The temperature of the contrastive loss, more than 0. Default: 0.07.</summary>
    public double Temperature { get; init; } = 0.07;

    /// <summary>How sharply cosines are put in order, more than 0. Default: 20.</summary>
    public double Sharpness { get; init; } = 20;

    /// <summary>Words of a text that are read, at least 4. Default: 48.</summary>
    public int LongestText { get; init; } = 48;

    /// <summary>The same seed repeats the run, on any number of threads. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Check()
    {
        if (Epochs < 1 || BatchPairs < 2 || BatchMatches < 2 || LongestText < 4) throw new ArgumentException($"SentenceTraining: {Epochs} epochs, {BatchPairs} and {BatchMatches} pairs, {LongestText} words; give at least 1, 2, 2 and 4.");
        if (!(LearningRate > 0) || !(WordRate >= 0) || !(WordDropout is >= 0 and <= 0.9) || !(MatchWeight >= 0) || !(Temperature > 0) || !(Sharpness > 0)) throw new ArgumentException("SentenceTraining: a rate, weight or temperature is out of range.");
    }
}
