namespace Inkling.Text;

/// <summary>The two constants of BM25.</summary>
public sealed record Bm25Options
{
    /// <summary>How much repetitions of a term count, 0 (not at all) to 10. Default: 1.2.</summary>
    public float K1 { get; init; } = 1.2f;

    /// <summary>How much long texts are held to be long for saying little, 0 (not at all) to 1. Default: 0.75.</summary>
    public float B { get; init; } = 0.75f;

    internal void Check(string operation)
    {
        if (!(K1 is >= 0 and <= 10) || !(B is >= 0 and <= 1))
            throw new ArgumentException($"{operation}: K1 {K1}, B {B}. Give K1 0 to 10 and B 0 to 1.");
    }
}
