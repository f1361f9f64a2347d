namespace Inkling.Language;

/// <summary>
/// Draws words in proportion to their counts to the power of ¾ (Mikolov et al. 2013, §2.2) in two look-ups, by aliases (Walker 1977; Vose 1991): each word has a
/// column of equal height that it shares with one other.
/// </summary>
internal sealed class NoiseWords
{
    private const double Power = 0.75;

    private readonly uint[] _own;
    private readonly int[] _alias;

    public NoiseWords(IReadOnlyList<long> counts)
    {
        double[] heights = [.. counts.Select(count => Math.Pow(count, Power))];
        double mean = heights.Sum() / heights.Length;
        _own = new uint[heights.Length];
        _alias = new int[heights.Length];
        Stack<int> low = new(), high = new();
        for (int i = 0; i < heights.Length; i++)
        {
            heights[i] /= mean;
            (heights[i] < 1 ? low : high).Push(i);
        }

        while (low.TryPop(out int small))
        {
            if (!high.TryPeek(out int large)) large = small;
            _own[small] = large == small ? uint.MaxValue : (uint)(heights[small] * uint.MaxValue);
            _alias[small] = large;
            if (large == small) continue;
            heights[large] -= 1 - heights[small];
            if (heights[large] >= 1) continue;
            high.Pop();
            low.Push(large);
        }

        while (high.TryPop(out int full))
        {
            _own[full] = uint.MaxValue;
            _alias[full] = full;
        }
    }

    /// <summary>The word of 64 random bits.</summary>
    public int Draw(ulong bits)
    {
        int column = (int)(((bits & uint.MaxValue) * (ulong)_own.Length) >> 32);
        return (uint)(bits >> 32) <= _own[column] ? column : _alias[column];
    }
}
