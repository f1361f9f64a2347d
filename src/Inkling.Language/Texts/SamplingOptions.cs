namespace Inkling.Language;

/// <summary>How a <see cref="TextSampler"/> draws.</summary>
public sealed record SamplingOptions
{
    /// <summary>What scores are divided by before their softmax, at least 0: below 1 likely tokens are preferred, above 1 unlikely ones; 0 always takes the likeliest. Default: 1.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>How many of the likeliest tokens are drawn from (Fan et al. 2018, §5), at least 1. Default: all.</summary>
    public int TopK { get; init; } = int.MaxValue;

    /// <summary>Tokens that are never drawn, such as the one for unknown words. Default: none.</summary>
    public IReadOnlyList<int> Excluded { get; init; } = [];

    /// <summary>Decides what is drawn. Default: 0.</summary>
    public ulong Seed { get; init; }

    internal void Check(int vocabulary)
    {
        if (!(Temperature >= 0) || double.IsInfinity(Temperature)) throw new ArgumentException($"TextSampler: a temperature of {Temperature}; it must be at least 0 and finite.");
        if (TopK < 1) throw new ArgumentException($"TextSampler: the {TopK} likeliest tokens; there must be at least 1 to draw from.");
        foreach (int token in Excluded)
        {
            if ((uint)token >= (uint)vocabulary) throw new ArgumentException($"TextSampler: the excluded token {token} is none of the {vocabulary} tokens.");
        }

        if (Excluded.Distinct().Count() >= vocabulary) throw new ArgumentException("TextSampler: all tokens are excluded; there must be one to draw.");
    }
}
