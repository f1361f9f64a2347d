namespace Inkling.Training.Metrics;

/// <summary>What <see cref="Bleu"/> does about an order of n-grams without any match, whose logarithm would be −∞.</summary>
public enum BleuSmoothing
{
    /// <summary>The k-th such order counts as <c>2⁻ᵏ</c> matches, as in NIST's mteval-v13a (Chen, Cherry 2014, method 3): sacrebleu's <c>exp</c>.</summary>
    Exponential,

    /// <summary>Nothing: the score is 0.</summary>
    None,

    /// <summary>It counts as a tenth of a match (Chen, Cherry 2014, method 1): sacrebleu's <c>floor</c>.</summary>
    Floor,
}
