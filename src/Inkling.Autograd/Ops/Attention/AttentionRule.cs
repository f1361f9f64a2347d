namespace Inkling;

/// <summary>Which keys a query may see, and how scores are scaled. The default: all keys, <c>1 / √d</c>.</summary>
public readonly record struct AttentionRule
{
    /// <summary>
    /// Whether a query sees no later key: query i sees keys 0 … i + Tk − Tq, so that the last query sees all of them, also when keys of earlier
    /// steps stand before those of the queries. Default: false.
    /// </summary>
    public bool Causal { get; init; }

    /// <summary><c>[B]</c>: how many keys of each row count, 1 to Tk; the others are padding. Null for all.</summary>
    public Indices? Lengths { get; init; }

    /// <summary>Probability, 0 ≤ p &lt; 1, with which a weight is dropped after the softmax. Nothing happens on a tape that does not record. Default: 0.</summary>
    public real Dropout { get; init; }

    /// <summary>What scores are multiplied with; 0 stands for <c>1 / √d</c>, d being the width of a head. Default: 0.</summary>
    public real Scale { get; init; }
}
